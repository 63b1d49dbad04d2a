
package io.github.zimagefiji.command;

import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import ij.ImagePlus;
import io.github.zimagefiji.GenerationResult;
import io.github.zimagefiji.ModelVariant;
import io.github.zimagefiji.command.common.DialogFacts;
import io.github.zimagefiji.command.scijava.MacroKeys;
import io.github.zimagefiji.command.scijava.MacroRecorder;
import io.github.zimagefiji.image.Images;
import io.github.zimagefiji.request.Task;
import io.github.zimagefiji.request.TextToImageRequest;

/** Makes images from a prompt. */
@Plugin(type = Command.class, headless = true,
	menu = { @Menu(label = MenuPlace.PLUGINS, weight = MenuPlace.PLUGINS_WEIGHT),
		@Menu(label = MenuPlace.Z_IMAGE), @Menu(label = "Text to Image...", weight = 1) },
	attrs = { @Attr(name = MacroRecorder.ATTRIBUTE), @Attr(name = MacroRecorder.NOT_BY_FIJI) })
public class TextToImage extends RunCommand {

	@Parameter(label = "Size", required = false, persist = false, callback = "sizeChosen",
		attrs = @Attr(name = MacroKeys.DIALOG_ONLY),
		choices = { SizePreset.OWN, SizePreset.S128, SizePreset.S256, SizePreset.S512, SizePreset.S768,
			SizePreset.S1024, SizePreset.LANDSCAPE_4_3, SizePreset.PORTRAIT_3_4, SizePreset.LANDSCAPE_3_2,
			SizePreset.LANDSCAPE_16_9, SizePreset.PORTRAIT_9_16, SizePreset.CUSTOM },
		description = "Sets width and height.")
	String size = SizePreset.OWN;

	@Parameter(label = "Width (pixels)", persist = false, stepSize = "16", callback = "sideChanged",
		validater = "widthProblem",
		description = "A multiple of 16; 0: as the model needs (1024, built-in demo 128).")
	int width;

	@Parameter(label = "Height (pixels)", persist = false, stepSize = "16", callback = "sideChanged",
		validater = "heightProblem",
		description = "A multiple of 16; 0: as the model needs (1024, built-in demo 128).")
	int height;

	@Parameter(type = ItemIO.OUTPUT, label = "Image")
	@SuppressWarnings("unused")
	private ImagePlus image;

	@Override
	Task task() {
		return Task.TEXT_TO_IMAGE;
	}

	@Override
	TextToImageRequest request() {
		return text().size(orNull(width, 0), orNull(height, 0)).build();
	}

	@Override
	void show(final GenerationResult result) {
		image = Images.toImagePlus(result);
	}

	/** A size that has no name is seen in its two sides. */
	@Override
	boolean isRare(final String name) {
		final boolean side = name.equals("width") || name.equals("height");
		return super.isRare(name) || side && !SizePreset.CUSTOM.equals(size);
	}

	@Override
	void complete() {
		if (width == 0 && height == 0 && size != null) SizePreset.of(size).ifPresent(this::apply);
	}

	@Override
	void fill(final ModelVariant variant) {
		if (width == 0) width = variant.defaultSide();
		if (height == 0) height = variant.defaultSide();
		size = new SizePreset(width, height).name(variant.defaultSide());
	}

	/** The size is the model's own, unless another was chosen. */
	@Override
	void follow(final ModelVariant variant) {
		if (SizePreset.OWN.equals(size))
			apply(new SizePreset(variant.defaultSide(), variant.defaultSide()));
	}

	@SuppressWarnings("unused")
	private void sizeChosen() {
		follow(variant(DialogFacts.BRIEF));
		SizePreset.of(size).ifPresent(this::apply);
		requestChanged();
	}

	private void apply(final SizePreset preset) {
		width = preset.width();
		height = preset.height();
	}

	@SuppressWarnings("unused")
	private void sideChanged() {
		size = new SizePreset(width, height).name(variant(DialogFacts.BRIEF).defaultSide());
		requestChanged();
	}

	@SuppressWarnings("unused")
	private String widthProblem() {
		return width == 0 ? "" : problemOf(() -> anyRequest().size(width, 16).build());
	}

	@SuppressWarnings("unused")
	private String heightProblem() {
		return height == 0 ? "" : problemOf(() -> anyRequest().size(16, height).build());
	}
}
