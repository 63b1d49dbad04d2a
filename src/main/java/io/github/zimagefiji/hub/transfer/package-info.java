
/**
 * Downloads: resumed, checked by SHA-256, in parallel.
 */

package io.github.zimagefiji.hub.transfer;
