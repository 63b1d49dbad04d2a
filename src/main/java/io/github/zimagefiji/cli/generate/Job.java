
package io.github.zimagefiji.cli.generate;

import java.nio.file.Path;
import java.util.List;

import io.github.zimagefiji.request.GenerationRequest;

/**
 * What a subcommand wants made.
 *
 * @param request the request, whose pictures have been read
 * @param reads the subcommand's own files that are read, none of which may be replaced
 * @param tiff how results become TIFF files
 */
record Job(GenerationRequest request, List<Path> reads, TiffForm tiff) {

	/** A job whose TIFF files are 8-bit colour. */
	static Job colour(final GenerationRequest request, final List<Path> reads) {
		return new Job(request, reads, TiffForm.COLOUR);
	}
}
