/**
 * Where model files come from: the built-in model, and checks of what is on disk.
 */

package io.github.zimagefiji.hub;
