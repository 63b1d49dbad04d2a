
package io.github.zimagefiji.weights.lora;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * How strongly a layer's change counts by the file itself, before the user's scale.
 *
 * @param factor alpha over rank, or what takes its place; finite
 * @param source where that was found, in words
 */
record LoraStrength(double factor, String source) {

	/** A number with at most six digits, without needless ones. */
	static String text(final double number) {
		final BigDecimal rounded = new BigDecimal(number).round(new MathContext(6));
		if (rounded.signum() == 0) return "0";
		final int size = rounded.precision() - rounded.scale();
		return size > 7 || size < -4 ? rounded.stripTrailingZeros().toString()
			: rounded.stripTrailingZeros().toPlainString();
	}

	/** One number, or the smallest and the largest. */
	static String range(final Collection<LoraStrength> all) {
		final double low = all.stream().mapToDouble(LoraStrength::factor).min().orElse(1);
		final double high = all.stream().mapToDouble(LoraStrength::factor).max().orElse(1);
		return text(low).equals(text(high)) ? text(low) : text(low) + " to " + text(high);
	}

	/** Where the strengths were found. */
	static String sources(final Collection<LoraStrength> all) {
		final Set<String> sources = new LinkedHashSet<>();
		all.forEach(each -> sources.add(each.source()));
		return String.join(", and ", sources);
	}
}
