
package io.github.zimagefiji.cli.generate;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

import io.github.zimagefiji.cli.program.ProgramVersion;
import io.github.zimagefiji.cli.program.Session;
import io.github.zimagefiji.hub.builtin.BuiltInModel;
import io.github.zimagefiji.image.SourceImage;
import io.github.zimagefiji.request.ImageToImageRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code zimage image-to-image}: a whole image, changed. */
@Command(name = "image-to-image", mixinStandardHelpOptions = true,
	versionProvider = ProgramVersion.class, sortOptions = false,
	description = "Changes a whole image, as the prompt and the strength say.",
	footer = { "", "Examples:",
		"  zimage image-to-image --image cells.tif --strength 0.5 --prompt \"green nuclei\" --output changed.tif",
		"",
		"The image file says how it was made: model, prompt, seed, every picture and every setting." })
public final class ImageToImageSubcommand implements Callable<Integer> {

	private final Session session;

	@Option(names = "--image", required = true, paramLabel = "FILE",
		description = "The image: TIFF, PNG, JPEG, GIF, BMP, DICOM, FITS or PGM; of any size. The result has its size.")
	private Path image;

	@Option(names = "--strength", paramLabel = "X", defaultValue = "0.6",
		description = "How much is changed: above 0 (as good as nothing) up to 1 (nothing is kept). Default: " +
			"${DEFAULT-VALUE}.")
	private double strength;

	@Mixin
	private ImageOptions images;

	@Mixin
	private TileOptions tiles;

	@Mixin
	private GenerationOptions common;

	public ImageToImageSubcommand(final Session session) {
		this.session = session;
	}

	@Override
	public Integer call() {
		final SourceImage source = images.open(image);
		final ImageToImageRequest request = new ImageToImageRequest(common.text().build(),
			source.input(), strength, tiles.tiling(), images.reference());
		return new JobRun(session, common).run(new Job(request, List.of(image), TiffForm.of(source)),
			BuiltInModel::folder);
	}
}
