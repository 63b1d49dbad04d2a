
package io.github.zimagefiji.error;

/**
 * Java's own memory, or another of its limits, did not suffice; the message says which and what to
 * do.
 */
public final class JavaMemoryException extends ZImageException {

	private static final long serialVersionUID = 1L;

	private static final long MEGABYTE = 1_000_000;

	/** @param error what Java said */
	public JavaMemoryException(final OutOfMemoryError error) {
		super(sentence(String.valueOf(error.getMessage())), error);
	}

	/** Java gives one name to several limits, of which -Xmx is only one. */
	private static String sentence(final String message) {
		if (message.contains("thread"))
			return "The system allows this program no more threads. End other programs, or raise the limit (ulimit -u).";
		if (message.contains("exceeds")) return "Java ran into the largest size " +
			"that one array of it can have. Use a smaller image or a smaller file.";
		return "Java ran out of memory: it may take " + Runtime.getRuntime().maxMemory() / MEGABYTE +
			" MB. Give it more, by ZIMAGE_JAVA_OPTS=-Xmx8g on the command line or by Edit > Options > Memory & Threads in Fiji, " +
			"or use smaller images or fewer of them.";
	}
}
