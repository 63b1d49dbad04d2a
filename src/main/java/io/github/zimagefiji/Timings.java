
package io.github.zimagefiji;

import java.util.List;

/**
 * How long a run took and what it needed.
 *
 * @param load seconds to open model files, in all
 * @param encode seconds in the text encoder
 * @param steps seconds of each sampling step, image after image
 * @param decode seconds in the autoencoder, and in the image encoder
 * @param total seconds from request to result
 * @param peakAnonymousBytes largest resident memory that belongs to the process alone; -1 where the
 *          system does not tell
 * @param peakFileBytes largest resident memory that is a view of files (mapped weights, libraries),
 *          which the system takes back when it needs to; -1 where the system does not tell
 */
public record Timings(double load, double encode, List<Double> steps, double decode, double total,
		long peakAnonymousBytes, long peakFileBytes)
{}
