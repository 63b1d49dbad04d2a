
package io.github.zimagefiji.request;

import io.github.zimagefiji.fields.Labelled;

/** The kinds of requests. */
public enum Task implements Labelled {

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
}
