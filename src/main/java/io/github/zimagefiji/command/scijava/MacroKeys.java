
package io.github.zimagefiji.command.scijava;

import java.util.LinkedHashMap;
import java.util.Map;

import org.scijava.Context;
import org.scijava.ItemVisibility;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.service.Service;

/** Which inputs of a command a macro can name. */
public final class MacroKeys {

	/**
	 * Attribute of an input that helps the user in the dialog, but says nothing that the other inputs
	 * do not.
	 */
	public static final String DIALOG_ONLY = "dialog-only";

	private MacroKeys() {
		// only static methods
	}

	/** The inputs that have a key, by name. */
	public static Map<String, ModuleItem<?>> of(final Module module) {
		final Map<String, ModuleItem<?>> result = new LinkedHashMap<>(values(module));
		result.values()
			.removeIf(input -> input.getVisibility() == ItemVisibility.MESSAGE || input.is(DIALOG_ONLY));
		return result;
	}

	/**
	 * Everything that a dialog would show, by name; services are not among them.
	 */
	public static Map<String, ModuleItem<?>> values(final Module module) {
		final Map<String, ModuleItem<?>> result = new LinkedHashMap<>();
		for (final ModuleItem<?> input : module.getInfo().inputs()) {
			final Class<?> type = input.getType();
			if (!Service.class.isAssignableFrom(type) && type != Context.class)
				result.put(input.getName(), input);
		}
		return result;
	}
}
