
package io.github.zimagefiji.command.scijava;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import org.scijava.Priority;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.ModuleService;
import org.scijava.module.process.AbstractPostprocessorPlugin;
import org.scijava.module.process.PostprocessorPlugin;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import ij.IJ;
import ij.ImagePlus;
import ij.plugin.frame.Recorder;
import io.github.zimagefiji.command.common.OpenImage;

/**
 * Writes what one of our commands did into ImageJ's recorder, as a line that does it again.
 * <p>
 * Fiji's own recording sets brackets only around a text with spaces, whatever brackets it holds
 * itself, records what only helps in the dialog, and puts a warning into the macro where a text has
 * letters beyond ASCII. Commands that are recorded here carry Fiji's attribute {@code no-record}
 * beside {@link #ATTRIBUTE}.
 * </p>
 */
@Plugin(type = PostprocessorPlugin.class, priority = Priority.VERY_LOW)
public final class MacroRecorder extends AbstractPostprocessorPlugin {

	/** Attribute of commands that are recorded here. */
	public static final String ATTRIBUTE = "recorded-by-z-image";

	/** Attribute that keeps Fiji's own recording away. */
	public static final String NOT_BY_FIJI = "no-record";

	@Parameter
	private ModuleService modules;

	@Override
	public void process(final Module module) {
		if (!module.getInfo().is(ATTRIBUTE) || !IJ.recording() || IJ.isMacro()) return;
		// ImageJ would add its own line, without options.
		Recorder.disableCommandRecording();
		Recorder.recordString(line(module, Recorder.scriptMode()));
	}

	/**
	 * The line for a command that has run. Values that a macro has anyway, if it does not name them,
	 * are left out.
	 */
	public String line(final Module module, final boolean script) {
		final Map<String, ModuleItem<?>> keys = MacroKeys.of(module);
		final Map<String, String> values = new LinkedHashMap<>();
		keys.forEach((key, input) -> {
			final Object value = module.getInput(key);
			if (value != null && value != OpenImage.NONE &&
				!Objects.equals(value, modules.getDefaultValue(input)))
				values.put(key, value instanceof ImagePlus image ? image.getTitle() : value.toString());
		});
		return MacroWriter.line(module.getInfo().getMenuPath().getLeaf().getName(),
			MacroWriter.options(values), script);
	}
}
