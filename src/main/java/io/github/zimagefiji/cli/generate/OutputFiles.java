
package io.github.zimagefiji.cli.generate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import io.github.zimagefiji.GenerationResult;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.image.png.PngFile;
import io.github.zimagefiji.io.AtomicFile;
import io.github.zimagefiji.weights.writer.FloatTensor;
import io.github.zimagefiji.weights.writer.SafetensorsWriter;

/**
 * The files that one run makes.
 *
 * @param images one for each image of the request, in order
 * @param latents where the final latents go, or null
 * @param timings where the timings go, or null
 */
record OutputFiles(List<Path> images, Path latents, Path timings) {

	/**
	 * Names the files of a run: {@code FILE.png}, or {@code FILE-0.png}, {@code FILE-1.png}, … for
	 * several images.
	 *
	 * @throws InvalidInputException if the ending is none of png, tif, tiff
	 */
	static OutputFiles of(final Path output, final int count, final Path latents,
		final Path timings)
	{
		final String name = output.getFileName() == null ? "" : output.getFileName().toString();
		final int dot = name.lastIndexOf('.');
		final String ending = dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
		if (dot < 1 || !Set.of("png", "tif", "tiff").contains(ending)) throw new InvalidInputException(
			"The output \"" + output + "\" has an ending that is not known. Use .png, .tif or .tiff.");
		final List<Path> images = count == 1 ? List.of(output)
			: IntStream.range(0, count)
				.mapToObj(
					i -> output.resolveSibling(name.substring(0, dot) + "-" + i + name.substring(dot)))
				.toList();
		return new OutputFiles(images, latents, timings);
	}

	/**
	 * Makes sure before a long run that every file can be written, and that none replaces what the
	 * run is made of.
	 *
	 * @param reads the files that are read
	 * @throws InvalidInputException if one cannot, if two are the same, or if one is read
	 */
	void check(final List<Path> reads) {
		final List<Path> all = new ArrayList<>(images);
		if (latents != null) all.add(latents);
		if (timings != null) all.add(timings);
		final Set<Path> seen = new HashSet<>();
		for (final Path file : all) {
			if (reads.stream().anyMatch(read -> isSame(file, read)))
				throw new InvalidInputException("The file " + file +
					" is read by this run and would be replaced. Give the output another name.");
			if (!seen.add(file.toAbsolutePath().normalize())) throw new InvalidInputException(
				"The file " + file + " is named for two outputs. Give each its own name.");
			AtomicFile.checkWritable(file);
		}
	}

	private static boolean isSame(final Path file, final Path read) {
		try {
			// also through links, and where upper and lower case are one
			return Files.exists(file) && Files.isSameFile(file, read);
		}
		catch (final IOException e) {
			return file.toAbsolutePath().normalize().equals(read.toAbsolutePath().normalize());
		}
	}

	/**
	 * Writes every file.
	 *
	 * @throws InvalidInputException if one cannot be written
	 */
	void write(final GenerationResult result, final TiffForm tiff) {
		for (int i = 0; i < images.size(); i++) {
			final Path file = images.get(i);
			if (file.toString().toLowerCase(Locale.ROOT).endsWith(".png"))
				PngFile.write(file, result.images().get(i));
			else tiff.write(file, result.images().get(i));
		}
		if (latents != null)
			SafetensorsWriter.write(latents, Map.of("latents", latentsOf(result)), Map.of());
		if (timings != null) TimingsFile.write(timings, result.timings());
	}

	private static FloatTensor latentsOf(final GenerationResult result) {
		return new FloatTensor(result.latentShape(), result.latents());
	}
}
