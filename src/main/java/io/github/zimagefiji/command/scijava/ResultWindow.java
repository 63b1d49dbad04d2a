
package io.github.zimagefiji.command.scijava;

import java.awt.Window;
import java.util.ArrayList;
import java.util.List;

import org.scijava.Priority;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.process.AbstractPostprocessorPlugin;
import org.scijava.module.process.PostprocessorPlugin;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.ui.UIService;
import org.scijava.util.Types;

import ij.IJ;
import ij.WindowManager;
import ij.measure.ResultsTable;
import ij.text.TextWindow;
import io.github.zimagefiji.command.common.HeadlessState;

/**
 * Shows the texts and numbers that our commands give in a window of ImageJ, which can be read,
 * scrolled, copied and saved. Fiji would gather several of them into a table with one line for
 * each, where a report becomes one cell. Scripts get the same outputs.
 */
@Plugin(type = PostprocessorPlugin.class, priority = Priority.LOW)
public final class ResultWindow extends AbstractPostprocessorPlugin {

	private static final int WIDTH = 960;
	private static final int HEIGHT = 460;
	private static final int DIGITS = 3;

	@Parameter(required = false)
	private UIService ui;

	/** A command that gives tables. */
	public interface Tables {

		/** A table with its title. */
		record Titled(String title, ResultsTable table) {}

		/** What is shown in place of the command's texts. */
		List<Titled> tables();
	}

	@Override
	public void process(final Module module) {
		if (!MacroPreprocessor.isOurs(module) || !HeadlessState.readsMessages(ui)) return;
		final List<ModuleItem<?>> outputs = outputs(module);
		if (outputs.isEmpty()) return;
		if (module.getDelegateObject() instanceof Tables command)
			command.tables().forEach(ResultWindow::show);
		else new TextWindow(module.getInfo().getTitle(), text(module, outputs), WIDTH, HEIGHT);
		outputs.forEach(each -> module.resolveOutput(each.getName()));
	}

	private static void show(final Tables.Titled titled) {
		titled.table().show(titled.title());
		final Window window = WindowManager.getWindow(titled.title());
		if (window != null) window.setSize(WIDTH, HEIGHT);
	}

	private static List<ModuleItem<?>> outputs(final Module module) {
		final List<ModuleItem<?>> outputs = new ArrayList<>();
		module.getInfo().outputs().forEach(each -> {
			final Class<?> type = each.getType();
			if (module.getOutput(each.getName()) != null &&
				(Types.isText(type) || Types.isNumber(type) || Types.isBoolean(type))) outputs.add(each);
		});
		return outputs;
	}

	/** Nobody reads more than a few digits. */
	private static String text(final Object value) {
		return value instanceof Double number ? IJ.d2s(number, DIGITS) : String.valueOf(value);
	}

	/** Texts of several lines as they are, then the others with their labels. */
	static String text(final Module module, final List<ModuleItem<?>> outputs) {
		final StringBuilder lines = new StringBuilder();
		final StringBuilder reports = new StringBuilder();
		for (final ModuleItem<?> each : outputs) {
			final String value = text(module.getOutput(each.getName()));
			if (value.contains("\n")) reports.append(value).append('\n');
			else lines.append(each.getLabel()).append(": ").append(value).append('\n');
		}
		return reports.append(lines).toString();
	}
}
