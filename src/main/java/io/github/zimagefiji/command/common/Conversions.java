
package io.github.zimagefiji.command.common;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import ij.ImagePlus;

/**
 * What was made of open images, kept while a dialog is open, where every letter that is typed makes
 * another request.
 */
public final class Conversions {

	private static final int KEPT = 4;

	private final Map<List<Object>, Object> made = new LinkedHashMap<>(16, 0.75f, true);

	/**
	 * Makes something of what an image shows, or gives what was made of the same before.
	 *
	 * @param values that the conversion depends on beside the image
	 */
	@SuppressWarnings("unchecked") // the type is one of the values
	public <T> T of(final Class<T> type, final ImagePlus image, final Supplier<T> conversion,
		final Object... values)
	{
		final List<Object> key =
			Arrays.asList(type, image, image.getCurrentSlice(), image.getDisplayRangeMin(),
				image.getDisplayRangeMax(), image.getRoi(), Arrays.asList(values));
		final T known = (T) made.get(key);
		if (known != null) return known;
		final T result = conversion.get();
		made.put(key, result);
		if (made.size() > KEPT) made.remove(made.keySet().iterator().next());
		return result;
	}

	/** Begins anew: the user may have painted into an image since. */
	public void forget() {
		made.clear();
	}
}
