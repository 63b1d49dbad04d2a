
/**
 * Subcommands that make, plan and merge datasets.
 */

package io.github.zimagefiji.cli.dataset;
