
/**
 * Where models come from and where they are on this disk: hosts, downloads, the catalogue, the
 * store. The classes are in the packages below this one.
 */

@NullMarked
package io.github.zimagefiji.hub;

import org.jspecify.annotations.NullMarked;
