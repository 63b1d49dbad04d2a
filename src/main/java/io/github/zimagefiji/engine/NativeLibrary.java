package io.github.zimagefiji.engine;

import ai.djl.engine.Engine;

import io.github.zimagefiji.EngineFailedException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The libtorch that this process computes with. A libtorch of another version than the Java binding's would load, compile,
 * and then take the process down, so origin and version are settled before the first native call.
 *
 * @param origin where it was found: a folder, or {@code class path}
 * @param version its version, such as {@code 2.7.1}
 * @param flavor {@code cpu} or {@code cuXYZ}
 */
public record NativeLibrary(String origin, String version, String flavor) {

	/** The only version that the Java binding fits. */
	static final String REQUIRED = "2.7.1";

	private static final class Holder {

		// The native library belongs to the process: it is loaded once and can never be unloaded.
		static final NativeLibrary LOADED = load();
	}

	/**
	 * Loads the library on the first call.
	 *
	 * @throws EngineFailedException if there is none, or one that does not fit
	 */
	static NativeLibrary get() {
		try {
			return Holder.LOADED;
		}
		catch (final ExceptionInInitializerError exc) {
			if (exc.getCause() instanceof EngineFailedException known) throw known;
			throw new EngineFailedException("The computing engine cannot be started: " + exc.getCause(), exc);
		}
		catch (final NoClassDefFoundError exc) {
			throw new EngineFailedException("The computing engine could not be started earlier in this session. " +
				"Restart the program; the first message said why.", exc);
		}
	}

	/** Version of the Java binding. */
	static String djlVersion() {
		return Engine.getDjlVersion();
	}

	private static NativeLibrary load() {
		silence();
		final NativeLibrary library = locate();
		library.check();
		try {
			Engine.getEngine("PyTorch");
		}
		catch (final RuntimeException | LinkageError exc) {
			throw new EngineFailedException("The native library libtorch " + library.version + " (" + library.origin +
				") cannot be loaded: " + rootMessage(exc) +
				" On Windows, installing the Microsoft Visual C++ Redistributable helps most often.", exc);
		}
		return library;
	}

	/** DJL reports its use and downloads libraries unless told not to, before its first class is used. */
	static void silence() {
		System.setProperty("OPT_OUT_TRACKING", "true");
		if (System.getProperty("ai.djl.offline") == null) System.setProperty("ai.djl.offline", "true");
	}

	/** Finds what DJL would load, in its order: the configured folder, then the class path. */
	static NativeLibrary locate() {
		final String path = setting("PYTORCH_LIBRARY_PATH");
		if (path != null && !path.isBlank()) return inFolder(Path.of(path));
		final Properties properties = new Properties();
		try (InputStream in = NativeLibrary.class.getResourceAsStream("/native/lib/pytorch.properties")) {
			if (in == null) throw new EngineFailedException(
				"There is no libtorch for this system among the libraries. Install the native library that fits " + System
					.getProperty("os.name") + " " + System.getProperty("os.arch") +
					", or name a folder with libtorch " + REQUIRED + " in PYTORCH_LIBRARY_PATH.");
			properties.load(in);
		}
		catch (final IOException exc) {
			throw new EngineFailedException("The description of the native library cannot be read: " + exc.getMessage(), exc);
		}
		return new NativeLibrary("class path", properties.getProperty("version", "unknown"), flavorOf(properties));
	}

	private static String flavorOf(final Properties properties) {
		return properties.getProperty("flavor", "cpu");
	}

	static NativeLibrary inFolder(final Path folder) {
		if (!Files.isRegularFile(folder.resolve(System.mapLibraryName("torch")))) throw new EngineFailedException(
			"PYTORCH_LIBRARY_PATH names " + folder + ", but there is no " + System.mapLibraryName("torch") +
				" in it. Name the folder \"lib\" of a libtorch " + REQUIRED + ".");
		final String[] version = versionIn(folder).split("\\+");
		final String stated = setting("PYTORCH_FLAVOR");
		final String flavor = stated != null ? stated : version.length > 1 ? version[1] : "cpu";
		return new NativeLibrary(folder.toString(), version[0], flavor);
	}

	/** libtorch archives have a file {@code build-version} beside {@code lib}, Python's packages a {@code version.py}. */
	private static String versionIn(final Path folder) {
		final Path parent = folder.toAbsolutePath().normalize().getParent();
		try {
			if (parent != null && Files.isRegularFile(parent.resolve("build-version"))) return Files.readString(parent
				.resolve("build-version")).strip();
			if (parent != null && Files.isRegularFile(parent.resolve("version.py"))) {
				final Matcher matcher = Pattern.compile("__version__ = '([^']+)'").matcher(Files
					.readString(parent.resolve("version.py")));
				if (matcher.find()) return matcher.group(1);
			}
		}
		catch (final IOException exc) {
			throw new EngineFailedException("The version of the libtorch in " + folder + " cannot be read: " + exc
				.getMessage(), exc);
		}
		final String stated = setting("PYTORCH_VERSION");
		return stated == null ? "unknown" : stated;
	}

	void check() {
		if (version.equals(REQUIRED) || version.startsWith(REQUIRED + "-")) return;
		throw new EngineFailedException("The libtorch found (" + origin + ") has version " + version + ", but exactly " +
			REQUIRED + " is needed; another one would crash. " + ("unknown".equals(version)
				? "If you know that it is " + REQUIRED + ", set PYTORCH_VERSION=" + REQUIRED + "."
				: "Install libtorch " + REQUIRED + ", or unset PYTORCH_LIBRARY_PATH to use the one that came along."));
	}

	/** DJL asks the environment before the properties; what is checked here must be what it will load. */
	private static String setting(final String name) {
		final String variable = System.getenv(name);
		return variable != null ? variable : System.getProperty(name);
	}

	private static String rootMessage(final Throwable exc) {
		Throwable root = exc;
		while (root.getCause() != null) {
			root = root.getCause();
		}
		return String.valueOf(root.getMessage());
	}
}
