
package io.github.zimagefiji.request;

import java.util.Locale;

/** The kinds of requests. */
public enum Task {

		/** {@link TextToImageRequest}. */
		TEXT_TO_IMAGE("Text to Image"),
		/** {@link ImageToImageRequest}. */
		IMAGE_TO_IMAGE("Image to Image"),
		/** {@link InpaintRequest}. */
		INPAINT("Inpaint"),
		/** {@link OutpaintRequest}. */
		OUTPAINT("Outpaint"),
		/** {@link ControlRequest}. */
		CONTROL("Control"),
		/** {@link EditRequest}. */
		EDIT("Edit Image");

	private final String title;

	Task(final String title) {
		this.title = title;
	}

	/** As menus call it, such as {@code Image to Image}. */
	public String title() {
		return title;
	}

	/**
	 * As provenance and the command line call it, such as {@code image-to-image}.
	 */
	public String label() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}
}
