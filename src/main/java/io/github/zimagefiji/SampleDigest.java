package io.github.zimagefiji;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Tells by a short name whether samples are the same. */
final class SampleDigest {

	private SampleDigest() {
		// only of()
	}

	/** SHA-256 of numbers as little-endian float32: 64 lower-case hexadecimal digits. */
	static String of(final float[] values) {
		try {
			final MessageDigest sha = MessageDigest.getInstance("SHA-256");
			final ByteBuffer part = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
			for (final float value : values) {
				part.putFloat(value);
				if (part.hasRemaining()) continue;
				sha.update(part.flip());
				part.clear();
			}
			sha.update(part.flip());
			return HexFormat.of().formatHex(sha.digest());
		}
		catch (final NoSuchAlgorithmException e) {
			throw new IllegalStateException("Every Java has SHA-256.", e);
		}
	}
}
