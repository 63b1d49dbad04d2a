
package io.github.zimagefiji.cli.generate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.github.zimagefiji.GeneratedImage;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.hub.builtin.BuiltInModel;
import io.github.zimagefiji.image.ControlPreprocessor;
import io.github.zimagefiji.image.SourceImage;
import io.github.zimagefiji.image.source.LabelImage;
import io.github.zimagefiji.image.source.MaskSource;
import io.github.zimagefiji.image.source.PlaneChoice;
import io.github.zimagefiji.request.GenerationRequest;
import io.github.zimagefiji.request.InputImage;
import io.github.zimagefiji.request.InputMask;
import io.github.zimagefiji.request.OutpaintRequest;
import io.github.zimagefiji.request.setting.RequestPictures;
import io.github.zimagefiji.request.setting.Setting;
import io.github.zimagefiji.request.setting.SettingValues;
import io.github.zimagefiji.request.setting.Settings;

/** Pictures from the files that the command line names. */
final class FilePictures implements RequestPictures {

	private final SettingValues values;
	private final List<Path> reads = new ArrayList<>();
	private SourceImage last;

	FilePictures(final SettingValues values) {
		this.values = values;
	}

	/** The files that have been read. */
	List<Path> reads() {
		return List.copyOf(reads);
	}

	@Override
	public InputImage image(final boolean needed) {
		return values.has(Settings.IMAGE) ? open(file(Settings.IMAGE)).input() : null;
	}

	@Override
	public List<InputImage> images() {
		return values.get(CommandLineSettings.EDITED).stream().map(file -> open((Path) file).input())
			.toList();
	}

	private SourceImage open(final Path file) {
		reads.add(file);
		last = SourceImage.open(file, values.get(Settings.INTENSITY), plane());
		return last;
	}

	@Override
	public InputMask mask(final boolean needed) {
		if (!values.has(Settings.MASK)) {
			if (CommandLineSettings.OF_MASKS.stream().anyMatch(values::has) ||
				values.get(Settings.FEATHER) != 0)
				throw new InvalidInputException(
					"Something is said about a mask, but there is none. Give --image and --mask, or leave it out.");
			return null;
		}
		final Path file = file(Settings.MASK);
		reads.add(file);
		final PlaneChoice image = plane();
		final PlaneChoice plane = new PlaneChoice(values.get(CommandLineSettings.MASK_CHANNEL),
			values.find(CommandLineSettings.MASK_SLICE).orElse(image.slice()), image.frame());
		final Optional<Integer> label = values.find(CommandLineSettings.LABEL);
		if (label.isPresent()) return MaskSource.ofLabel(LabelImage.open(file, plane), label.get());
		return values.has(CommandLineSettings.MASK_LABELS)
			? MaskSource.ofLabels(LabelImage.open(file, plane)) : MaskSource.openMask(file, plane);
	}

	@Override
	public InputImage control() {
		final Path file = file(Settings.CONTROL_IMAGE);
		reads.add(file);
		return ControlPreprocessor.of(values.get(Settings.PREPROCESSOR)).open(file,
			values.get(Settings.INTENSITY), plane());
	}

	@Override
	public Path controlNet() {
		final Path network = values.get(Settings.CONTROL_MODEL);
		if (network != null) {
			reads.add(network);
			return network;
		}
		if (!values.has(Settings.MODEL)) return BuiltInModel.controlNet();
		throw new InvalidInputException(
			"No ControlNet is named, and only the built-in model brings its own. Give one with --control-model.");
	}

	private PlaneChoice plane() {
		return new PlaneChoice(values.get(Settings.CHANNEL), values.get(CommandLineSettings.SLICE),
			values.get(CommandLineSettings.FRAME));
	}

	private Path file(final Setting<Object> setting) {
		return (Path) values.get(setting);
	}

	/** How results become TIFF files: of the type and scale of the image that they show. */
	TiffForm tiff(final GenerationRequest request) {
		if (last == null) return TiffForm.COLOUR;
		if (!(request instanceof OutpaintRequest wider)) return TiffForm.of(last);
		// Where the reference had to resize the extended image, nobody knows where in
		// it the source lies.
		final TiffForm placed = TiffForm.of(last, wider.left(), wider.top());
		return (file, made) -> (fits(made, wider) ? placed : TiffForm.COLOUR).write(file, made);
	}

	private static boolean fits(final GeneratedImage made, final OutpaintRequest request) {
		return made.width() == request.width() && made.height() == request.height();
	}
}
