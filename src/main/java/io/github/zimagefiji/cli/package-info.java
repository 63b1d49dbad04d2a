/**
 * The command line: one small class for each subcommand, what it is asked for, and what it says.
 */

package io.github.zimagefiji.cli;
