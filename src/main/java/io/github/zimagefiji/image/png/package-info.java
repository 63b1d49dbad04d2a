
/**
 * PNG files with provenance.
 */

package io.github.zimagefiji.image.png;
