
package io.github.zimagefiji.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.zimagefiji.ChildJvm;
import io.github.zimagefiji.golden.Golden;

/** Files that need more of Java's memory than there is, in a real process. */
@Tag("process")
class SmallHeapTest {

	private static final List<String> SMALL = List.of("-Xmx128m");
	private static final int COUNTS_OF_IMAGEJ = 50838;
	private static final int ENTRY = 12;

	@TempDir
	Path folder;

	/** The program with its process' exit code. */
	public static void main(final String[] args) {
		System
			.exit(ZImage.run(args, new PrintWriter(System.out, true), new PrintWriter(System.err, true)));
	}

	private void refused(final Path file, final String... words)
		throws IOException, InterruptedException
	{
		for (final String[] call : new String[][] { { "image-to-image", "--image", file.toString() },
			{ "control", "--control-model", Golden.path("controlnet_v1").toString(), "--control-image",
				file.toString(), "--control-from", "filled-labels" } })
		{
			final List<String> args = new java.util.ArrayList<>(List.of(call));
			args.addAll(List.of("--model", Golden.model().toString(), "--prompt", "a cell", "--output",
				folder.resolve("out.png").toString()));
			final ChildJvm.Result result =
				ChildJvm.runWith(SMALL, SmallHeapTest.class, args.toArray(String[]::new));
			assertTrue(result.ended());
			assertEquals(2, result.exitCode(), result.output());
			assertEquals(1, result.output().lines().count(), result.output());
			for (final String word : words)
				assertTrue(result.output().contains(word), result.output());
			assertFalse(result.output().contains("\tat "), result.output());
		}
	}

	/** 8000 × 8000 pixels of 16 bits, in one strip. */
	@Test
	void aLargeImageIsToldWithTheMemoryThatItNeeds() throws Exception {
		final Path file = folder.resolve("large.tif");
		final ByteBuffer head = begun(8);
		entry(head, 256, 3, 1, 8000);
		entry(head, 257, 3, 1, 8000);
		entry(head, 258, 3, 1, 16);
		entry(head, 262, 3, 1, 1);
		entry(head, 273, 4, 1, 4096);
		entry(head, 277, 3, 1, 1);
		entry(head, 278, 4, 1, 8000);
		entry(head, 279, 4, 1, 128_000_000);
		write(file, head, 4096 + 128_000_000);
		refused(file, "large.tif", "Java's memory", "-Xmx");
	}

	/** A tag of 4 MB, 65,000 times: it is looked at once. */
	@Test
	void aTagThatIsThereVeryOftenTakesNoTime() throws Exception {
		final Path file = folder.resolve("tags.tif");
		final int tags = 65_000;
		final int data = 10 + ENTRY * tags;
		final ByteBuffer head = begun(tags);
		entry(head, 256, 3, 1, 32);
		entry(head, 257, 3, 1, 32);
		entry(head, 258, 3, 1, 8);
		entry(head, 262, 3, 1, 1);
		entry(head, 273, 4, 1, data + 4);
		entry(head, 277, 3, 1, 1);
		entry(head, 278, 4, 1, 32);
		entry(head, 279, 4, 1, 1024);
		while (head.position() < data)
			entry(head, COUNTS_OF_IMAGEJ, 4, 1_000_000, data + 4);
		write(file, head, data + 4 + 4_000_000);
		final long start = System.nanoTime();
		refused(file, "tags.tif");
		assertTrue(System.nanoTime() - start < 100e9, "seconds");
	}

	private static ByteBuffer begun(final int tags) {
		return ByteBuffer.allocate(10 + ENTRY * tags + 4).order(ByteOrder.LITTLE_ENDIAN)
			.putShort((short) 0x4949).putShort((short) 42).putInt(8).putShort((short) tags);
	}

	private static void entry(final ByteBuffer head, final int tag, final int type, final int count,
		final int value)
	{
		head.putShort((short) tag).putShort((short) type).putInt(count).putInt(value);
	}

	private static void write(final Path file, final ByteBuffer head, final long length)
		throws IOException
	{
		try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
			out.write(head.array());
			out.setLength(length);
		}
	}
}
