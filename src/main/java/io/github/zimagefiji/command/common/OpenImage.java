
package io.github.zimagefiji.command.common;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import ij.ImagePlus;
import ij.WindowManager;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.fields.NearestWord;

/**
 * An open image, as the user chooses it in a dialog, a macro names it by its title, or a script
 * hands it over. A separate type, because SciJava fills in a command's image only if there is no
 * other parameter of that type, and offers the images that are open when the dialog opens; it makes
 * one from text or an image by itself.
 */
public final class OpenImage {

	/** Says that there is none. */
	public static final OpenImage NONE = new OpenImage("none");

	private final String title;
	/** Null if it is to be looked for by its title. */
	private final ImagePlus image;

	/** An image that will be looked for by its title. */
	public OpenImage(final String title) {
		this.title = title;
		image = null;
	}

	/** An image, which need not have a window. */
	public OpenImage(final ImagePlus image) {
		title = image.getTitle();
		this.image = image;
	}

	/** All that are open, with those of a macro's batch mode. */
	public static List<ImagePlus> all() {
		final List<ImagePlus> result = new ArrayList<>();
		final int[] ids = WindowManager.getIDList();
		if (ids == null) return result;
		for (final int id : ids) {
			final ImagePlus image = WindowManager.getImage(id);
			if (image != null) result.add(image);
		}
		return result;
	}

	/** Whether the user has chosen one. */
	public static boolean isChosen(final OpenImage choice) {
		return choice != null && !choice.title.isBlank() && !choice.equals(NONE);
	}

	/**
	 * The image.
	 *
	 * @throws InvalidInputException if no image of that title is open
	 */
	public ImagePlus get() {
		return image == null ? titled(title) : image;
	}

	/**
	 * Finds an image by its title, in whatever case.
	 *
	 * @throws InvalidInputException if there is none, with what there is
	 */
	public static ImagePlus titled(final String title) {
		final List<ImagePlus> images = all();
		return images.stream().filter(each -> each.getTitle().equals(title)).findFirst()
			.or(() -> images.stream().filter(each -> each.getTitle().equalsIgnoreCase(title)).findFirst())
			.orElseThrow(() -> unknown(title, images));
	}

	private static InvalidInputException unknown(final String title, final List<ImagePlus> images) {
		final List<String> titles = images.stream().map(ImagePlus::getTitle).toList();
		return new InvalidInputException(
			"No image \"" + title + "\" is open." + NearestWord.question(title, titles) +
				(titles.isEmpty() ? " Open it first." : " There are: " + String.join("; ", titles) + "."));
	}

	@Override
	public boolean equals(final Object other) {
		return other instanceof OpenImage that && title.equals(that.title) &&
			(image == null || that.image == null || image == that.image);
	}

	@Override
	public int hashCode() {
		return Objects.hash(title);
	}

	/** The title: what dialogs show and macros write. */
	@Override
	public String toString() {
		return title;
	}
}
