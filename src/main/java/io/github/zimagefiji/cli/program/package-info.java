
/**
 * How the program starts, shows progress, is cancelled and ends.
 */

package io.github.zimagefiji.cli.program;
