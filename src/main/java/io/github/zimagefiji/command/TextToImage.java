package io.github.zimagefiji.command;

import java.nio.file.Path;

import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.log.LogService;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.ui.UIService;

import ij.ImagePlus;
import io.github.zimagefiji.ComputeOptions;
import io.github.zimagefiji.GenerationResult;
import io.github.zimagefiji.RunCanceledException;
import io.github.zimagefiji.TextToImageRequest;
import io.github.zimagefiji.ZImageException;
import io.github.zimagefiji.hub.Advice;
import io.github.zimagefiji.image.Images;

/** Makes images from a prompt. {@link TextToImageInputs} says what it takes, {@link TextToImageDialog} how it asks. */
@Plugin(type = Command.class, headless = true, menuPath = "Plugins>Z-Image>Text to Image...", attrs = { @Attr(
	name = MacroRecorder.ATTRIBUTE), @Attr(name = MacroRecorder.NOT_BY_FIJI) })
public class TextToImage extends TextToImageDialog {

	@Parameter(type = ItemIO.OUTPUT, label = "Image")
	private ImagePlus image;

	@Parameter
	private LogService log;

	@Parameter(required = false)
	private UIService ui;

	@Override
	public void run() {
		try {
			image = Images.toImagePlus(generate());
		}
		catch (final RunCanceledException e) {
			cancel(e.getMessage());
		}
		catch (final ZImageException e) {
			// A person reads the reason of a cancelled command in a message; a script needs something to stop it.
			if (!Audience.readsMessages(ui)) throw e;
			cancel(e.getMessage());
		}
	}

	private GenerationResult generate() {
		final Path folder = folder();
		settle(folder);
		final ComputeOptions compute = compute();
		final TextToImageRequest request = request();
		Advice.on(zimage.inspect(folder), request).forEach(log::warn);
		try (RunDisplay display = new RunDisplay(context(), "Text to Image", request.prompt(), this)) {
			return zimage.generate(folder, compute, request, display);
		}
	}

	/** From here on the values are those that make this image again: a seed, and either a name or a folder. */
	private void settle(final Path folder) {
		drawSeed();
		remember();
		if (choice().isInstalled(model) || model == null && !ModelChoice.isFolder(model_folder)) return;
		model = null;
		model_folder = folder.toFile();
	}
}
