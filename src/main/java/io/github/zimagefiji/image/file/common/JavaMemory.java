
package io.github.zimagefiji.image.file.common;

import java.nio.file.Path;

import io.github.zimagefiji.error.InvalidInputException;

/** The memory that Java has left, asked before an image is read. */
public final class JavaMemory {

	/** What any Java can put into one array. */
	public static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;
	private static final int MEGABYTE = 1_000_000;

	private JavaMemory() {
		// only static methods
	}

	/**
	 * Looks whether there is room.
	 *
	 * @param bytes that are to be allocated for a file
	 * @throws InvalidInputException if Java has less left
	 */
	public static void check(final long bytes, final Path file) {
		final Runtime java = Runtime.getRuntime();
		final long left = java.maxMemory() - java.totalMemory() + java.freeMemory();
		// most is free again after the next collection, so only what cannot be is
		// refused without one
		if (bytes > left) {
			System.gc();
			if (bytes > java.maxMemory() - java.totalMemory() + java.freeMemory())
				throw tooSmall(bytes, file, null);
		}
	}

	/**
	 * What is said if Java's memory does not suffice for a file.
	 *
	 * @param bytes that are needed; 0 if that is not known
	 */
	public static InvalidInputException tooSmall(final long bytes, final Path file,
		final Throwable cause)
	{
		final String needed = bytes == 0 ? "more of Java's memory than is left"
			: "about " + Math.max(1, bytes / MEGABYTE) +
				" MB of Java's memory, but less is left of its " +
				Runtime.getRuntime().maxMemory() / MEGABYTE + " MB";
		return new InvalidInputException(file + " needs " + needed +
			". Use a smaller image, or start Java with a larger -Xmx (in Fiji: Edit > Options > Memory & Threads; scripts/zimage: ZIMAGE_JAVA_OPTS=-Xmx8g).",
			cause);
	}
}
