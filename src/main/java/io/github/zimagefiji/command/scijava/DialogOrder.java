
package io.github.zimagefiji.command.scijava;

import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import org.scijava.ItemVisibility;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.process.AbstractPreprocessorPlugin;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.plugin.PluginService;
import org.scijava.thread.ThreadService;
import org.scijava.ui.UIService;
import org.scijava.widget.InputHarvester;

import io.github.zimagefiji.command.common.Checked;
import io.github.zimagefiji.command.common.HeadlessState;
import io.github.zimagefiji.command.common.Prepared;
import io.github.zimagefiji.error.ZImageException;

/**
 * Shows the dialogs of our commands in an order that people expect: what the run will need or what
 * is wrong, model and prompt, what is the command's own, how it is sampled, on what it is computed.
 * <p>
 * SciJava shows the fields of superclasses first, so what all commands have would stand above what
 * is a command's own. This comes just before SciJava's own harvester, and hands it the command with
 * its inputs in order, short of those that the command does not show; then nothing is left to ask.
 * </p>
 * <p>
 * With scijava-ui-swing up to 1.0.3 nothing in a dialog says that a value is wrong, and OK ends
 * with an exception. So the values are checked here after OK, and the dialog comes back with all
 * that was typed and the sentence on top, until they are right. It comes back too if what was
 * chosen asks for more values.
 * </p>
 */
@Plugin(type = PreprocessorPlugin.class, priority = InputHarvester.PRIORITY + 0.25)
public final class DialogOrder extends AbstractPreprocessorPlugin {

	/**
	 * Attribute of an input that tells its part of the dialog; those without it come between the
	 * first part and {@link #SAMPLING}.
	 */
	public static final String NAME = "dialog-part";
	/** On top: a message, in whose place stands what is wrong. */
	public static final String FIRST = "0";
	private static final String OWN = "1";
	/** After the command's own values. */
	public static final String SAMPLING = "2";
	/** After those of {@link #SAMPLING}. */
	public static final String MACHINE = "3";
	/** At the end. */
	public static final String LAST = "4";

	/** How far a change can lead to others. */
	private static final int CHANGES = 3;

	@Parameter
	private PluginService plugins;

	@Parameter
	private ThreadService threads;

	@Parameter(required = false)
	private UIService ui;

	@Override
	public void process(final Module module) {
		if (!MacroPreprocessor.isOurs(module) || !HeadlessState.seesWindows(ui)) return;
		final List<ModuleItem<?>> inputs = inOrder(module);
		if (inputs.stream().allMatch(each -> module.isInputResolved(each.getName()))) return;
		// Fiji takes messages out of a dialog that a macro opens.
		inputs.stream().filter(each -> each.getVisibility() == ItemVisibility.MESSAGE)
			.forEach(each -> module.unresolveInput(each.getName()));
		final Set<String> wrong = new HashSet<>();
		List<ModuleItem<?>> shown = shown(module, inputs, wrong);
		boolean again = false;
		do {
			if (!ask(module, inputs, shown, again)) return;
			again = !problem(module, inputs, wrong).isEmpty();
			final List<ModuleItem<?>> next = shown(module, inputs, wrong);
			if (!shown.containsAll(next)) again = true;
			shown = next;
		}
		while (again);
		inputs.forEach(each -> module.resolveInput(each.getName()));
	}

	/** Whether the answer was OK. */
	private boolean ask(final Module module, final List<ModuleItem<?>> inputs,
		final List<ModuleItem<?>> shown, final boolean again)
	{
		final String message = shown.stream()
			.filter(
				each -> FIRST.equals(each.get(NAME)) && each.getVisibility() == ItemVisibility.MESSAGE)
			.map(ModuleItem::getName).findFirst().orElse(null);
		final Module view =
			new ModuleView(module, shown, message, again, () -> problem(module, inputs, new HashSet<>()));
		try (OpenedDialog dialog = new OpenedDialog(view)) {
			for (final PreprocessorPlugin each : plugins
				.createInstancesOfType(PreprocessorPlugin.class))
			{
				if (!(each instanceof InputHarvester)) continue;
				each.process(view);
				if (!each.isCanceled()) continue;
				cancel(Objects.requireNonNullElse(each.getCancelReason(), ""));
				return false;
			}
		}
		settle();
		return true;
	}

	/**
	 * Waits for what the last changes still have to do on the event thread, after the dialog has
	 * closed: a callback, and what it changes in turn.
	 */
	private void settle() {
		try {
			for (int i = 0; i < CHANGES; i++)
				threads.invoke(() -> {});
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
		}
		catch (final InvocationTargetException e) {
			throw new IllegalStateException(e.getCause());
		}
	}

	/** What the command shows, and what is wrong. */
	private static List<ModuleItem<?>> shown(final Module module, final List<ModuleItem<?>> inputs,
		final Set<String> wrong)
	{
		return inputs.stream()
			.filter(each -> wrong.contains(each.getName()) ||
				!(module.getDelegateObject() instanceof Prepared command) ||
				command.isShown(each.getName()))
			.toList();
	}

	/**
	 * The first thing that is wrong, in the order of the dialog; empty if nothing is.
	 *
	 * @param wrong gets the name of the input
	 */
	public static String problem(final Module module, final List<ModuleItem<?>> inputs,
		final Set<String> wrong)
	{
		for (final ModuleItem<?> each : inputs) {
			if (module.isInputResolved(each.getName())) continue;
			final String sentence = each.validateMessage(module);
			if (sentence == null || sentence.isEmpty()) continue;
			wrong.add(each.getName());
			return sentence;
		}
		try {
			if (module.getDelegateObject() instanceof Checked command) command.check();
			return "";
		}
		catch (final ZImageException e) {
			return e.getMessage();
		}
	}

	/** The inputs as a dialog shows them. */
	public static List<ModuleItem<?>> inOrder(final Module module) {
		final List<ModuleItem<?>> inputs = new ArrayList<>();
		module.getInfo().inputs().forEach(inputs::add);
		inputs.sort(Comparator.comparing(item -> Objects.requireNonNullElse(item.get(NAME), OWN)));
		return inputs;
	}
}
