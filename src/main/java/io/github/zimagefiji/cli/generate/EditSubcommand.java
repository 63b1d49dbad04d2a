
package io.github.zimagefiji.cli.generate;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

import io.github.zimagefiji.cli.program.ProgramVersion;
import io.github.zimagefiji.cli.program.Session;
import io.github.zimagefiji.hub.builtin.BuiltInModel;
import io.github.zimagefiji.image.SourceImage;
import io.github.zimagefiji.request.EditRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code zimage edit}: images, changed as an instruction says. */
@Command(name = "edit", mixinStandardHelpOptions = true, versionProvider = ProgramVersion.class,
	sortOptions = false,
	description = "Edits an image, or makes a new one of several, as the instruction in the prompt says. Needs an " +
		"Omni or Edit model; the built-in one is used if none is named.",
	footer = { "", "Examples:",
		"  zimage edit --image cells.png --prompt \"make the nuclei red\" --output red.png", "",
		"The image file says how it was made: model, prompt, seed, every picture and every setting." })
public final class EditSubcommand implements Callable<Integer> {

	private final Session session;

	@Option(names = "--image", required = true, paramLabel = "FILE",
		description = "The image; sides of at least 64 pixels. May be given several times, in the order in which " +
			"the instruction counts them; the result has the size, and as TIFF the type and scale, of the last.")
	private List<Path> files;

	@Mixin
	private ImageOptions images;

	@Mixin
	private SizeOptions size;

	@Mixin
	private GenerationOptions common;

	public EditSubcommand(final Session session) {
		this.session = session;
	}

	@Override
	public Integer call() {
		final List<SourceImage> sources = files.stream().map(images::open).toList();
		final EditRequest request = new EditRequest(size.into(common.text()).build(),
			sources.stream().map(SourceImage::input).toList(), images.reference());
		final TiffForm tiff = TiffForm.of(sources.get(sources.size() - 1));
		return new JobRun(session, common).run(new Job(request, files, tiff), BuiltInModel::editModel);
	}
}
