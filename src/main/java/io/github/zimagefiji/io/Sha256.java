
package io.github.zimagefiji.io;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 sums, which every Java has. */
public final class Sha256 {

	private Sha256() {
		// only static methods
	}

	/** A new digest. */
	public static MessageDigest create() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (final NoSuchAlgorithmException e) {
			throw new IllegalStateException("Every Java has SHA-256.", e);
		}
	}

	/** 64 lower-case hexadecimal digits. */
	public static String hex(final byte[] bytes) {
		return HexFormat.of().formatHex(create().digest(bytes));
	}

	/** The same of a text in UTF-8. */
	public static String hex(final String text) {
		return hex(text.getBytes(StandardCharsets.UTF_8));
	}

	/** Ends digesting. */
	public static String finish(final MessageDigest sha) {
		return HexFormat.of().formatHex(sha.digest());
	}
}
