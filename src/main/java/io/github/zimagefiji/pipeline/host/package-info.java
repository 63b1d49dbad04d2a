
/**
 * The host that makes images in this process: its queue and its estimates.
 */

package io.github.zimagefiji.pipeline.host;
