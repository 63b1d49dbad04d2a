
package io.github.zimagefiji.command.scijava;

import java.io.File;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import org.scijava.Priority;
import org.scijava.convert.ConvertService;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.process.AbstractPreprocessorPlugin;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.thread.ThreadService;
import org.scijava.util.ClassUtils;

import ij.ImagePlus;
import ij.Macro;
import io.github.zimagefiji.command.common.MacroCall;
import io.github.zimagefiji.command.common.MenuCommand;
import io.github.zimagefiji.command.common.OpenImage;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.fields.NearestWord;

/**
 * Gives our commands, and only ours, the values that an ImageJ macro names.
 * <p>
 * Fiji has a preprocessor for this, which finds a key also inside the values of other keys and
 * passes misspelt ones over. This one comes before it, takes the options apart strictly
 * ({@link MacroOptions}), and refuses what a command does not have. What a macro does not name
 * keeps its documented default, whatever was last typed into the dialog. Afterwards it hides the
 * options from Fiji's preprocessor, until {@link MacroOptionsRestorer} shows them again.
 * </p>
 */
@Plugin(type = PreprocessorPlugin.class, priority = 3 * Priority.VERY_HIGH)
public final class MacroPreprocessor extends AbstractPreprocessorPlugin {

	/** Begins the names of all our commands: the package above this one. */
	private static final String COMMANDS =
		MacroPreprocessor.class.getPackageName().replaceFirst("[^.]*$", "");

	/**
	 * No key can be found in a blank; with nothing at all, ImageJ would look at other threads.
	 */
	static final String HIDDEN = " ";

	@Parameter
	private ConvertService convert;

	@Parameter
	private ThreadService threads;

	@Override
	public void process(final Module module) {
		if (!(module.getDelegateObject() instanceof MenuCommand command)) return;
		if (command.caller().isEmpty()) MacroCall.ofThisThread(threads).ifPresent(command::setCaller);
		if (isCalledByProgram(module)) return;
		final String options = Macro.getOptions();
		if (options == null) return;
		try {
			fill(module, options);
			Macro.setOptions(HIDDEN);
		}
		catch (final RuntimeException | Error e) {
			cancel(command.reasonOfEnd(e));
		}
	}

	static boolean isOurs(final Module module) {
		return module.getInfo().getDelegateClassName().startsWith(COMMANDS);
	}

	/**
	 * A script that hands values over means those; options on its thread are the script's own.
	 */
	private static boolean isCalledByProgram(final Module module) {
		return MacroKeys.values(module).keySet().stream().anyMatch(module::isInputResolved);
	}

	private void fill(final Module module, final String options) {
		final Map<String, ModuleItem<?>> keys = MacroKeys.of(module);
		final Map<String, String> given = MacroOptions.parse(options, keys.keySet());
		given.forEach((key, text) -> module.setInput(key, converted(keys.get(key), text)));
		// What the macro names comes first: its sentence says what to correct.
		for (final String key : given.keySet())
			validate(module, keys.get(key));
		for (final ModuleItem<?> input : MacroKeys.values(module).values()) {
			// An image that the macro does not name is the active one; Fiji fills it
			// in.
			if (!given.containsKey(input.getName()) && input.getType() == ImagePlus.class) continue;
			if (!given.containsKey(input.getName())) validate(module, input);
			module.resolveInput(input.getName());
		}
	}

	/** A value that was given can make one wrong that was not. */
	private static void validate(final Module module, final ModuleItem<?> input) {
		final String problem = input.validateMessage(module);
		if (problem != null) throw new InvalidInputException(problem);
	}

	private Object converted(final ModuleItem<?> input, final String text) {
		final Set<String> choices = choices(input);
		if (!choices.isEmpty() && !choices.contains(text)) throw new InvalidInputException(
			"The macro gives " + input.getName() + "=" + text + ", but it must be one of " +
				String.join(", ", choices) + "." + NearestWord.question(text, choices));
		if (text.isEmpty() && input.getType() == File.class) return null;
		final Class<?> type = ClassUtils.getNonprimitiveType(input.getType());
		if (Number.class.isAssignableFrom(type)) return number(input, text, type);
		if (type == Boolean.class) return truth(input, text);
		if (type == ImagePlus.class) return OpenImage.titled(text);
		final Object value = convert.convert(text, type);
		if (value != null) return value;
		throw new InvalidInputException("The macro gives " + input.getName() + "=" + text +
			", which cannot be used as " + type.getSimpleName() + ".");
	}

	private static Set<String> choices(final ModuleItem<?> input) {
		final List<?> choices = input.getChoices();
		return choices == null ? Set.of() : choices.stream().filter(Objects::nonNull)
			.map(Object::toString).collect(Collectors.toCollection(LinkedHashSet::new));
	}

	/**
	 * SciJava's converter would make 0 of a number that it cannot read, and cut fractions off.
	 */
	private static Number number(final ModuleItem<?> input, final String text, final Class<?> type) {
		try {
			if (type == Integer.class) return Integer.valueOf(text);
			if (type == Long.class) return Long.valueOf(text);
			final Double value = Double.valueOf(text);
			if (Double.isFinite(value)) return value;
		}
		catch (final NumberFormatException e) {
			// the sentence below says it better
		}
		throw new InvalidInputException("The macro gives " + input.getName() + "=" + text +
			", but it must be a " + (type == Double.class ? "number." : "whole number."));
	}

	private static Boolean truth(final ModuleItem<?> input, final String text) {
		if (text.equals("true") || text.equals("1")) return true;
		if (text.equals("false") || text.equals("0")) return false;
		throw new InvalidInputException(
			"The macro gives " + input.getName() + "=" + text + ", but it must be true or false.");
	}
}
