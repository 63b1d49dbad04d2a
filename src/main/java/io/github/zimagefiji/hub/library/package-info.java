
/**
 * Native libraries that can be downloaded.
 */

package io.github.zimagefiji.hub.library;
