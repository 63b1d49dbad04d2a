
package io.github.zimagefiji.cli.generate;

import java.util.stream.Stream;

import io.github.zimagefiji.request.Task;

/**
 * What the help of a subcommand says above and below its options.
 *
 * @param description above
 * @param examples below, one a line
 */
record GenerateHelp(String description, String examples) {

	static GenerateHelp of(final Task task) {
		return switch (task) {
			case TEXT_TO_IMAGE -> new GenerateHelp("Makes images from text.",
				"""
						zimage text-to-image --prompt "three round green nuclei" --seed 42 --output nuclei.png
						zimage text-to-image --model Z-Image-Turbo --prompt "a cat in the snow" --seed 42 --output cat.png
						""");
			case IMAGE_TO_IMAGE -> new GenerateHelp(
				"Changes a whole image, as the prompt and the strength say.",
				"""
						zimage image-to-image --image cells.tif --strength 0.5 --prompt "green nuclei" --output changed.tif
						""");
			case INPAINT -> new GenerateHelp(
				"Paints a part of an image anew. Pixels outside the mask come back as they were.",
				"""
						zimage inpaint --image cells.tif --mask mask.png --prompt "green nuclei" --output painted.tif
						zimage inpaint --image cells.tif --mask labels.tif --label 3 --prompt "green nuclei" --output painted.tif
						""");
			case OUTPAINT -> new GenerateHelp(
				"Extends an image on any side. Its own pixels come back as they were.",
				"""
						zimage outpaint --image cells.tif --left 32 --right 32 --prompt "round green nuclei" --output wider.tif
						""");
			case CONTROL -> new GenerateHelp(
				"Makes an image that follows a control picture: edges, outlines, masks, labels, depth, whatever " +
					"the ControlNet was trained on. With --image and --mask only a part of that image is painted.",
				"""
						zimage control --control-image masks.png --prompt "green nuclei" --output nuclei.png
						zimage control --control-image labels.tif --preprocessor filled-labels \\
						    --prompt "red nuclei" --output nuclei.png
						""");
			case EDIT -> new GenerateHelp(
				"Edits an image, or makes a new one of several, as the instruction in the prompt says. Needs an " +
					"Omni or Edit model; the built-in one is used if none is named.",
				"""
						zimage edit --image cells.png --prompt "make the nuclei red" --output red.png
						""");
		};
	}

	/** The lines below the options. */
	String[] footer() {
		return Stream.of(Stream.of("", "Examples:"), examples.lines().map("  "::concat), Stream.of("",
			"The image file says how it was made: model, prompt, seed, every picture and every setting."))
			.flatMap(lines -> lines).toArray(String[]::new);
	}
}
