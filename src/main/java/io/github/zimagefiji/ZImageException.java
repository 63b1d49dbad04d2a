
package io.github.zimagefiji;

/**
 * Something went wrong; the message is a sentence for the person: what is
 * wrong, and what to do.
 */
public class ZImageException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public ZImageException(final String message) {
		super(message);
	}

	public ZImageException(final String message, final Throwable cause) {
		super(message, cause);
	}
}
