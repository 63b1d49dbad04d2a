
/**
 * A dataset's folder: its lock, the records of its items, what is left of earlier runs, and how it
 * is completed.
 */

package io.github.zimagefiji.dataset.folder;
