
package io.github.zimagefiji.cli.generate;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

import io.github.zimagefiji.cli.program.ProgramVersion;
import io.github.zimagefiji.cli.program.Session;
import io.github.zimagefiji.hub.builtin.BuiltInModel;
import io.github.zimagefiji.image.SourceImage;
import io.github.zimagefiji.request.InpaintRequest;
import io.github.zimagefiji.request.InputMask;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code zimage inpaint}: a part of an image, painted anew. */
@Command(name = "inpaint", mixinStandardHelpOptions = true, versionProvider = ProgramVersion.class,
	sortOptions = false,
	description = "Paints a part of an image anew. Pixels outside the mask come back as they were.",
	footer = { "", "Examples:",
		"  zimage inpaint --image cells.tif --mask mask.png --prompt \"green nuclei\" --output painted.tif",
		"  zimage inpaint --image cells.tif --mask labels.tif --label 3 --prompt \"green nuclei\" --output painted.tif",
		"",
		"The image file says how it was made: model, prompt, seed, every picture and every setting." })
public final class InpaintSubcommand implements Callable<Integer> {

	private final Session session;

	@Option(names = "--image", required = true, paramLabel = "FILE",
		description = "The image: TIFF, PNG, JPEG, GIF, BMP, DICOM, FITS or PGM; of any size. The result has its size.")
	private Path image;

	@Option(names = "--mask", required = true, paramLabel = "FILE",
		description = "Where to paint, of the image's size: bright is painted. With --mask-labels or --label a " +
			"label image.")
	private Path mask;

	@Mixin
	private MaskOptions masks;

	@Option(names = "--strength", paramLabel = "X", defaultValue = "1",
		description = "How much is changed: above 0 (as good as nothing) up to 1 (nothing is kept). Default: " +
			"${DEFAULT-VALUE}.")
	private double strength;

	@Mixin
	private ImageOptions images;

	@Mixin
	private TileOptions tiles;

	@Mixin
	private GenerationOptions common;

	public InpaintSubcommand(final Session session) {
		this.session = session;
	}

	@Override
	public Integer call() {
		final SourceImage source = images.open(image);
		final InputMask where = masks.open(mask, images.plane());
		final InpaintRequest request = new InpaintRequest(common.text().build(), source.input(), where,
			strength, masks.feather(), tiles.tiling(), images.reference());
		return new JobRun(session, common)
			.run(new Job(request, List.of(image, mask), TiffForm.of(source)), BuiltInModel::folder);
	}
}
