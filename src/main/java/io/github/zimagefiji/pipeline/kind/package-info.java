
/**
 * One class for each kind of request: what sets it apart in a run.
 */

package io.github.zimagefiji.pipeline.kind;
