
/**
 * The native library: where it is, whether it is whole, and whether it can be loaded.
 */

@NullMarked
package io.github.zimagefiji.engine.library;

import org.jspecify.annotations.NullMarked;
