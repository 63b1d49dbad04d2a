
package io.github.zimagefiji.hub.diagnosis;

import java.util.List;
import java.util.function.Function;

import io.github.zimagefiji.Progress;

/**
 * Looks at one part of the computer or the program. It changes nothing but what is damaged and can
 * be made again.
 *
 * @param topic of a finding that says why this could not be looked at
 * @param look may throw {@link io.github.zimagefiji.error.RunCanceledException} if progress says
 *          so, and any {@link io.github.zimagefiji.error.ZImageException}, whose sentence becomes a
 *          finding
 */
record Probe(String topic, Function<Progress, List<Finding>> look) {}
