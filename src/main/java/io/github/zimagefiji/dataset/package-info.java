/**
 * Datasets: what each item is to be, how it is made, and runs that can be resumed, divided and
 * merged.
 */

package io.github.zimagefiji.dataset;
