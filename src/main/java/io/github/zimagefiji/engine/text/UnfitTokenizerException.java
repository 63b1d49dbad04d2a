
package io.github.zimagefiji.engine.text;

import java.io.IOException;

/** What a tokenizer's file says and Z-Image's do not. */
final class UnfitTokenizerException extends IOException {

	private static final long serialVersionUID = 1L;

	/** @param what the middle of a sentence: what is wrong with "it" */
	UnfitTokenizerException(final String what) {
		super(what);
	}
}
