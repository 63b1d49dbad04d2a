
package io.github.zimagefiji.engine.library;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.io.CacheFolder;

/**
 * A file that is there while a process loads a native library: one that outlives its process says
 * that loading ended the process. Each process has its file, so that several can start at the same
 * time; {@link OwnMarkers} takes it away if the process ends in order meanwhile.
 *
 * @param file the marker
 * @param library what was loaded, for people
 * @param when loading began
 */
public record CrashMarker(Path file, String library, Instant when) {

	private static final String ENDING = ".starting";
	/** Systems tell a process's start with different roundings. */
	private static final Duration SAME_START = Duration.ofSeconds(2);

	/** The place of all markers. */
	private static Path folder() {
		return CacheFolder.path().resolve("engine-starts");
	}

	/**
	 * Sets the marker of this process; nothing where no file can be written, which must not keep
	 * users from working.
	 */
	public static Optional<CrashMarker> set(final String library) {
		final ProcessHandle process = ProcessHandle.current();
		final CrashMarker marker = new CrashMarker(
			folder().resolve(process.pid() + "-" + Long.toHexString(System.nanoTime()) + ENDING), library,
			Instant.now());
		final Properties properties = new Properties();
		properties.setProperty("pid", Long.toString(process.pid()));
		properties.setProperty("host", host());
		process.info().startInstant()
			.ifPresent(start -> properties.setProperty("started", start.toString()));
		properties.setProperty("library", library);
		properties.setProperty("when", marker.when.toString());
		try {
			Files.createDirectories(folder());
			final boolean set = OwnMarkers.write(marker.file, out -> {
				final Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
				properties.store(writer, null);
			});
			return set ? Optional.of(marker) : Optional.empty();
		}
		catch (final IOException | InvalidInputException e) {
			return Optional.empty();
		}
	}

	/** The markers whose processes are gone, on this computer. */
	public static List<CrashMarker> left() {
		final List<CrashMarker> result = new ArrayList<>();
		if (!Files.isDirectory(folder())) return result;
		try (DirectoryStream<Path> files = Files.newDirectoryStream(folder(), "*" + ENDING)) {
			for (final Path each : files) {
				leftIn(each).ifPresent(result::add);
			}
		}
		catch (final IOException | DirectoryIteratorException e) {
			return result; // what cannot be read tells nothing
		}
		return result;
	}

	private static Optional<CrashMarker> leftIn(final Path file) {
		final Properties properties = new Properties();
		try (var in = Files.newBufferedReader(file)) {
			properties.load(in);
			final boolean here = host().equals(properties.getProperty("host"));
			if (!here || isAlive(properties)) return Optional.empty();
			return Optional.of(new CrashMarker(file, properties.getProperty("library", "unknown"),
				Instant.parse(properties.getProperty("when"))));
		}
		catch (final IOException | IllegalArgumentException | DateTimeParseException
				| NullPointerException e)
		{
			return Optional.empty(); // another process may just have removed it
		}
	}

	/** Numbers of processes are used again, so the start is compared too. */
	private static boolean isAlive(final Properties properties) {
		final Optional<ProcessHandle> process =
			ProcessHandle.of(Long.parseLong(properties.getProperty("pid")));
		if (process.isEmpty() || !process.get().isAlive()) return false;
		final Optional<Instant> start = process.get().info().startInstant();
		final String noted = properties.getProperty("started");
		return start.isEmpty() || noted == null ||
			Duration.between(Instant.parse(noted), start.get()).abs().compareTo(SAME_START) <= 0;
	}

	/**
	 * Home folders may be shared by many computers, whose processes cannot be seen from here.
	 */
	private static String host() {
		final Path linux = Path.of("/proc/sys/kernel/hostname");
		try {
			if (Files.isReadable(linux)) return Files.readString(linux).strip();
		}
		catch (final IOException e) {
			return "";
		}
		final String windows = System.getenv("COMPUTERNAME");
		return windows == null ? "" : windows;
	}

	/** Takes the marker away. */
	public void remove() {
		OwnMarkers.delete(file);
	}

	/** What happened and what to do. */
	public String sentence() {
		return "The program ended while it loaded the computing engine (" + library + ") on " +
			when.truncatedTo(ChronoUnit.SECONDS) +
			". Run Plugins>Z-Image>Diagnostics... (zimage doctor) and, with a CUDA build, choose the CPU " +
			"build in Plugins>Z-Image>Engine... (zimage engine --use cpu). The next attempt loads it again.";
	}
}
