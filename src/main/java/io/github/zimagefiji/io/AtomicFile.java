
package io.github.zimagefiji.io;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.UUID;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.error.RunCanceledException;

/**
 * Writes files that are either there in full or not at all: the content goes to a temporary file in
 * the same folder, which then takes the target's place. If anything fails, the temporary file is
 * removed, and an older file of the target's name stays as it was.
 */
public final class AtomicFile {

	private static final int BUFFER_BYTES = 1 << 16;

	private AtomicFile() {
		// only static methods
	}

	/**
	 * Writes one file.
	 *
	 * @param target the file to make or replace; its folder must exist
	 * @param content writes the bytes to the stream it is given, which is buffered and closed by this
	 *          method
	 * @throws InvalidInputException if the file could not be written
	 * @throws RuntimeException whatever {@code content} throws, such as {@link RunCanceledException}
	 */
	public static void write(final Path target, final IOConsumer<OutputStream> content) {
		checkPlace(target);
		final Path temporary = temporaryBeside(target);
		boolean done = false;
		try {
			fill(temporary, content);
			replace(temporary, target);
			done = true;
		}
		catch (final IOException e) {
			throw notWritten(target, e);
		}
		catch (final UncheckedIOException e) {
			throw notWritten(target, Objects.requireNonNull(e.getCause()));
		}
		finally {
			if (!done) removeQuietly(temporary);
		}
	}

	/**
	 * Finds out before a long run whether its result can be written, by making and removing an empty
	 * file.
	 *
	 * @param target the file that is to be written later; it is not touched
	 * @throws InvalidInputException if its folder is missing or cannot be written to, if it is a
	 *           folder itself, if a read-only file of that name exists, or if no file can have that
	 *           name there
	 */
	public static void checkWritable(final Path target) {
		checkPlace(target);
		checkName(target);
		final Path probe = temporaryBeside(target);
		try {
			Files.createFile(probe);
			Files.delete(probe);
		}
		catch (final IOException e) {
			removeQuietly(probe);
			throw new FileFailedException(target,
				"The folder " + probe.getParent() + " cannot be written to", e, "Choose another folder.");
		}
	}

	private static void checkPlace(final Path target) {
		if (Files.isDirectory(target))
			throw new InvalidInputException(target + " is a folder. Give the name of a file in it.");
		final Path folder = target.toAbsolutePath().getParent();
		if (folder == null || !Files.isDirectory(folder)) throw new InvalidInputException(
			"The folder " + folder + " does not exist. Make it first, or choose another one.");
		// On Linux a read-only file could be replaced all the same; who made it so
		// wants to keep it.
		if (Files.exists(target) && !Files.isWritable(target))
			throw new InvalidInputException(target + " exists and is read-only. Choose another name.");
	}

	/**
	 * Asks the file system about the name, which it may not allow: too long, or with characters that
	 * it does not know.
	 *
	 * @throws InvalidInputException if it does not
	 */
	public static void checkName(final Path target) {
		try {
			Files.readAttributes(target, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
		}
		catch (final NoSuchFileException e) {
			// so it can be made
		}
		catch (final IOException e) {
			throw new FileFailedException(target,
				"No file can be called " + target.getFileName() + " there", e, "Choose another name.");
		}
	}

	/**
	 * A short name: the target's name plus a suffix might be longer than the file system allows.
	 */
	private static Path temporaryBeside(final Path target) {
		return target.toAbsolutePath().resolveSibling(".zimage-" + UUID.randomUUID() + ".part");
	}

	private static void fill(final Path temporary, final IOConsumer<OutputStream> content)
		throws IOException
	{
		try (
				FileChannel channel =
					FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
				OutputStream out =
					new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES))
		{
			content.accept(out);
			out.flush();
			// Network drives and quotas may report a full disk only now; after the
			// move it would be too late.
			channel.force(true);
		}
	}

	private static void replace(final Path temporary, final Path target) throws IOException {
		try {
			Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
		}
		catch (final AtomicMoveNotSupportedException e) {
			Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
		}
	}

	private static InvalidInputException notWritten(final Path target, final IOException e) {
		return new FileFailedException(target, target + " could not be written", e,
			"Make room, or choose another folder.");
	}

	private static void removeQuietly(final Path file) {
		try {
			Files.deleteIfExists(file);
		}
		catch (final IOException e) {
			// the failure that led here is the one to tell
		}
	}
}
