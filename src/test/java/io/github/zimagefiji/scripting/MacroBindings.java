
package io.github.zimagefiji.scripting;

import java.util.HashMap;

import javax.script.Bindings;

/** The parameters of one macro. */
final class MacroBindings extends HashMap<String, Object> implements Bindings {

	private static final long serialVersionUID = 1L;
}
