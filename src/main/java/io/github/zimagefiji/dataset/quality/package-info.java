/**
 * How well images keep to their labels, judged by a segmentation that knows neither; and what a
 * dataset looks like.
 */

package io.github.zimagefiji.dataset.quality;
