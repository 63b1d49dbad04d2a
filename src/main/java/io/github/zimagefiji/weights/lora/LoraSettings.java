
package io.github.zimagefiji.weights.lora;

import java.util.List;
import java.util.Set;

import io.github.zimagefiji.error.InvalidInputException;

/**
 * What a trainer noted about a LoRA beside its tensors, in one place.
 *
 * @param source the place in words, such as {@code adapter_config.json}
 * @param alpha by which a layer is multiplied, over its rank; null if only some layers have one
 * @param rank of the layers; null if nothing is said
 * @param alphas other values of alpha for some layers
 * @param ranks other ranks of some layers
 * @param rootOfRank whether the root of the rank takes the rank's place (rsLoRA, arXiv 2312.03732)
 * @param decomposed whether weights are scaled too (DoRA, arXiv 2402.09353)
 */
record LoraSettings(String source, Double alpha, Double rank, NamePatterns alphas,
		NamePatterns ranks, boolean rootOfRank, boolean decomposed)
{

	/**
	 * Ways to begin a training that change the model's own weights, so that what was trained fits the
	 * changed ones only.
	 */
	static final Set<String> CHANGED_BASE = Set.of("pissa", "olora", "corda", "loftq", "lora_ga");

	/**
	 * By what a layer's change is multiplied: alpha over rank.
	 *
	 * @param names the layer's names
	 * @param stored the rank of the layer's tensors; null if they do not say
	 * @param place the file, for messages
	 * @throws InvalidInputException if the settings speak of another rank, or give no alpha
	 */
	double factor(final List<String> names, final Long stored, final String place) {
		final Double own = alphas.of(names);
		final Double mine = own == null ? alpha : own;
		final Double other = ranks.of(names);
		final Double said = other == null ? rank : other;
		if (mine == null) throw new InvalidInputException(
			"The LoRA " + place + " has settings, in " + source + ", that do not say the alpha of " +
				names.get(0) + ", without which its strength is not known. " +
				"Use the file with the settings that its trainer wrote.");
		if (said != null && stored != null && said.doubleValue() != stored)
			throw new InvalidInputException("The LoRA " + place + " does not belong to its settings in " +
				source + ": " + names.get(0) + " has the rank " + stored + " in the file, and " +
				LoraStrength.text(said) +
				" in the settings. Put the LoRA and its own settings into a separate folder.");
		final double by = stored != null ? stored : said == null ? 0 : said;
		if (!(by > 0)) throw new InvalidInputException(
			"The LoRA " + place + " has settings, in " + source + ", that do not say the rank of " +
				names.get(0) + ". Use the file with the settings that its trainer wrote.");
		return mine / (rootOfRank ? Math.sqrt(by) : by);
	}
}
