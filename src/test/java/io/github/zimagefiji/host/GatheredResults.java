
package io.github.zimagefiji.host;

import java.util.ArrayList;
import java.util.List;

import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.process.AbstractPostprocessorPlugin;
import org.scijava.util.Types;

import ij.measure.ResultsTable;

/**
 * Gathers texts and numbers that a command gives, and that nobody has shown, into a table of names
 * and values, as scijava-table does in Fiji; a text alone is shown as such.
 */
public final class GatheredResults extends AbstractPostprocessorPlugin {

	@Override
	public void process(final Module module) {
		final List<ModuleItem<?>> outputs = new ArrayList<>();
		module.getInfo().outputs().forEach(each -> {
			if (!module.isOutputResolved(each.getName()) && module.getOutput(each.getName()) != null &&
				isSimple(each.getType())) outputs.add(each);
		});
		if (outputs.isEmpty() || outputs.size() == 1 && Types.isText(outputs.get(0).getType())) return;
		final ResultsTable table = new ResultsTable();
		for (final ModuleItem<?> each : outputs) {
			table.addRow();
			table.addValue("Name", each.getName());
			table.addValue("Value", String.valueOf(module.getOutput(each.getName())));
			module.resolveOutput(each.getName());
		}
		table.show("Gathered results of " + module.getInfo().getTitle());
	}

	private static boolean isSimple(final Class<?> type) {
		return Types.isText(type) || Types.isNumber(type) || Types.isBoolean(type);
	}
}
