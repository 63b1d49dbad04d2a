/**
 * Datasets on Apache Spark: one driver directs, each executor keeps one model, all share the
 * dataset's folder.
 */

package io.github.zimagefiji.spark;
