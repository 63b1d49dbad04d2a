
package io.github.zimagefiji.spark;

import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.SparkPlugin;

/**
 * Gives every executor its {@link ExecutorModel}; Spark starts and ends it with the executor.
 */
public final class ModelPlugin implements SparkPlugin {

	@Override
	public DriverPlugin driverPlugin() {
		return null; // Spark's way to say that there is none
	}

	@Override
	public ExecutorPlugin executorPlugin() {
		return new ExecutorModel();
	}
}
