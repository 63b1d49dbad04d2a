
package io.github.zimagefiji.scripting;

import org.scijava.script.AdaptedScriptLanguage;

/** Jython's own engine; Python objects become Java's, as in Fiji. */
public final class JythonLanguage extends AdaptedScriptLanguage {

	public JythonLanguage() {
		super("jython");
	}
}
