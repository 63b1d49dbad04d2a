
package io.github.zimagefiji.engine.library;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

import io.github.zimagefiji.error.EngineFailedException;
import io.github.zimagefiji.io.Folders;
import io.github.zimagefiji.io.IOReason;

/**
 * Native libraries where DJL looks for them before it unpacks them itself. A cut or changed library
 * ends the process when it is loaded, so each is compared with the jar that it came in: by length
 * and time of change at each start, by its CRC-32 when those are not the noted ones or a start
 * before has ended the process. What differs is unpacked again. Several processes may do so at the
 * same time: one waits for the other, and files only ever appear whole.
 *
 * @param folder where they are
 * @param files what has to be there; the last is the one by which DJL sees that the folder is whole
 */
record UnpackedLibraries(Path folder, List<PackedFile> files) {

	private static final String LOCK = "zimage-fiji.lock";
	/** Room that is left when libraries are unpacked. */
	private static final long SPARE_BYTES = 16 << 20;

	/**
	 * Sees to it that all are there and whole.
	 *
	 * @param suspicious whether what is noted must not be believed
	 * @throws EngineFailedException if they are not and cannot be repaired
	 */
	void ensure(final boolean suspicious) {
		if (files.isEmpty()) return;
		try {
			final AbandonedFolders abandoned = new AbandonedFolders(folder);
			if (!suspicious && !abandoned.any() && isNoted()) return;
			Files.createDirectories(folder.getParent());
			try (
					FileChannel channel = FileChannel.open(folder.resolveSibling(LOCK),
						StandardOpenOption.CREATE, StandardOpenOption.WRITE);
					FileLock lock = channel.lock())
			{
				abandoned.remove();
				repair(suspicious);
			}
		}
		catch (final IOException e) {
			if (isWhole()) return; // such as a folder that may only be read
			throw new EngineFailedException("The native libraries in " + folder +
				" are damaged or incomplete and cannot be unpacked again: " + IOReason.of(e) +
				". Close other programs that use them, or name another folder in the environment variable DJL_CACHE_DIR.",
				e);
		}
	}

	private void repair(final boolean suspicious) throws IOException {
		final Properties noted = suspicious ? new Properties() : noted();
		final List<PackedFile> damaged = new ArrayList<>();
		for (final PackedFile each : files) {
			if (!isNoted(each, noted) && !isWhole(each)) damaged.add(each);
		}
		if (!damaged.isEmpty()) unpack(damaged);
		note();
	}

	private void unpack(final List<PackedFile> damaged) throws IOException {
		final long needed = damaged.stream().mapToLong(PackedFile::bytes).sum();
		final long free = Files.getFileStore(folder.getParent()).getUsableSpace();
		if (free < needed + SPARE_BYTES) throw new IOException((needed + SPARE_BYTES >> 20) +
			" MB are needed there, but only " + (free >> 20) + " MB are free");
		final Path aside = Files.createTempDirectory(folder.getParent(), AbandonedFolders.PREFIX);
		try {
			for (final PackedFile each : damaged) {
				each.unpack(aside.resolve(each.name()));
			}
			if (!Files.exists(folder)) {
				Files.move(aside, folder, StandardCopyOption.ATOMIC_MOVE);
				return;
			}
			for (final PackedFile each : damaged) {
				Files.move(aside.resolve(each.name()), folder.resolve(each.name()),
					StandardCopyOption.ATOMIC_MOVE);
			}
		}
		finally {
			Folders.deleteIfPossible(aside);
		}
	}

	/** Whether all are there with their contents, whatever is noted. */
	private boolean isWhole() {
		try {
			for (final PackedFile each : files) {
				if (!isWhole(each)) return false;
			}
			return true;
		}
		catch (final IOException e) {
			return false;
		}
	}

	private boolean isWhole(final PackedFile file) throws IOException {
		final Path copy = folder.resolve(file.name());
		return Files.isRegularFile(copy) && Files.size(copy) == file.bytes() &&
			PackedFile.crc(copy) == file.crc();
	}

	/** Whether all are as they were when their contents were compared. */
	private boolean isNoted() throws IOException {
		final Properties noted = noted();
		for (final PackedFile each : files) {
			if (!isNoted(each, noted)) return false;
		}
		return true;
	}

	private boolean isNoted(final PackedFile file, final Properties noted) throws IOException {
		final Path copy = folder.resolve(file.name());
		return Files.isRegularFile(copy) && Files.size(copy) == file.bytes() &&
			state(file).equals(noted.getProperty(file.name()));
	}

	private String state(final PackedFile file) throws IOException {
		return file.bytes() + " " + Files.getLastModifiedTime(folder.resolve(file.name())).toInstant() +
			" " + Long.toHexString(file.crc());
	}

	/** DJL loads all files of the folder, so the note lies beside it. */
	private Path note(final String ending) {
		return folder.resolveSibling(folder.getFileName() + ending);
	}

	private Properties noted() {
		final Properties noted = new Properties();
		try (Reader reader = Files.newBufferedReader(note(".checked"))) {
			noted.load(reader);
		}
		catch (final IOException | IllegalArgumentException e) {
			return new Properties(); // nothing is known, and all will be compared
		}
		return noted;
	}

	private void note() throws IOException {
		final Properties noted = new Properties();
		for (final PackedFile each : files) {
			noted.setProperty(each.name(), state(each));
		}
		final Path part = note(".checking");
		try (Writer writer = Files.newBufferedWriter(part)) {
			noted.store(writer, "length, time of change and CRC-32 of libraries that were compared");
		}
		Files.move(part, note(".checked"), StandardCopyOption.ATOMIC_MOVE);
	}
}
