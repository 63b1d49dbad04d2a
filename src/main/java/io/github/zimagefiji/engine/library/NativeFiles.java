
package io.github.zimagefiji.engine.library;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import ai.djl.util.Platform;
import ai.djl.util.Utils;
import io.github.zimagefiji.error.EngineFailedException;
import io.github.zimagefiji.io.IOReason;

/**
 * Which native libraries DJL 0.35 unpacks, where to and from which jars, and that they are whole
 * before it loads them.
 */
public final class NativeFiles {

	/** Whether a start that ended its process was seen by this process. */
	private static boolean crashed;

	private NativeFiles() {
		// only static methods
	}

	/**
	 * Looks at the libraries that are about to be loaded.
	 *
	 * @param library the libtorch; one in a folder that the user named is left alone, but for the
	 *          Java binding
	 * @throws EngineFailedException if they are damaged and cannot be repaired
	 */
	static synchronized void ensureTorch(final NativeLibrary library) {
		final String version =
			library.chosen().isPresent() ? NativeLibrary.REQUIRED : library.version();
		final String place = version + "-" + library.flavor() + "-" + NativeLibrary.system();
		final String binding = System.mapLibraryName("djl_torch");
		final List<String[]> names = new ArrayList<>();
		names.add(new String[] { NativeLibrary.djlVersion() + "-" + binding,
			"jnilib/" + NativeLibrary.system() + "/" + library.flavor() + "/" + binding });
		final String last = System.mapLibraryName("torch");
		if (library.chosen().isEmpty()) {
			final List<String> libraries =
				new ArrayList<>(List.of(Platform.detectPlatform("pytorch").getLibraries()));
			if (libraries.remove(last)) libraries.add(last);
			libraries.forEach(name -> names.add(new String[] { name,
				"pytorch/" + library.flavor() + "/" + NativeLibrary.system() + "/" + name }));
		}
		ensure(Utils.getEngineCacheDir("pytorch").resolve(place), names);
	}

	/** The same for the tokenizer's library. */
	public static synchronized void ensureTokenizer() {
		final Platform platform = Platform.detectPlatform("tokenizers");
		final String system = NativeLibrary.system();
		final List<String[]> names = new ArrayList<>();
		for (final String name : system.startsWith("win") ? List.of("libwinpthread-1.dll",
			"libgcc_s_seh-1.dll", "libstdc++-6.dll", System.mapLibraryName("tokenizers"))
			: List.of(System.mapLibraryName("tokenizers")))
		{
			names.add(new String[] { name, "native/lib/" + system + "/cpu/" + name });
		}
		ensure(Utils.getEngineCacheDir("tokenizers").resolve(platform.getVersion() + "-cpu-" + system),
			names);
	}

	private static void ensure(final Path folder, final List<String[]> names) {
		crashed |= !CrashMarker.left().isEmpty();
		final List<PackedFile> files = new ArrayList<>();
		try {
			for (final String[] name : names) {
				final Optional<PackedFile> file = PackedFile.find(name[0], name[1]);
				file.ifPresent(files::add);
			}
		}
		catch (final IOException e) {
			throw new EngineFailedException("The jar of the native libraries cannot be read: " +
				IOReason.of(e) + ". Install this program again.", e);
		}
		new UnpackedLibraries(folder, files).ensure(crashed);
	}
}
