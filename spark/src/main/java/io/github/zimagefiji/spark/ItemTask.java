
package io.github.zimagefiji.spark;

import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.VoidFunction;
import org.apache.spark.util.CollectionAccumulator;

/**
 * Makes one item on an executor; the report comes to the driver with the end of the task.
 */
final class ItemTask implements VoidFunction<Integer> {

	private static final long serialVersionUID = 1L;

	private final WorkOrder order;
	private final CollectionAccumulator<ItemReport> reports;

	ItemTask(final WorkOrder order, final CollectionAccumulator<ItemReport> reports) {
		this.order = order;
		this.reports = reports;
	}

	@Override
	public void call(final Integer index) {
		final ExecutorModel model = ExecutorModel.ofProcess();
		reports.add(model.make(order, index, new TaskProgress(TaskContext.get(), model)));
	}
}
