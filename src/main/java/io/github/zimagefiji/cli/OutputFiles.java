package io.github.zimagefiji.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import io.github.zimagefiji.AtomicFile;
import io.github.zimagefiji.GeneratedImage;
import io.github.zimagefiji.GenerationResult;
import io.github.zimagefiji.InvalidInputException;
import io.github.zimagefiji.image.PixelFormat;
import io.github.zimagefiji.image.PngFile;
import io.github.zimagefiji.image.TiffFile;
import io.github.zimagefiji.weights.FloatTensor;
import io.github.zimagefiji.weights.SafetensorsWriter;

/**
 * The files that one run makes.
 *
 * @param images one for each image of the request, in order
 * @param latents where the final latents go, or null
 * @param timings where the timings go, or null
 */
record OutputFiles(List<Path> images, Path latents, Path timings) {

	/**
	 * Names the files of a run: {@code FILE.png}, or {@code FILE-0.png}, {@code FILE-1.png}, … for several images.
	 *
	 * @throws InvalidInputException if the ending is none of png, tif, tiff
	 */
	static OutputFiles of(final Path output, final int count, final Path latents, final Path timings) {
		final String name = output.getFileName() == null ? "" : output.getFileName().toString();
		final int dot = name.lastIndexOf('.');
		final String ending = dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
		if (dot < 1 || !Set.of("png", "tif", "tiff").contains(ending)) throw new InvalidInputException(
			"The output \"" + output + "\" has an ending that is not known. Use .png, .tif or .tiff.");
		final List<Path> images = count == 1 ? List.of(output) : IntStream.range(0, count).mapToObj(
			i -> output.resolveSibling(name.substring(0, dot) + "-" + i + name.substring(dot))).toList();
		return new OutputFiles(images, latents, timings);
	}

	/**
	 * Makes sure before a long run that every file can be written.
	 *
	 * @throws InvalidInputException if one cannot, or if two are the same
	 */
	void check() {
		final List<Path> all = new ArrayList<>(images);
		if (latents != null) all.add(latents);
		if (timings != null) all.add(timings);
		final Set<Path> seen = new HashSet<>();
		for (final Path file : all) {
			if (!seen.add(file.toAbsolutePath().normalize())) throw new InvalidInputException("The file " + file +
				" is named for two outputs. Give each its own name.");
			AtomicFile.checkWritable(file);
		}
	}

	/**
	 * Writes every file.
	 *
	 * @throws InvalidInputException if one cannot be written
	 */
	void write(final GenerationResult result) {
		for (int i = 0; i < images.size(); i++) {
			writeImage(images.get(i), result.images().get(i));
		}
		if (latents != null) SafetensorsWriter.write(latents, Map.of("latents", latentsOf(result)), Map.of());
		if (timings != null) TimingsFile.write(timings, result.timings());
	}

	private static void writeImage(final Path file, final GeneratedImage image) {
		if (file.toString().toLowerCase(Locale.ROOT).endsWith(".png")) PngFile.write(file, image);
		else TiffFile.write(file, List.of(image), PixelFormat.RGB8);
	}

	private static FloatTensor latentsOf(final GenerationResult result) {
		return new FloatTensor(result.latentShape(), result.latents());
	}
}
