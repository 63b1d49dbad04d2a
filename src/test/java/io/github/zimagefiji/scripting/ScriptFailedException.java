
package io.github.zimagefiji.scripting;

/** A script ended with an error; the message is what it wrote. */
final class ScriptFailedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	ScriptFailedException(final String message) {
		super(message);
	}
}
