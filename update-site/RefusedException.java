package updatesite;

/** What cannot be built. The message is one sentence for the person who builds, and says what to do. */
final class RefusedException extends RuntimeException {

	private static final long serialVersionUID = 1;

	RefusedException(final String message) {
		super(message);
	}
}
