
package io.github.zimagefiji.cli.generate;

import java.util.List;
import java.util.concurrent.Callable;

import io.github.zimagefiji.cli.program.ProgramVersion;
import io.github.zimagefiji.cli.program.Session;
import io.github.zimagefiji.hub.builtin.BuiltInModel;
import io.github.zimagefiji.request.TextToImageRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code zimage text-to-image}: images from a prompt. */
@Command(name = "text-to-image", mixinStandardHelpOptions = true,
	versionProvider = ProgramVersion.class, sortOptions = false,
	description = "Makes images from text.",
	footer = { "", "Examples:",
		"  zimage text-to-image --prompt \"three round green nuclei\" --seed 42 --output nuclei.png",
		"  zimage text-to-image --model Z-Image-Turbo --prompt \"a cat in the snow\" --seed 42 --output cat.png",
		"", "The image file says how it was made: model, prompt, seed and every setting." })
public final class TextToImageSubcommand implements Callable<Integer> {

	private final Session session;

	@Mixin
	private SizeOptions size;

	@Mixin
	private GenerationOptions common;

	public TextToImageSubcommand(final Session session) {
		this.session = session;
	}

	@Override
	public Integer call() {
		final TextToImageRequest request = size.into(common.text()).build();
		return new JobRun(session, common).run(Job.colour(request, List.of()), BuiltInModel::folder);
	}
}
