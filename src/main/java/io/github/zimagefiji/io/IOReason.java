
package io.github.zimagefiji.io;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/**
 * Why a file operation failed, in words. The messages of {@code java.nio.file} exceptions are often
 * nothing but the file's path, which tells the user nothing.
 */
public final class IOReason {

	private IOReason() {
		// only of()
	}

	/**
	 * A few words for the end of a sentence, without a full stop; never empty.
	 */
	public static String of(final IOException e) {
		if (e instanceof AccessDeniedException) return "access is denied";
		if (e instanceof NoSuchFileException) return "there is no such file or folder";
		if (e instanceof NotDirectoryException) return "it is not a folder";
		if (e instanceof FileAlreadyExistsException) return "it exists already";
		if (e instanceof DirectoryNotEmptyException) return "it is a folder that is not empty";
		if (e instanceof FileSystemException failed) {
			final String reason = failed.getReason();
			if (reason != null && !reason.isBlank()) return withoutStop(reason);
		}
		final String message = e.getMessage();
		return message == null || message.isBlank() ? e.getClass().getSimpleName()
			: withoutStop(message);
	}

	private static String withoutStop(final String text) {
		final String trimmed = text.strip();
		return trimmed.endsWith(".") ? trimmed.substring(0, trimmed.length() - 1) : trimmed;
	}
}
