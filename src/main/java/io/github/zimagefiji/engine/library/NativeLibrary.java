
package io.github.zimagefiji.engine.library;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import ai.djl.engine.Engine;
import ai.djl.util.Utils;
import io.github.zimagefiji.error.EngineFailedException;

/**
 * The libtorch that this process computes with. A libtorch of another version than the Java
 * binding's would load, compile, and then take the process down, so origin and version are settled
 * before the first native call.
 *
 * @param origin where it was found: a folder, or {@code class path}
 * @param version its version, such as {@code 2.7.1}
 * @param flavor {@code cpu} or {@code cuXYZ}
 */
public record NativeLibrary(String origin, String version, String flavor) {

	/** The only version that the Java binding fits. */
	public static final String REQUIRED = "2.7.1";

	private static final String CLASS_PATH = "class path";

	/** Version of the Java binding. */
	public static String djlVersion() {
		return Engine.getDjlVersion();
	}

	/**
	 * This system as names of native libraries have it, such as {@code linux-x86_64}.
	 */
	public static String system() {
		final String os = System.getProperty("os.name");
		final String arch = System.getProperty("os.arch");
		return (os.startsWith("Win") ? "win" : os.startsWith("Mac") ? "osx" : "linux") + "-" +
			("amd64".equals(arch) ? "x86_64" : arch);
	}

	/**
	 * Finds what is to be loaded: the folder that the environment names, the chosen one, or what is
	 * on the class path.
	 */
	static NativeLibrary locate() {
		final String path = setting("PYTORCH_LIBRARY_PATH");
		if (path != null && !path.isBlank()) return inFolder(Path.of(path), "PYTORCH_LIBRARY_PATH");
		final Optional<Path> chosen = EngineSettings.read().library();
		return chosen.isPresent() ? inFolder(chosen.get(), "The choice in Plugins>Z-Image>Engine...")
			: onClassPath();
	}

	/**
	 * Of several that fit this system, DJL takes the one with the greatest flavor, then version.
	 */
	static NativeLibrary onClassPath() {
		final List<NativeLibrary> found = new ArrayList<>();
		try {
			for (final URL url : Collections
				.list(NativeLibrary.class.getClassLoader().getResources("native/lib/pytorch.properties")))
			{
				final Properties properties = new Properties();
				try (InputStream in = url.openStream()) {
					properties.load(in);
				}
				if (properties.getProperty("classifier", "").endsWith(system()))
					found.add(new NativeLibrary(CLASS_PATH, properties.getProperty("version", "unknown"),
						properties.getProperty("flavor", "cpu")));
			}
		}
		catch (final IOException e) {
			throw new EngineFailedException(
				"The description of the native library cannot be read: " + e.getMessage(), e);
		}
		return found.stream()
			.max(Comparator.comparing(NativeLibrary::flavor).thenComparing(NativeLibrary::version))
			.orElseThrow(() -> new EngineFailedException(
				"There is no libtorch for this system among the libraries. Install the native library that fits " +
					System.getProperty("os.name") + " " + System.getProperty("os.arch") +
					", or name a folder with libtorch " + REQUIRED + " in PYTORCH_LIBRARY_PATH."));
	}

	/** @param namedBy the beginning of a sentence: who named the folder */
	static NativeLibrary inFolder(final Path folder, final String namedBy) {
		if (!Files.isRegularFile(folder.resolve(System.mapLibraryName("torch"))))
			throw new EngineFailedException(
				namedBy + " names " + folder + ", but there is no " + System.mapLibraryName("torch") +
					" in it. Name the folder \"lib\" of a libtorch " + REQUIRED + ".");
		final String[] version = versionIn(folder).split("\\+", -1);
		final String stated = setting("PYTORCH_FLAVOR");
		final String flavor = stated != null ? stated : version.length > 1 ? version[1] : "cpu";
		return new NativeLibrary(folder.toString(), version[0], flavor);
	}

	/**
	 * libtorch archives have a file {@code build-version} beside {@code lib}, Python's packages a
	 * {@code version.py}.
	 */
	private static String versionIn(final Path folder) {
		final Path parent = folder.toAbsolutePath().normalize().getParent();
		try {
			if (parent != null && Files.isRegularFile(parent.resolve("build-version")))
				return Files.readString(parent.resolve("build-version")).strip();
			if (parent != null && Files.isRegularFile(parent.resolve("version.py"))) {
				final Matcher matcher = Pattern.compile("__version__ = '([^']+)'")
					.matcher(Files.readString(parent.resolve("version.py")));
				if (matcher.find()) return matcher.group(1);
			}
		}
		catch (final IOException e) {
			throw new EngineFailedException(
				"The version of the libtorch in " + folder + " cannot be read: " + e.getMessage(), e);
		}
		final String stated = setting("PYTORCH_VERSION");
		return stated == null ? "unknown" : stated;
	}

	void check() {
		final String stated = setting("PYTORCH_VERSION");
		if (stated != null && !stated.isBlank() && !stated.startsWith(REQUIRED))
			throw new EngineFailedException("PYTORCH_VERSION asks for libtorch " + stated +
				", but exactly " + REQUIRED + " is needed. Unset it.");
		if (version.equals(REQUIRED) || version.startsWith(REQUIRED + "-")) return;
		throw new EngineFailedException("The libtorch found (" + origin + ") has version " + version +
			", but exactly " + REQUIRED + " is needed; another one would crash. " +
			("unknown".equals(version)
				? "If you know that it is " + REQUIRED + ", set PYTORCH_VERSION=" + REQUIRED + "."
				: "Install libtorch " + REQUIRED +
					", or unset PYTORCH_LIBRARY_PATH to use the one that came along."));
	}

	/** The folder that was named or chosen; nothing if the library came along. */
	Optional<Path> chosen() {
		return CLASS_PATH.equals(origin) ? Optional.empty() : Optional.of(Path.of(origin));
	}

	/**
	 * Where its files lie: what came along is unpacked at the first start, as DJL names the place.
	 */
	public Path folder() {
		if (chosen().isPresent()) return chosen().get();
		return Utils.getEngineCacheDir("pytorch").resolve(version + "-" + flavor + "-" + system());
	}

	/** Such as "libtorch 2.7.1 cpu (class path)". */
	public String words() {
		return "libtorch " + version + " " + flavor + " (" + origin + ")";
	}

	/**
	 * DJL asks the environment before the properties; what is checked here must be what it will load.
	 */
	private static @Nullable String setting(final String name) {
		final String variable = System.getenv(name);
		return variable != null ? variable : System.getProperty(name);
	}
}
