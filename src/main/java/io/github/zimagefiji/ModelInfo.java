
package io.github.zimagefiji;

/**
 * What is known of a model folder.
 *
 * @param name a name for people, usually the folder's
 * @param variant how it is sampled
 * @param variantReason a few words on how {@code variant} was decided, such as "scheduler shift
 *          3.0"
 * @param fingerprint hexadecimal digest that changes when the weights do
 * @param fingerprintKind what was digested: {@code sha256} (the SHA-256 sums of whole files) or
 *          {@code sampled} (headers and some bytes of every tensor)
 */
public record ModelInfo(String name, ModelVariant variant, String variantReason, String fingerprint,
		String fingerprintKind)
{}
