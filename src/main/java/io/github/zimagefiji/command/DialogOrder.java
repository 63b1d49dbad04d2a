
package io.github.zimagefiji.command;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.process.AbstractPreprocessorPlugin;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.plugin.PluginService;
import org.scijava.ui.UIService;
import org.scijava.widget.InputHarvester;

/**
 * Shows the dialogs of our commands in an order that people expect: model and
 * prompt, what is the command's own, how it is sampled, on what it is computed,
 * what it will need.
 * <p>
 * SciJava shows the fields of superclasses first, so what all commands have
 * would stand above what is a command's own. This comes just before SciJava's
 * own harvester, and hands it the command with its inputs in order, short of
 * those that the command does not show; then nothing is left to ask.
 * </p>
 */
@Plugin(type = PreprocessorPlugin.class, priority = InputHarvester.PRIORITY +
	0.25)
public final class DialogOrder extends AbstractPreprocessorPlugin {

	/**
	 * Attribute of an input that tells its part of the dialog; those without it
	 * come first.
	 */
	static final String NAME = "dialog-part";
	/** After the command's own values. */
	static final String SAMPLING = "1";
	/** After those of {@link #SAMPLING}. */
	static final String MACHINE = "2";
	/** At the end. */
	static final String LAST = "3";

	@Parameter
	private PluginService plugins;

	@Parameter(required = false)
	private UIService ui;

	@Override
	public void process(final Module module) {
		if (!(module.getDelegateObject() instanceof Prepared command) || !Audience
			.seesWindows(ui)) return;
		final List<ModuleItem<?>> inputs = inOrder(module);
		if (inputs.stream().allMatch(each -> module.isInputResolved(each
			.getName()))) return;
		final List<ModuleItem<?>> shown = inputs.stream().filter(each -> command
			.isShown(each.getName())).toList();
		final Module view = new ModuleView(module, shown);
		for (final PreprocessorPlugin each : plugins.createInstancesOfType(
			PreprocessorPlugin.class))
		{
			if (!(each instanceof InputHarvester)) continue;
			each.process(view);
			if (each.isCanceled()) {
				cancel(Objects.requireNonNullElse(each.getCancelReason(), ""));
				return;
			}
		}
		inputs.forEach(each -> module.resolveInput(each.getName()));
	}

	/** The inputs as a dialog shows them. */
	static List<ModuleItem<?>> inOrder(final Module module) {
		final List<ModuleItem<?>> inputs = new ArrayList<>();
		module.getInfo().inputs().forEach(inputs::add);
		inputs.sort(Comparator.comparing(item -> Objects.requireNonNullElse(item
			.get(NAME), "")));
		return inputs;
	}
}
