
package io.github.zimagefiji;

/**
 * Something went wrong; the message is a sentence for the person: what is
 * wrong, and what to do.
 */
public class ZImageException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private static final int MOST = 4000;

	public ZImageException(final String message) {
		super(bounded(message));
	}

	public ZImageException(final String message, final Throwable cause) {
		super(bounded(message), cause);
	}

	/**
	 * What a file holds is quoted in messages; whatever that is, the sentence's
	 * beginning and its end, the advice, stay readable.
	 */
	private static String bounded(final String message) {
		if (message == null || message.length() <= MOST) return message;
		return message.substring(0, MOST / 2) + "…" + message.substring(message
			.length() - MOST / 2);
	}
}
