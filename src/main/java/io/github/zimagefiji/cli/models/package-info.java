
/**
 * Subcommands that list, download, check, combine, narrow and remove models.
 */

package io.github.zimagefiji.cli.models;
