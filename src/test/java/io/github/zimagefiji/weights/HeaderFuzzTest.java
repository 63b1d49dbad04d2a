
package io.github.zimagefiji.weights;

import static io.github.zimagefiji.weights.TestFiles.safetensors;
import static io.github.zimagefiji.weights.TestFiles.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.zimagefiji.error.InvalidInputException;

/**
 * Whatever one byte of a file becomes: it opens and all its tensors can be read, or it is refused
 * by its name.
 */
class HeaderFuzzTest {

	private static final String HEADER = "{\"__metadata__\":{\"format\":\"pt\"}," +
		"\"a\\u00e9\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]}," +
		"\"b\":{\"dtype\":\"BF16\",\"shape\":[5],\"data_offsets\":[24,34]}," +
		"\"c\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[34,42]}} ";
	private static final byte[] VALID = safetensors(HEADER, 42);
	private static final int START_OF_DATA = VALID.length - 42;
	private static final byte[] INDEX =
		("{\"metadata\":{\"total_size\":42},\"weight_map\":{\"aé\":\"x.safetensors\"," +
			"\"b\":\"x.safetensors\",\"c\":\"x.safetensors\"}}").getBytes(StandardCharsets.UTF_8);
	/** Each bit alone, and characters that mean something in JSON. */
	private static final int[] FLIPS = { 1, 2, 4, 8, 16, 32, 64, 128 };
	private static final byte[] CHARACTERS = "\"{}[],:\\-0 \0".getBytes(StandardCharsets.UTF_8);

	@TempDir
	Path folder;

	@Test
	void theUnchangedFileOpens() {
		assertTrue(survives(folder.resolve("x.safetensors"), VALID, folder.resolve("x.safetensors")));
	}

	@Test
	void anyChangedByteOfAHeader() {
		final Path file = folder.resolve("x.safetensors");
		int opened = 0;
		for (int position = 0; position < START_OF_DATA; position++) {
			for (final int flip : FLIPS) {
				opened += survives(file, changed(VALID, position, VALID[position] ^ flip), file) ? 1 : 0;
			}
			for (final byte character : CHARACTERS) {
				opened += survives(file, changed(VALID, position, character), file) ? 1 : 0;
			}
		}
		// A tensor's name may be anything, a digit of an offset may not.
		assertTrue(opened > 20 && opened < START_OF_DATA * 2, opened + " of the changed files open");
	}

	@Test
	void anyTruncation() {
		final Path file = folder.resolve("x.safetensors");
		for (int length = 0; length < VALID.length; length++) {
			assertEquals(false, survives(file, Arrays.copyOf(VALID, length), file),
				"truncated to " + length);
		}
	}

	@Test
	void anyMissingByteOfAHeader() {
		final Path file = folder.resolve("x.safetensors");
		final byte[] header = HEADER.getBytes(StandardCharsets.UTF_8);
		for (int length = 0; length < header.length - 2; length++) {
			assertEquals(false, survives(file, safetensors(Arrays.copyOf(header, length), 42), file),
				"cut at " + length);
		}
	}

	@Test
	void anyChangedByteOfAnIndex() {
		write(folder.resolve("x.safetensors"), VALID);
		final Path index = folder.resolve("model.safetensors.index.json");
		for (int position = 0; position < INDEX.length; position++) {
			for (final int flip : FLIPS) {
				survives(index, changed(INDEX, position, INDEX[position] ^ flip), folder);
			}
			for (final byte character : CHARACTERS) {
				survives(index, changed(INDEX, position, character), folder);
			}
		}
	}

	private static byte[] changed(final byte[] original, final int position, final int value) {
		final byte[] bytes = original.clone();
		bytes[position] = (byte) value;
		return bytes;
	}

	/** Any other exception than the one for bad input fails the test. */
	private static boolean survives(final Path file, final byte[] bytes, final Path opened) {
		write(file, bytes);
		try {
			final Checkpoint checkpoint =
				opened.equals(file) ? Checkpoint.openFile(file) : Checkpoint.open(opened);
			checkpoint.entries().values()
				.forEach(entry -> assertEquals(entry.byteCount(), checkpoint.read(entry).remaining()));
			return true;
		}
		catch (final InvalidInputException e) {
			assertTrue(e.getMessage().contains(file.getParent().toString()), e.getMessage());
			return false;
		}
	}
}
