
package io.github.zimagefiji.engine.library;

import java.nio.file.Path;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import ai.djl.engine.Engine;
import io.github.zimagefiji.error.EngineFailedException;

/**
 * Loads the native library into this process, once; what could harm the process is looked at
 * before.
 */
public final class EngineStart {

	/**
	 * The native library belongs to the process: it is loaded once and can never be unloaded.
	 */
	private static final EngineStart OF_PROCESS = new EngineStart();

	private @Nullable NativeLibrary loaded;
	private boolean failed;

	private EngineStart() {}

	/**
	 * Loads the library on the first call.
	 *
	 * @throws EngineFailedException if there is none, or one that does not fit
	 */
	public static NativeLibrary get() {
		return OF_PROCESS.start();
	}

	/** What this process has loaded. */
	static Optional<NativeLibrary> loaded() {
		return OF_PROCESS.known();
	}

	private synchronized Optional<NativeLibrary> known() {
		return Optional.ofNullable(loaded);
	}

	private synchronized NativeLibrary start() {
		if (loaded != null) return loaded;
		if (failed) throw new EngineFailedException(
			"The computing engine could not be started earlier in this session. " +
				"Restart the program; the first message said why.");
		silence();
		final NativeLibrary library = NativeLibrary.locate();
		library.check();
		OtherPyTorch.check(library);
		NativeFiles.ensureTorch(library);
		tellOfCrash();
		load(library);
		loaded = library;
		return library;
	}

	/**
	 * A crash is reported once; whoever tries again after that wants to. A process without windows
	 * has nothing to lose by another one, and the one before it was more often killed than crashed: a
	 * run on a cluster goes on at once.
	 */
	private static void tellOfCrash() {
		final var left = CrashMarker.left();
		left.forEach(CrashMarker::remove);
		if (!left.isEmpty() && !Boolean.getBoolean("java.awt.headless"))
			throw new EngineFailedException(left.get(0).sentence());
	}

	private void load(final NativeLibrary library) {
		library.chosen().ifPresent(folder -> tellDjl(library, folder));
		final Optional<CrashMarker> marker = CrashMarker.set(library.words());
		try {
			Engine.getEngine("PyTorch");
		}
		catch (final RuntimeException | LinkageError e) {
			// Half of the libraries may be loaded now; another attempt would not
			// start from the same.
			failed = true;
			throw new EngineFailedException(
				"The native library " + library.words() + " cannot be loaded: " + rootMessage(e) +
					" On Windows, installing the Microsoft Visual C++ Redistributable helps most often.",
				e);
		}
		finally {
			marker.ifPresent(CrashMarker::remove);
		}
	}

	/**
	 * DJL reports its use and downloads libraries unless told not to, before its first class is used.
	 */
	public static void silence() {
		DjlLogging.quieten();
		System.setProperty("OPT_OUT_TRACKING", "true");
		if (System.getProperty("ai.djl.offline") == null) System.setProperty("ai.djl.offline", "true");
	}

	/**
	 * What was looked at must be what DJL loads; without a flavor it would look for a binding that is
	 * not there.
	 */
	private static void tellDjl(final NativeLibrary library, final Path folder) {
		System.setProperty("PYTORCH_LIBRARY_PATH", folder.toString());
		System.setProperty("PYTORCH_VERSION", NativeLibrary.REQUIRED);
		System.setProperty("PYTORCH_FLAVOR", library.flavor());
	}

	private static String rootMessage(final Throwable e) {
		Throwable root = e;
		while (root.getCause() != null) {
			root = root.getCause();
		}
		return String.valueOf(root.getMessage());
	}
}
