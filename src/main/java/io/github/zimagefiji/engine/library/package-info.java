
/**
 * The native library: where it is, whether it is whole, and whether it can be loaded.
 */

package io.github.zimagefiji.engine.library;
