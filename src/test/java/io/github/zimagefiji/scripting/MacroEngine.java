
package io.github.zimagefiji.scripting;

import java.io.BufferedReader;
import java.io.Reader;
import java.util.stream.Collectors;

import javax.script.ScriptEngine;
import javax.script.ScriptException;

import org.scijava.script.AbstractScriptEngine;

import ij.Macro;
import ij.macro.Interpreter;

/** Parameters become variables that are assigned in front of the macro. */
final class MacroEngine extends AbstractScriptEngine {

	MacroEngine() {
		engineScopeBindings = new MacroBindings();
	}

	@Override
	public Object eval(final Reader reader) throws ScriptException {
		return eval(new BufferedReader(reader).lines().collect(Collectors.joining("\n")));
	}

	@Override
	public Object eval(final String macro) throws ScriptException {
		final StringBuilder text = new StringBuilder();
		engineScopeBindings.forEach((name, value) -> assign(text, name, value));
		final Interpreter interpreter = new Interpreter();
		try {
			return interpreter.run(text + macro, "");
		}
		catch (final RuntimeException e) {
			final String problem = interpreter.getErrorMessage();
			if (problem == null && !Macro.MACRO_CANCELED.equals(e.getMessage())) throw e;
			final ScriptException failure = new ScriptException(problem == null
				? "The macro was cancelled." : problem + " (line " + interpreter.getLineNumber() + ")");
			failure.initCause(e);
			throw failure;
		}
	}

	/** What is neither a number nor a truth value is text. */
	private static void assign(final StringBuilder text, final String name, final Object value) {
		if (value == null || !name.matches("\\w+") || name.equals(ScriptEngine.FILENAME)) return;
		final boolean plain = value instanceof Number || value instanceof Boolean;
		final String literal = plain ? value.toString() : '"' +
			value.toString().replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
		text.append(name).append(" = ").append(literal).append(";");
	}
}
