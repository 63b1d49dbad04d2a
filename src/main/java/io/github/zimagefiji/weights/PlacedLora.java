
package io.github.zimagefiji.weights;

import io.github.zimagefiji.InvalidInputException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A LoRA whose layers have been found in a transformer, and fit there. */
public final class PlacedLora {

	private final LoraFile file;
	private final Map<String, LoraFile.Factors> layers = new LinkedHashMap<>();
	private final List<String> unused = new ArrayList<>();

	private PlacedLora(final LoraFile file) {
		this.file = file;
		unused.addAll(file.unknown());
	}

	/**
	 * Finds the places of a LoRA's layers.
	 *
	 * @param transformer the weights that it is to change
	 * @throws InvalidInputException if it is made for another model: no layer has
	 *           a place, or one has another shape
	 */
	public static PlacedLora of(final LoraFile file,
		final Checkpoint transformer)
	{
		final PlacedLora placed = new PlacedLora(file);
		final LinearLayers linear = new LinearLayers(transformer);
		// Some files say things twice; the model's own names count then.
		file.modules().forEach((module, factors) -> {
			if (linear.isOwnName(module)) placed.place(linear, linear.of(module),
				factors);
		});
		file.modules().forEach((module, factors) -> {
			if (!linear.isOwnName(module)) placed.place(linear, linear.of(module),
				factors);
		});
		if (placed.layers.isEmpty()) throw new InvalidInputException("The LoRA " +
			file.place() + " is made for another model: none of its " + file
				.layers() + " layers" + LoraFile.example(List.copyOf(file.modules()
					.keySet())) + " is in " + transformer.place() +
			". Choose a LoRA made for Z-Image.");
		return placed;
	}

	private void place(final LinearLayers linear, final List<String> names,
		final LoraFile.Factors factors)
	{
		if (names.isEmpty() || names.stream().anyMatch(layers::containsKey)) {
			unused.add(factors.down().name());
			unused.add(factors.up().name());
			return;
		}
		final long rows = names.stream().mapToLong(n -> linear.shape(n)[0]).sum();
		final long columns = linear.shape(names.get(0))[1];
		if (factors.up().shape()[0] != rows || factors.down().shape()[1] != columns)
			throw new InvalidInputException("The LoRA " + file.place() +
				" does not fit this model: " + factors.down().name() + " is " + Arrays
					.toString(factors.down().shape()) + " and " + factors.up().name() +
				" is " + Arrays.toString(factors.up().shape()) + ", but the model's " +
				String.join(", ", names) + " takes " + columns + " numbers and gives " +
				rows + ". Choose a LoRA made for this model.");
		long row = 0;
		for (final String name : names) {
			final long count = linear.shape(name)[0];
			layers.put(name, new LoraFile.Factors(factors.down(), factors.up().rows(
				row, count), factors.factor()));
			row += count;
		}
	}

	/** The file. */
	public Path place() {
		return file.place();
	}

	/**
	 * A name for the file's tensors that changes when they do: 64 lower-case
	 * hexadecimal digits.
	 */
	public String fingerprint() {
		return Fingerprint.ofTensors(file.checkpoint());
	}

	/**
	 * The transformer's layers that are changed, without {@code .weight};
	 * unmodifiable.
	 */
	public List<String> layers() {
		return List.copyOf(layers.keySet());
	}

	/**
	 * Names of the file's tensors that have no effect on this transformer;
	 * unmodifiable.
	 */
	public List<String> unused() {
		return List.copyOf(unused);
	}

	/**
	 * One sentence about {@link #unused}, with the first few names; empty if
	 * there are none.
	 */
	public String warning() {
		if (unused.isEmpty()) return "";
		final int shown = Math.min(3, unused.size());
		return unused.size() + " tensors of the LoRA " + place().getFileName() +
			" mean nothing to this model and are left out: " + String.join(", ",
				unused.subList(0, shown)) + (shown < unused.size() ? ", …" : "") + ".";
	}

	/** @return null if the layer is not changed */
	LoraFile.Factors factors(final String layer) {
		return layers.get(layer);
	}

	/** Numbers of all factors together. */
	long elementCount() {
		return layers.values().stream().mapToLong(f -> f.down().elementCount() + f
			.up().elementCount()).sum();
	}

	Checkpoint checkpoint() {
		return file.checkpoint();
	}
}
