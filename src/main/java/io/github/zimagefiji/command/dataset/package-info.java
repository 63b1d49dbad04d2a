
/**
 * The dialog that makes datasets.
 */

package io.github.zimagefiji.command.dataset;
