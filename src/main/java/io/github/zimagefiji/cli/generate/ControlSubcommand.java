
package io.github.zimagefiji.cli.generate;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import io.github.zimagefiji.cli.program.ProgramVersion;
import io.github.zimagefiji.cli.program.Session;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.hub.builtin.BuiltInModel;
import io.github.zimagefiji.image.ControlPreprocessor;
import io.github.zimagefiji.image.SourceImage;
import io.github.zimagefiji.request.ControlRequest;
import io.github.zimagefiji.request.InputImage;
import io.github.zimagefiji.request.InputMask;
import io.github.zimagefiji.request.TextToImageRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code zimage control}: images whose composition follows a control picture.
 */
@Command(name = "control", mixinStandardHelpOptions = true, versionProvider = ProgramVersion.class,
	sortOptions = false,
	description = "Makes an image that follows a control picture: edges, outlines, masks, labels, depth, whatever " +
		"the ControlNet was trained on. With --image and --mask only a part of that image is painted.",
	footer = { "", "Examples:",
		"  zimage control --control-image masks.png --prompt \"green nuclei\" --output nuclei.png",
		"  zimage control --control-image labels.tif --control-from filled-labels \\",
		"      --prompt \"red nuclei\" --output nuclei.png", "",
		"The image file says how it was made: model, prompt, seed, every picture and every setting." })
public final class ControlSubcommand implements Callable<Integer> {

	private final Session session;

	@Option(names = "--control-model", paramLabel = "DIR|FILE",
		description = "The ControlNet: a folder with config.json and weights, or a safetensors file. Default: the " +
			"built-in model's, which follows masks and label images.")
	private Path network;

	@Option(names = "--control-image", required = true, paramLabel = "FILE",
		description = "The control picture, or what it is made of.")
	private Path control;

	@Option(names = "--control-from", paramLabel = "NAME", defaultValue = "none",
		description = "How the control picture is made: none (it is one already), edges, label-boundaries or " +
			"filled-labels (of a label image), mask, depth, inverted-depth (bright is far). Default: " +
			"${DEFAULT-VALUE}.")
	private String from;

	@Option(names = "--control-scale", paramLabel = "X", defaultValue = "0.75",
		description = "How strongly it is followed; 0 for not at all. Default: ${DEFAULT-VALUE}.")
	private double scale;

	@Option(names = "--image", paramLabel = "FILE",
		description = "An image of the control picture's size to paint into; needs --mask.")
	private Path image;

	@Option(names = "--mask", paramLabel = "FILE", description = "Where to paint in the image.")
	private Path mask;

	@Mixin
	private MaskOptions masks;

	@Mixin
	private ImageOptions images;

	@Mixin
	private TileOptions tiles;

	@Mixin
	private SizeOptions size;

	@Mixin
	private GenerationOptions common;

	public ControlSubcommand(final Session session) {
		this.session = session;
	}

	@Override
	public Integer call() {
		final TextToImageRequest text = size.into(common.text()).build();
		final InputImage picture =
			ControlPreprocessor.of(from).open(control, images.range(), images.plane());
		final SourceImage source = image == null ? null : images.open(image);
		final InputMask where = mask == null ? null : masks.open(mask, images.plane());
		if (where == null && masks.areGiven()) throw new InvalidInputException(
			"Something is said about a mask, but there is none. Give --image and --mask, or leave it out.");
		final ControlRequest request =
			new ControlRequest(text, network(), picture, scale, source == null ? null : source.input(),
				where, masks.feather(), tiles.tiling(), images.reference());
		final List<Path> reads =
			Stream.of(control, image, mask, network).filter(Objects::nonNull).toList();
		final TiffForm tiff = source == null ? TiffForm.COLOUR : TiffForm.of(source);
		return new JobRun(session, common).run(new Job(request, reads, tiff), BuiltInModel::folder);
	}

	private Path network() {
		if (network != null) return network;
		if (!common.model().isNamed()) return BuiltInModel.controlNet();
		throw new InvalidInputException(
			"No ControlNet is named, and only the built-in model brings its own. Give one with --control-model.");
	}
}
