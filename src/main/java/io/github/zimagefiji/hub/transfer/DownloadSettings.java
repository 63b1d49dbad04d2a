
package io.github.zimagefiji.hub.transfer;

import java.util.Objects;

import io.github.zimagefiji.hub.source.RetryPolicy;
import io.github.zimagefiji.hub.source.Tokens;

/**
 * How models are downloaded.
 *
 * @param parallel files at once, 1 or more
 * @param patience with the host
 * @param tokens for models that are not open to everybody
 */
public record DownloadSettings(int parallel, RetryPolicy patience, Tokens tokens) {

	/** Four files at once, and the tokens of the environment. */
	public static DownloadSettings usual() {
		return new DownloadSettings(4, RetryPolicy.USUAL, Tokens.fromEnvironment());
	}

	public DownloadSettings {
		Objects.requireNonNull(patience, "patience");
		Objects.requireNonNull(tokens, "tokens");
		if (parallel < 1) throw new IllegalArgumentException("parallel: " + parallel);
	}
}
