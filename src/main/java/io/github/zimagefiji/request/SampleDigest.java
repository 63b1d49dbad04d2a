
package io.github.zimagefiji.request;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;

import io.github.zimagefiji.io.Sha256;

/** Tells by a short name whether samples are the same. */
final class SampleDigest {

	private SampleDigest() {
		// only of()
	}

	/**
	 * SHA-256 of numbers as little-endian float32: 64 lower-case hexadecimal digits.
	 */
	static String of(final float[] values) {
		final MessageDigest sha = Sha256.create();
		final ByteBuffer part = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
		for (final float value : values) {
			part.putFloat(value);
			if (part.hasRemaining()) continue;
			sha.update(part.flip());
			part.clear();
		}
		sha.update(part.flip());
		return Sha256.finish(sha);
	}
}
