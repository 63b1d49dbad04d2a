
/**
 * The catalogue of models that can be downloaded.
 */

package io.github.zimagefiji.hub.catalogue;
