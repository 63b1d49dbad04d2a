
package io.github.zimagefiji.weights;

import static io.github.zimagefiji.weights.TestFiles.golden;
import static io.github.zimagefiji.weights.TestFiles.safetensors;
import static io.github.zimagefiji.weights.TestFiles.vector;
import static io.github.zimagefiji.weights.TestFiles.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FingerprintTest {

	private static final String HASH = "0123456789abcdef".repeat(4);
	private static final String NAME = "transformer/model.safetensors";
	private static final long DOWNLOADED = 1_700_000_000;

	@TempDir
	Path model;

	@Test
	void aPlainFolderIsSampled() {
		final Fingerprint fingerprint = Fingerprint.of(Map.of("transformer",
			Checkpoint.open(golden("transformer")), "vae", Checkpoint.open(golden("vae"))));
		assertEquals("sampled", fingerprint.kind());
		assertEquals(Map.of(), fingerprint.knownHashes());
		// Computed once by a few lines of Python from the definition.
		assertEquals("95578b356d55d3390242dce2dc194c64da4411bf119ad630e75b32965203804f",
			fingerprint.hex());
	}

	@Test
	void samplesDoNotDependOnFoldersFilesOrOrder() {
		final Path one = write(model.resolve("one/x.safetensors"),
			safetensors("{" + vector("a", 100, 0) + "," + vector("b", 64, 400) + "}", 656));
		write(model.resolve("two/b.safetensors"),
			shifted(safetensors("{" + vector("b", 64, 0) + "}", 256), 400));
		write(model.resolve("two/a.safetensors"), safetensors("{" + vector("a", 100, 0) + "}", 400));
		write(model.resolve("two/model.safetensors.index.json"),
			"{\"weight_map\":{\"b\":\"b.safetensors\",\"a\":\"a.safetensors\"}}");
		assertEquals(fingerprint(Checkpoint.openFile(one)),
			fingerprint(Checkpoint.open(model.resolve("two"))));
	}

	@Test
	void aChangeOfAnySmallTensorOrOfTheEndsOrMiddleOfALargeOneShows() throws IOException {
		final Path file = write(model.resolve(NAME),
			safetensors("{" + vector("large", 500, 0) + "," + vector("small", 48, 2000) + "}", 2192));
		final Fingerprint before = fingerprint(Checkpoint.openFile(file));
		final long start = Checkpoint.openFile(file).entry("large").position();
		for (final long offset : new long[] { 0, 63, 968, 1031, 1936, 1999, 2000, 2100, 2191 }) {
			flip(file, start + offset);
			assertNotEquals(before, fingerprint(Checkpoint.openFile(file)), "byte " + offset);
			flip(file, start + offset);
		}
		assertEquals(before, fingerprint(Checkpoint.openFile(file)));
	}

	@Test
	void namesFormatsAndComponentsCount() {
		final Fingerprint plain = fingerprint(open("{" + vector("a", 1, 0) + "}"));
		assertNotEquals(plain, fingerprint(open("{" + vector("b", 1, 0) + "}")));
		assertNotEquals(plain, fingerprint(open("{" + vector("a", 1, 0).replace("F32", "I32") + "}")));
		assertNotEquals(plain,
			fingerprint(open("{" + vector("a", 1, 0).replace("[1]", "[1,1]") + "}")));
		assertNotEquals(plain, Fingerprint.of(Map.of("vae", open("{" + vector("a", 1, 0) + "}"))));
	}

	@Test
	@EnabledOnOs({ OS.LINUX, OS.MAC })
	void aCacheOfHuggingFaceKnowsItsSums() throws Exception {
		write(model.resolve("blobs").resolve(HASH), content());
		final Path link = model.resolve("snapshots/c0ffee").resolve(NAME);
		Files.createDirectories(link.getParent());
		Files.createSymbolicLink(link, Path.of("../../../blobs").resolve(HASH));
		assertKnown(fingerprint(Checkpoint.open(link.getParent())));
	}

	@Test
	void theNotesBesideADownloadKnowItsSums() throws Exception {
		note(HASH, DOWNLOADED + ".25");
		assertKnown(fingerprint(checkpointOfTheDownload(DOWNLOADED)));
	}

	@Test
	void aFileChangedAfterItsDownloadIsSampled() throws IOException {
		note(HASH, String.valueOf(DOWNLOADED));
		assertUnknown(fingerprint(checkpointOfTheDownload(DOWNLOADED + 2)));
	}

	@Test
	void notesThatHoldNoSumAreNotBelieved() throws IOException {
		for (final String etag : new String[] { "", HASH.substring(1), HASH.substring(0, 40),
			"z" + HASH.substring(1) })
		{
			note(etag, String.valueOf(DOWNLOADED));
			assertUnknown(fingerprint(checkpointOfTheDownload(DOWNLOADED)));
		}
		note(HASH, "yesterday");
		assertUnknown(fingerprint(checkpointOfTheDownload(DOWNLOADED)));
		write(noteFile(), new byte[] { (byte) 0xff, (byte) 0xfe });
		assertUnknown(fingerprint(checkpointOfTheDownload(DOWNLOADED)));
	}

	@Test
	void oneUnknownFileMakesTheWholeSampledButKeepsWhatIsKnown() throws IOException {
		note(HASH, String.valueOf(DOWNLOADED));
		final Path vae = write(model.resolve("vae/model.safetensors"), content());
		final Fingerprint fingerprint = Fingerprint.of(Map.of("transformer",
			checkpointOfTheDownload(DOWNLOADED), "vae", Checkpoint.open(vae.getParent())));
		assertEquals("sampled", fingerprint.kind());
		assertEquals(Map.of(NAME, HASH), fingerprint.knownHashes());
	}

	private static Fingerprint fingerprint(final Checkpoint transformer) {
		return Fingerprint.of(Map.of("transformer", transformer));
	}

	/**
	 * Cache and notes must agree, so that the same download has one fingerprint in both.
	 */
	private static void assertKnown(final Fingerprint fingerprint) throws Exception {
		assertEquals("sha256", fingerprint.kind());
		assertEquals(Map.of(NAME, HASH), fingerprint.knownHashes());
		final byte[] lines = (NAME + " " + HASH + "\n").getBytes("UTF-8");
		assertEquals(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(lines)),
			fingerprint.hex());
	}

	private static void assertUnknown(final Fingerprint fingerprint) {
		assertEquals("sampled", fingerprint.kind());
		assertEquals(Map.of(), fingerprint.knownHashes());
	}

	private Checkpoint open(final String header) {
		return Checkpoint.openFile(write(model.resolve("x.safetensors"), safetensors(header, 4)));
	}

	private Checkpoint checkpointOfTheDownload(final long modifiedSeconds) throws IOException {
		final Path file = write(model.resolve(NAME), content());
		Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(modifiedSeconds)));
		return Checkpoint.open(file.getParent());
	}

	private void note(final String etag, final String timestamp) {
		write(noteFile(), "c0ffee\n" + etag + "\n" + timestamp + "\n");
	}

	private Path noteFile() {
		return model.resolve(".cache/huggingface/download").resolve(NAME + ".metadata");
	}

	private static byte[] content() {
		return safetensors("{" + vector("a", 1, 0) + "}", 4);
	}

	/**
	 * Adds to the bytes of the data, so that they are those that follow {@code by} others.
	 */
	private static byte[] shifted(final byte[] file, final int by) {
		final int headerBytes = file[0] & 0xff;
		for (int i = 8 + headerBytes; i < file.length; i++) {
			file[i] += (byte) by;
		}
		return file;
	}

	private static void flip(final Path file, final long position) throws IOException {
		try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
			bytes.seek(position);
			final int value = bytes.read();
			bytes.seek(position);
			bytes.write(value ^ 1);
		}
	}
}
