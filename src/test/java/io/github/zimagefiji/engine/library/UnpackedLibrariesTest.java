
package io.github.zimagefiji.engine.library;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.zimagefiji.error.EngineFailedException;

/** Damages to unpacked libraries, with libraries that nobody loads. */
class UnpackedLibrariesTest {

	private static final List<String> NAMES = List.of("binding.so", "cpu.so", "torch.so");

	@TempDir
	Path temporary;

	private Path folder;
	private UnpackedLibraries libraries;

	@BeforeEach
	void pack() throws IOException {
		final Path jar = temporary.resolve("a jar é.jar");
		final Random random = new Random(1);
		try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
			for (final String name : NAMES) {
				out.putNextEntry(new JarEntry("lib/" + name));
				final byte[] bytes = new byte[100_000];
				random.nextBytes(bytes);
				out.write(bytes);
			}
		}
		folder = temporary.resolve("cache/2.7.1-cpu");
		final List<PackedFile> files = new ArrayList<>();
		for (final String name : NAMES) {
			files.add(PackedFile.of(name, URI.create("jar:" + jar.toUri() + "!/lib/" + name).toURL()));
		}
		libraries = new UnpackedLibraries(folder, files);
	}

	private void assertWhole() throws IOException {
		final Random random = new Random(1);
		for (final String name : NAMES) {
			final byte[] bytes = new byte[100_000];
			random.nextBytes(bytes);
			assertArrayEquals(bytes, Files.readAllBytes(folder.resolve(name)), name);
		}
		try (Stream<Path> beside = Files.list(folder.getParent())) {
			assertEquals(List.of("2.7.1-cpu", "2.7.1-cpu.checked", "zimage-fiji.lock"),
				beside.map(p -> p.getFileName().toString()).sorted().toList());
		}
		try (Stream<Path> all = Files.list(folder)) {
			assertEquals(NAMES, all.map(p -> p.getFileName().toString()).sorted().toList());
		}
	}

	private void flip(final String name) throws IOException {
		final byte[] bytes = Files.readAllBytes(folder.resolve(name));
		bytes[bytes.length / 2] ^= 1;
		Files.write(folder.resolve(name), bytes);
	}

	@Test
	void whatIsNotThereIsUnpacked() throws IOException {
		libraries.ensure(false);
		assertWhole();
		libraries.ensure(false);
		assertWhole();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aCutAFlippedAndAMissingLibraryAreUnpackedAgain(final boolean noted) throws IOException {
		for (final String name : NAMES) {
			libraries.ensure(false);
			if (!noted) Files.delete(temporary.resolve("cache/2.7.1-cpu.checked"));
			Files.write(folder.resolve(name), new byte[10]);
			libraries.ensure(false);
			assertWhole();
			if (!noted) Files.delete(temporary.resolve("cache/2.7.1-cpu.checked"));
			flip(name);
			Files.setLastModifiedTime(folder.resolve(name), FileTime.fromMillis(1_000_000_000_000L));
			libraries.ensure(false);
			assertWhole();
			Files.delete(folder.resolve(name));
			libraries.ensure(false);
			assertWhole();
		}
	}

	/** A crash is the sign of a change that the times do not show. */
	@Test
	void aChangeThatLeavesTheTimeIsFoundAfterACrash() throws IOException {
		libraries.ensure(false);
		final FileTime time = Files.getLastModifiedTime(folder.resolve("cpu.so"));
		flip("cpu.so");
		Files.setLastModifiedTime(folder.resolve("cpu.so"), time);
		libraries.ensure(true);
		assertWhole();
	}

	/** What other programs unpacked before counts if it is right. */
	@Test
	void rightLibrariesAreNotUnpackedAgain() throws IOException {
		libraries.ensure(false);
		Files.delete(temporary.resolve("cache/2.7.1-cpu.checked"));
		final FileTime time = FileTime.fromMillis(1_000_000_000_000L);
		Files.setLastModifiedTime(folder.resolve("cpu.so"), time);
		libraries.ensure(false);
		assertEquals(time, Files.getLastModifiedTime(folder.resolve("cpu.so")));
		assertWhole();
	}

	@Test
	void whatKilledProcessesLeftIsRemoved() throws IOException {
		libraries.ensure(false);
		for (final String name : new String[] { "tmp123456789", "zimage-unpacking-42" }) {
			Files.write(Files.createDirectories(folder.resolveSibling(name)).resolve("cpu.so"),
				new byte[1000]);
		}
		Files.write(folder.resolve("jni987654321tmp"), new byte[1000]);
		libraries.ensure(false);
		assertWhole();
	}

	/** Another program's folder stays as long as somebody writes to it. */
	@Test
	void aFolderThatIsWrittenToStays() throws IOException {
		final Path live = Files.createDirectories(folder.resolveSibling("tmp123456789"));
		try (OutputStream out = Files.newOutputStream(live.resolve("cpu.so"))) {
			out.write(1);
			libraries.ensure(false);
			assertTrue(Files.exists(live.resolve("cpu.so")));
		}
		libraries.ensure(false);
		assertFalse(Files.exists(live));
		assertWhole();
	}

	@Test
	void aNoteThatIsNoneIsNotBelieved() throws IOException {
		libraries.ensure(false);
		for (final String text : new String[] { "", "cpu.so=1", "\\uZZZZ", "\u0000\u0001" }) {
			Files.writeString(folder.resolveSibling("2.7.1-cpu.checked"), text);
			flip("torch.so");
			libraries.ensure(false);
			assertWhole();
		}
	}

	@Test
	void whatCannotBeRepairedIsRefusedWithTheFolder() throws IOException {
		Files.writeString(temporary.resolve("cache"), "a file");
		final String message =
			assertThrows(EngineFailedException.class, () -> libraries.ensure(false)).getMessage();
		assertTrue(message.contains(folder.toString()) && message.contains("DJL_CACHE_DIR"), message);
	}
}
