
package io.github.zimagefiji.image.png;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.github.zimagefiji.Provenance;
import io.github.zimagefiji.Refusals;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.image.Examples;
import io.github.zimagefiji.image.PngBytes;
import io.github.zimagefiji.provenance.ProvenanceJson;

/** Damaged and hostile PNG files: each is refused, and quickly. */
@Timeout(20)
class PngFaultTest {

	private static final Provenance PROVENANCE = Examples.provenance("水 🔬", 7);
	private static final byte[] JSON = ProvenanceJson.pretty(PROVENANCE).getBytes(UTF_8);

	@TempDir
	Path folder;

	@Test
	void aTextThatAnotherProgramCompressedOrMovedBehindThePixelsIsRead() throws IOException {
		final PngBytes png = new PngBytes().chunk("IDAT", new byte[300000])
			.chunk("iTXt", "XML:com.adobe.xmp\0\0\0\0\0x".getBytes(US_ASCII))
			.compressed(PngBytes.deflate(JSON)).end();
		assertEquals(Optional.of(PROVENANCE), read(png.bytes()));
	}

	@Test
	void onlyAFileWithItsEndIsKnownToHaveNone() throws IOException {
		assertEquals(Optional.empty(), read(new PngBytes().end().bytes()));
		assertRefused(new PngBytes().bytes(), "is cut off");
	}

	@Test
	void whatIsNoPngFileIsRefused() throws IOException {
		assertRefused(new byte[0], "is not a PNG file");
		assertRefused("GIF89a and more".getBytes(US_ASCII), "is not a PNG file");
		assertThrows(InvalidInputException.class,
			() -> PngFile.readProvenance(folder.resolve("missing.png")));
		assertThrows(InvalidInputException.class, () -> PngFile.readProvenance(folder));
	}

	@Test
	void lengthsBeyondTheFileAreNotBelieved() throws IOException {
		for (final String type : new String[] { "iTXt", "IDAT", "zzzz" }) {
			for (final int length : new int[] { 0x7fffffff, 0xffffffff, 0x80000000, PngText.MAX_BYTES,
				100 })
				assertRefused(new PngBytes().chunk(length, type.getBytes(US_ASCII), new byte[9], 0).bytes(),
					"is cut off");
		}
	}

	@Test
	void aWrongChecksumIsFoundInAnyChunkOnTheWay() throws IOException {
		for (final String type : new String[] { "iTXt", "IDAT", "zzzz" })
			assertRefused(new PngBytes().chunk(9, type.getBytes(US_ASCII), new byte[9], 1).end().bytes(),
				"is damaged");
	}

	@Test
	void aTextThatInflatesWithoutEndIsGivenUp() throws IOException {
		final byte[] bomb = PngBytes.deflate(new byte[64 << 20]);
		assertTrue(bomb.length < 300000, "a small file");
		assertRefused(new PngBytes().compressed(bomb).end().bytes(), "larger than 16 MiB");
	}

	@Test
	void brokenCompressionIsRefused() throws IOException {
		final byte[] zlib = PngBytes.deflate(JSON);
		for (int length = 0; length < zlib.length; length++)
			assertRefused(new PngBytes().compressed(Arrays.copyOf(zlib, length)).end().bytes(),
				"is damaged");
		final byte[] wantsDictionary = { 0x78, (byte) 0xbb, 0, 0, 0, 1 };
		assertRefused(new PngBytes().compressed(wantsDictionary).end().bytes(), "is damaged");
	}

	@Test
	void textsThatBreakTheSpecificationAreRefused() throws IOException {
		for (final String data : new String[] { "", "zimage", "zimage\0", "zimage\0\0", "zimage\0\0\0",
			"zimage\0\0\0\0", "zimage\0\2\0\0\0{}", "zimage\0\1\1\0\0{}", "zimage\0\0\0\0\0\u00ff" })
			assertRefused(new PngBytes().chunk("iTXt", data.getBytes(ISO_8859_1)).end().bytes(),
				"is damaged");
	}

	@Test
	void aTextThatIsNoProvenanceIsRefused() throws IOException {
		for (final String text : new String[] { "", "{}", "[".repeat(1 << 20), "\ufeff" })
			assertRefused(
				new PngBytes().chunk("iTXt", ("zimage\0\0\0\0\0" + text).getBytes(UTF_8)).end().bytes(),
				".");
	}

	@Test
	void everyChangedByteOfTheTextChunkIsNoticed() throws IOException {
		final byte[] before = new PngBytes().bytes();
		final byte[] whole = new PngBytes()
			.chunk("iTXt", PngBytes.join("zimage\0\0\0\0\0".getBytes(US_ASCII), JSON)).end().bytes();
		assertEquals(Optional.of(PROVENANCE), read(whole));
		for (int i = before.length; i < whole.length - 12; i++) {
			for (final int change : new int[] { 0x01, 0x20, 0x80, 0xff }) {
				final byte[] damaged = whole.clone();
				damaged[i] ^= (byte) change;
				assertRefused(damaged, ".");
			}
		}
	}

	@Test
	void everyCutIsNoticed() throws IOException {
		final byte[] whole = new PngBytes().compressed(PngBytes.deflate(JSON)).end().bytes();
		for (int length = 0; length < whole.length - 12; length++)
			assertRefused(Arrays.copyOf(whole, length), length < 8 ? "is not a PNG file" : "is cut off");
	}

	@Test
	void aProvenanceBeforePixelsThatAreCutOffIsStillRead() throws IOException {
		PngFile.write(folder.resolve("a.png"), Examples.image("a", 1));
		final byte[] whole = Files.readAllBytes(folder.resolve("a.png"));
		assertEquals(Optional.of(Examples.image("a", 1).provenance()),
			read(Arrays.copyOf(whole, whole.length - 100)));
	}

	private Optional<Provenance> read(final byte[] content) throws IOException {
		final Path file = Files.write(folder.resolve("file.png"), content);
		return PngFile.readProvenance(file);
	}

	private void assertRefused(final byte[] content, final String words) {
		Refusals.assertRefused(() -> read(content), words);
	}
}
