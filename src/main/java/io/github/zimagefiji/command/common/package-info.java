
/**
 * What all menu commands share: how they end, what they say, and what a dialog shows about a run.
 */

package io.github.zimagefiji.command.common;
