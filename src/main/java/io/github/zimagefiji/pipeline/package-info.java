
/**
 * From a request to images: which network is in memory when, how much memory a run needs, and the
 * run itself.
 */

package io.github.zimagefiji.pipeline;
