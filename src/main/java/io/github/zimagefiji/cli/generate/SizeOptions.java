
package io.github.zimagefiji.cli.generate;

import io.github.zimagefiji.request.TextToImageRequest;
import picocli.CommandLine.Option;

/** The size of the image, where no picture says it. */
final class SizeOptions {

	@Option(names = "--width", paramLabel = "N",
		description = "Pixels, a multiple of 16. Default: as the model needs (1024, built-in demo 128), or that of the " +
			"picture that is given.")
	private Integer width;

	@Option(names = "--height", paramLabel = "N", description = "Likewise.")
	private Integer height;

	/** Puts the size into a request. */
	TextToImageRequest.Builder into(final TextToImageRequest.Builder request) {
		return request.size(width, height);
	}
}
