
/**
 * Subcommands that make images, and the options that they share.
 */

package io.github.zimagefiji.cli.generate;
