
package io.github.zimagefiji.model.transformer;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.fields.Fields;
import io.github.zimagefiji.model.ConfigFile;

/**
 * The measures of a ControlNet for Z-Image.
 *
 * @param places main layers of the transformer after which it adds something, ascending from 0; it
 *          has as many blocks
 * @param refinement what its picture passes before the captions join
 * @param refinerPlaces noise refiner blocks after which it adds something to its own copy of the
 *          image's tokens; empty for {@link Refinement#PLAIN}
 * @param channels of its picture: 16 latents, or 33: latents, a mask, and another picture's latents
 * @param width length of a token
 * @param refinerLayers blocks of the ControlNet's noise refiner, where it has one
 * @param heads attention heads
 * @param normEps added to the mean square in RMS norms
 */
public record ControlNetConfig(List<Integer> places, Refinement refinement,
		List<Integer> refinerPlaces, int channels, int width, int refinerLayers, int heads,
		double normEps)
{

	/**
	 * What a ControlNet's picture passes before the captions join; the versions differ in it.
	 */
	public enum Refinement {

			/** Version 1.0: blocks like those of the transformer's noise refiner. */
			PLAIN(null),
			/**
			 * Version 2.1: control blocks that look at the image's tokens and add to the ControlNet's
			 * copy of them.
			 */
			OWN("control_noise_refiner"),
			/**
			 * Version 2.0: the same blocks that are run again after the captions have joined.
			 */
			SHARED("control_layers");

		private final String word;

		Refinement(final String word) {
			this.word = word;
		}
	}

	/**
	 * Reads a ControlNet's {@code config.json}.
	 *
	 * @throws InvalidInputException if it is not a ControlNet that this program can run
	 */
	public static ControlNetConfig read(final Path file) {
		final Fields config = ConfigFile.read(file);
		ConfigFile.only(config, "_class_name", "\"ZImageControlNetModel\"");
		ConfigFile.only(config, "all_patch_size", "[2]");
		ConfigFile.only(config, "all_f_patch_size", "[1]");
		ConfigFile.only(config, "qk_norm", "true");
		config.ignore("n_kv_heads");
		final Refinement refinement = refinement(config);
		final boolean plain = refinement == Refinement.PLAIN;
		if (plain) config.ignore("control_refiner_layers_places");
		final ControlNetConfig result = new ControlNetConfig(places(config, "control_layers_places"),
			refinement, plain ? List.of() : places(config, "control_refiner_layers_places"),
			config.integer("control_in_dim", 1, 1024), config.integer("dim", 8, 65536),
			config.integer("n_refiner_layers", 0, 100), config.integer("n_heads", 1, 1024),
			config.positive("norm_eps"));
		result.check(config);
		ConfigFile.refuseUnknown(config);
		return result;
	}

	private static Refinement refinement(final Fields config) {
		final String key = "add_control_noise_refiner";
		final String word =
			ConfigFile.word(config, key, "", Refinement.OWN.word, Refinement.SHARED.word);
		return Arrays.stream(Refinement.values()).filter(r -> word.equals(r.word)).findFirst()
			.orElse(Refinement.PLAIN);
	}

	/** Places count from 0, so a reader of sizes cannot read them. */
	private static List<Integer> places(final Fields config, final String key) {
		return Arrays.stream(config.integers(key, 0)).boxed().toList();
	}

	private void check(final Fields config) {
		if (places.isEmpty() || places.get(0) != 0 || !ascends(places))
			throw config.problem("control_layers_places", "must be numbers that ascend from 0");
		final int hints = refinement == Refinement.SHARED ? places.size() : refinerLayers;
		if (!ascends(refinerPlaces) || refinerPlaces.size() > hints)
			throw config.problem("control_refiner_layers_places",
				"must be at most " + hints + " numbers that ascend");
	}

	private static boolean ascends(final List<Integer> places) {
		return IntStream.range(1, places.size()).allMatch(i -> places.get(i) > places.get(i - 1));
	}

	/** Blocks that its picture passes before the captions join. */
	int refinements() {
		return refinement == Refinement.SHARED ? places.size() : refinerLayers;
	}
}
