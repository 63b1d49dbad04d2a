package io.github.zimagefiji.dataset;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 sums, which every Java has. */
final class Sha256 {

	private Sha256() {
		// only static methods
	}

	static MessageDigest create() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (final NoSuchAlgorithmException e) {
			throw new IllegalStateException(e);
		}
	}

	/** 64 lower-case hexadecimal digits. */
	static String hex(final byte[] bytes) {
		return HexFormat.of().formatHex(create().digest(bytes));
	}

	static String hex(final String text) {
		return hex(text.getBytes(StandardCharsets.UTF_8));
	}

	static String finish(final MessageDigest sha) {
		return HexFormat.of().formatHex(sha.digest());
	}
}
