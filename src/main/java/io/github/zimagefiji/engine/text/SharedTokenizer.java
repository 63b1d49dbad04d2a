
package io.github.zimagefiji.engine.text;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.github.zimagefiji.engine.library.CrashMarker;
import io.github.zimagefiji.engine.library.NativeFiles;
import io.github.zimagefiji.error.EngineFailedException;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.io.Sha256;

/**
 * A native tokenizer, one for each content of a file. Nearly all models have the same vocabulary,
 * whose reading takes seconds and whose opening takes another: all that are open share it, and the
 * last one that was used stays for a minute, for the next model.
 */
final class SharedTokenizer {

	private static final long IDLE_SECONDS = 60;
	private static final Executor LATER =
		CompletableFuture.delayedExecutor(IDLE_SECONDS, TimeUnit.SECONDS);
	/** By the SHA-256 of their files; also the lock of all fields. */
	private static final Map<String, SharedTokenizer> OPEN = new HashMap<>();
	/** The one without users that stays. */
	private static SharedTokenizer idle;

	private final String digest;
	private final HuggingFaceTokenizer tokenizer;
	private int users;
	/** How often it lost its last user. */
	private int idled;

	private SharedTokenizer(final String digest, final HuggingFaceTokenizer tokenizer) {
		this.digest = digest;
		this.tokenizer = tokenizer;
	}

	/**
	 * Opens a file, or takes what is open already.
	 *
	 * @throws InvalidInputException if it is missing, malformed, or not Qwen2's byte-level BPE
	 * @throws EngineFailedException if the native library cannot be loaded
	 */
	static SharedTokenizer take(final Path file) {
		final byte[] bytes = TokenizerFile.bytes(file);
		final String digest = Sha256.hex(bytes);
		synchronized (OPEN) {
			SharedTokenizer shared = OPEN.get(digest);
			if (shared == null) {
				shared = new SharedTokenizer(digest, open(file, TokenizerFile.checked(file, bytes)));
				OPEN.put(digest, shared);
			}
			if (idle == shared) idle = null;
			shared.users++;
			return shared;
		}
	}

	private static HuggingFaceTokenizer open(final Path file, final byte[] checked) {
		NativeFiles.ensureTokenizer();
		final Optional<CrashMarker> marker = CrashMarker.set("its tokenizer");
		try {
			return HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(checked),
				Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false"));
		}
		catch (final IOException | RuntimeException e) {
			throw new InvalidInputException(
				"The tokenizer " + file + " cannot be used (" + e.getMessage() + "). Download it again.",
				e);
		}
		catch (final LinkageError e) {
			throw new EngineFailedException(
				"The tokenizer's native library cannot be loaded: " + e.getMessage(), e);
		}
		finally {
			marker.ifPresent(CrashMarker::remove);
		}
	}

	/** Token numbers of a text; special tokens by their names. */
	synchronized long[] encode(final String text) {
		return tokenizer.encode(text, false, false).getIds();
	}

	/** Each that took it gives it back once. */
	void giveBack() {
		synchronized (OPEN) {
			if (--users > 0) return;
			if (idle != null) idle.close();
			idle = this;
			final int now = ++idled;
			LATER.execute(() -> closeIfIdleSince(now));
		}
	}

	private void closeIfIdleSince(final int time) {
		synchronized (OPEN) {
			if (idle != this || idled != time) return;
			idle = null;
			close();
		}
	}

	private void close() {
		OPEN.remove(digest);
		tokenizer.close();
	}
}
