
package io.github.zimagefiji.cli.generate;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

import io.github.zimagefiji.GeneratedImage;
import io.github.zimagefiji.cli.program.ProgramVersion;
import io.github.zimagefiji.cli.program.Session;
import io.github.zimagefiji.hub.builtin.BuiltInModel;
import io.github.zimagefiji.image.SourceImage;
import io.github.zimagefiji.request.OutpaintRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code zimage outpaint}: an image with more around it. */
@Command(name = "outpaint", mixinStandardHelpOptions = true, versionProvider = ProgramVersion.class,
	sortOptions = false,
	description = "Extends an image on any side. Its own pixels come back as they were.",
	footer = { "", "Examples:",
		"  zimage outpaint --image cells.tif --left 32 --right 32 --prompt \"round green nuclei\" --output wider.tif",
		"",
		"The image file says how it was made: model, prompt, seed, every picture and every setting." })
public final class OutpaintSubcommand implements Callable<Integer> {

	private final Session session;

	@Option(names = "--image", required = true, paramLabel = "FILE",
		description = "The image: TIFF, PNG, JPEG, GIF, BMP, DICOM, FITS or PGM; of any size.")
	private Path image;

	@Option(names = "--left", paramLabel = "N", defaultValue = "0",
		description = "Pixels to add at the left. Default: ${DEFAULT-VALUE}.")
	private int left;

	@Option(names = "--right", paramLabel = "N", defaultValue = "0",
		description = "Pixels to add at the right. Default: ${DEFAULT-VALUE}.")
	private int right;

	@Option(names = "--top", paramLabel = "N", defaultValue = "0",
		description = "Pixels to add at the top. Default: ${DEFAULT-VALUE}.")
	private int top;

	@Option(names = "--bottom", paramLabel = "N", defaultValue = "0",
		description = "Pixels to add at the bottom. Default: ${DEFAULT-VALUE}.")
	private int bottom;

	@Mixin
	private ImageOptions images;

	@Mixin
	private TileOptions tiles;

	@Mixin
	private GenerationOptions common;

	public OutpaintSubcommand(final Session session) {
		this.session = session;
	}

	@Override
	public Integer call() {
		final SourceImage source = images.open(image);
		final OutpaintRequest request = new OutpaintRequest(common.text().build(), source.input(), left,
			right, top, bottom, tiles.tiling(), images.reference());
		return new JobRun(session, common).run(new Job(request, List.of(image), tiff(source, request)),
			BuiltInModel::folder);
	}

	/**
	 * Where the reference had to resize the extended image, nobody knows where in it the source lies.
	 */
	private static TiffForm tiff(final SourceImage source, final OutpaintRequest request) {
		final TiffForm placed = TiffForm.of(source, request.left(), request.top());
		return (file, made) -> (fits(made, request) ? placed : TiffForm.COLOUR).write(file, made);
	}

	private static boolean fits(final GeneratedImage made, final OutpaintRequest request) {
		return made.width() == request.width() && made.height() == request.height();
	}
}
