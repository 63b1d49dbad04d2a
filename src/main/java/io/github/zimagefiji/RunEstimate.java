
package io.github.zimagefiji;

import org.jspecify.annotations.Nullable;

/**
 * What a run is expected to need, told before it starts.
 *
 * @param bytes largest memory that will be needed at one time, beyond mapped model files
 * @param available bytes that a run may take now; -1 where that is not known before the device is
 *          in use
 * @param seconds how long it takes, once the model is loaded, if it goes as fast as the last run
 *          with this model and these options did in this process; null if there was none
 */
public record RunEstimate(long bytes, long available, @Nullable Double seconds) {}
