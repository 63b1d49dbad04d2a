
package io.github.zimagefiji.hub.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.LongConsumer;

import io.github.zimagefiji.hub.source.RemoteFile;
import io.github.zimagefiji.io.Sha256;

/** Digests a file's content while it passes. */
public final class ContentDigest {

	private static final int CHUNK = 1 << 20;

	private final RemoteFile file;
	private final MessageDigest sha256 = Sha256.create();
	private final MessageDigest git;

	/** @param file what is expected; decides which digests are made */
	public ContentDigest(final RemoteFile file) {
		this.file = file;
		git = file.gitSha1() == null ? null : sha1();
		// Git's name of a blob is the SHA-1 of its type, its size and its content.
		if (git != null) git.update(("blob " + file.bytes() + "\0").getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * The SHA-256 of a file.
	 *
	 * @param passed is told the number of bytes of each piece that was read
	 * @return 64 lower-case hexadecimal digits
	 */
	public static String sha256(final Path path, final LongConsumer passed) throws IOException {
		final ContentDigest digest = new ContentDigest(new RemoteFile(path.toString(), 0, null, null));
		digest.update(path, passed);
		return digest.sha256Hex();
	}

	public void update(final byte[] bytes, final int count) {
		sha256.update(bytes, 0, count);
		if (git != null) git.update(bytes, 0, count);
	}

	/** Takes in what a file holds. */
	public void update(final Path path, final LongConsumer passed) throws IOException {
		final byte[] chunk = new byte[CHUNK];
		try (InputStream in = Files.newInputStream(path)) {
			for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
				update(chunk, count);
				passed.accept(count);
			}
		}
	}

	/** Ends digesting: the SHA-256. To be called once. */
	public String sha256Hex() {
		return Sha256.finish(sha256);
	}

	/**
	 * Compares with what is expected; to be called once.
	 *
	 * @param sha256 as of {@link #sha256Hex}
	 * @return the end of a sentence, or nothing if the content is right
	 */
	public Optional<String> problem(final String sha256) {
		if (file.sha256() != null && !file.sha256().equals(sha256))
			return Optional.of("its SHA-256 is " + sha256 + ", but the host lists " + file.sha256());
		final String sha1 = git == null ? null : HexFormat.of().formatHex(git.digest());
		if (git != null && !file.gitSha1().equals(sha1))
			return Optional.of("its SHA-1 is " + sha1 + ", but the host lists " + file.gitSha1());
		return Optional.empty();
	}

	private static MessageDigest sha1() {
		try {
			return MessageDigest.getInstance("SHA-1");
		}
		catch (final NoSuchAlgorithmException e) {
			throw new IllegalStateException("Every Java has SHA-1.", e);
		}
	}
}
