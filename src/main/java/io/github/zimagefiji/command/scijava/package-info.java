
/**
 * Where the commands meet SciJava and ImageJ: options of macros, the recorder, preprocessors, open
 * dialogs.
 */

package io.github.zimagefiji.command.scijava;
