
package io.github.zimagefiji.request;

import org.jspecify.annotations.Nullable;

import io.github.zimagefiji.Progress;

/**
 * The parts of a run, in the order in which they happen, then what is done to the files of models.
 */
public enum Stage {

		/** Another run is in progress; this one comes after it. */
		WAIT("Waiting for another run…"),
		/**
		 * Model files are opened and, where needed, narrowed or copied to the device.
		 */
		LOAD("Loading the model"),
		/** The prompts pass through the text encoder. */
		ENCODE("Reading the prompt"),
		/**
		 * Pictures that the result starts from pass the autoencoder and the image encoder.
		 */
		SEE("Looking at the image"),
		/** The transformer removes noise, step by step. */
		DENOISE("Forming the image"),
		/** The autoencoder turns latents into pixels. */
		DECODE("Developing the pixels"),
		/** No part of a run: files of a model come from a host. */
		DOWNLOAD("Downloading"),
		/** No part of a run: files of a model are copied. */
		COPY("Copying"),
		/**
		 * No part of a run: files of a model are compared with the hashes that were noted.
		 */
		VERIFY("Checking"),
		/** No part of a run: weights are rewritten with fewer bits. */
		NARROW("Narrowing to bfloat16");

	private final String label;

	Stage(final String label) {
		this.label = label;
	}

	/** A few words for a status line. */
	public String label() {
		return label;
	}

	/** A status line: the label, and what {@link Progress#update} adds to it. */
	public String line(final @Nullable String message) {
		if (message == null || message.isEmpty()) return label;
		return label + (this == WAIT ? " " : ": ") + message;
	}
}
