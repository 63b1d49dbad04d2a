
/**
 * What an image was made of, as JSON and as the text that an image window shows.
 */

package io.github.zimagefiji.provenance;
