
package io.github.zimagefiji.scripting;

import org.scijava.script.AdaptedScriptLanguage;

/** Groovy's own engine. */
public final class GroovyLanguage extends AdaptedScriptLanguage {

	public GroovyLanguage() {
		super("groovy");
	}
}
