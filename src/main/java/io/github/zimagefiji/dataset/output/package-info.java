/** Layouts and files that training programs read. */

package io.github.zimagefiji.dataset.output;
