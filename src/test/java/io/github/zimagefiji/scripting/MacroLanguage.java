
package io.github.zimagefiji.scripting;

import java.util.List;

import javax.script.ScriptEngine;

import org.scijava.script.AbstractScriptLanguage;

/** ImageJ's macro language with script parameters, as imagej-legacy has it. */
public final class MacroLanguage extends AbstractScriptLanguage {

	@Override
	public String getLanguageName() {
		return "IJ1 Macro";
	}

	@Override
	public List<String> getExtensions() {
		return List.of("ijm");
	}

	@Override
	public ScriptEngine getScriptEngine() {
		return new MacroEngine();
	}
}
