package io.github.zimagefiji.command;

import java.io.File;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

import org.scijava.Cancelable;
import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.command.CommandService;
import org.scijava.command.ContextCommand;
import org.scijava.module.Module;
import org.scijava.module.ModuleException;
import org.scijava.module.ModuleItem;
import org.scijava.module.ModuleService;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.plugin.PluginService;
import org.scijava.ui.UIService;

import ij.IJ;
import ij.ImagePlus;
import io.github.zimagefiji.InvalidInputException;
import io.github.zimagefiji.ModelInfo;
import io.github.zimagefiji.ModelVariant;
import io.github.zimagefiji.Provenance;
import io.github.zimagefiji.TextToImageRequest;
import io.github.zimagefiji.ZImageException;
import io.github.zimagefiji.image.ImageProvenance;
import io.github.zimagefiji.service.ZImageService;

/**
 * Makes an image again that Z-Image made: opens the dialog of {@link TextToImage} filled with what the image says of
 * itself. Without a window, and in a macro, it makes the image at once.
 */
@Plugin(type = Command.class, headless = true, menuPath = "Plugins>Z-Image>Make Again...")
public class MakeAgain extends ContextCommand {

	private static final String MODEL = "model_folder";

	@Parameter(label = "Image", description = "An image that Z-Image made, open or reopened from its file; of a stack, the " +
		"slice that is shown.")
	private ImagePlus source;

	@Parameter(type = ItemIO.OUTPUT, label = "Image")
	private ImagePlus image;

	@Parameter
	private ZImageService zimage;

	@Parameter
	private ModuleService modules;

	@Parameter
	private CommandService commands;

	@Parameter
	private PluginService plugins;

	@Parameter(required = false)
	private UIService ui;

	@Override
	public void run() {
		try {
			make(ImageProvenance.of(source).orElseThrow(() -> new InvalidInputException(
				"This image does not say how it was made. Choose an image that Z-Image made; of a stack, one slice of it.")));
		}
		catch (final ZImageException e) {
			if (!hasDialog()) throw e;
			cancel(e.getMessage());
		}
	}

	private boolean hasDialog() {
		return ui != null && !ui.isHeadless() && ui.getDefaultUI() != null && ui.isVisible() && !IJ.isMacro();
	}

	private void make(final Provenance provenance) {
		if (provenance.explicitLatents()) throw new InvalidInputException(
			"The starting noise of this image was given, not drawn from its seed, so it cannot be made again from here.");
		final Module module = module();
		final boolean dialog = hasDialog();
		values(provenance, module).forEach((name, value) -> fill(module, name, value, dialog));
		// The image is this command's own result; shown by both, it would appear twice.
		final List<PreprocessorPlugin> before = plugins.createInstancesOfType(PreprocessorPlugin.class);
		try {
			modules.run(module, before, List.of()).get();
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
			cancel("Interrupted.");
			return;
		}
		catch (final ExecutionException e) {
			throw sentence(e);
		}
		if (module instanceof Cancelable inner && inner.isCanceled()) cancel(inner.getCancelReason());
		else image = (ImagePlus) module.getOutput("image");
	}

	private Module module() {
		try {
			return commands.getCommand(TextToImage.class).createModule();
		}
		catch (final ModuleException e) {
			throw new IllegalStateException(e);
		}
	}

	/** The dialog shows what was typed last for values that persist, so these count as typed. */
	private void fill(final Module module, final String name, final Object value, final boolean dialog) {
		module.setInput(name, value);
		if (dialog) save(module.getInfo().getInput(name), value);
		else module.resolveInput(name);
	}

	@SuppressWarnings("unchecked")
	private <T> void save(final ModuleItem<T> item, final Object value) {
		if (item.isPersisted()) modules.save(item, (T) value);
	}

	private Map<String, Object> values(final Provenance provenance, final Module module) {
		final TextToImageRequest request = provenance.request();
		final Map<String, Object> values = new LinkedHashMap<>();
		values.put(MODEL, folder(provenance.model(), module));
		values.put("prompt", request.prompt());
		values.put("avoid", request.negativePrompt());
		values.put("width", request.width());
		values.put("height", request.height());
		values.put("steps", request.steps());
		values.put("guidance", request.guidance());
		values.put("seed", request.seed());
		values.put("image_count", 1);
		values.put("precision", provenance.precision());
		values.put("device", provenance.device());
		values.put("threads", provenance.threads());
		return values;
	}

	/**
	 * Nothing for the built-in model; a file without a name would be remembered as the folder in which Fiji was started.
	 * Images do not say where on somebody's disk a model lies, only which it is.
	 */
	private File folder(final ModelInfo used, final Module module) {
		if (used.variant() == ModelVariant.BUILT_IN) return null;
		final Object last = modules.load(module.getInfo().getInput(MODEL));
		if (last instanceof File folder && zimage.inspect(folder.toPath()).fingerprint().equals(used.fingerprint()))
			return folder;
		throw new InvalidInputException("This image was made with the model " + used.name() + " (fingerprint " + used
			.fingerprint().substring(0, Math.min(12, used.fingerprint().length())) +
			"…). Choose its folder once in Text to Image..., then try again.");
	}

	private static RuntimeException sentence(final ExecutionException e) {
		for (Throwable cause = e; cause != null; cause = cause.getCause()) {
			if (cause instanceof ZImageException known) return known;
		}
		return new IllegalStateException(e.getCause());
	}
}
