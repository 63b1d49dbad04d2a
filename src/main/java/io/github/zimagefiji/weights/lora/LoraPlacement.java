
package io.github.zimagefiji.weights.lora;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.weights.TensorEntry;
import io.github.zimagefiji.weights.lora.LoraKey.Part;

/**
 * Finds the layers that the modules of one LoRA file change, and divides what changes a fused
 * matrix among its parts. A layer that was placed already is left as it is.
 */
final class LoraPlacement {

	private static final String BIAS = ".bias";

	private final LoraFile file;
	private final LinearLayers model;
	private final PlacedLora target;
	/**
	 * What of a layer is changed already: a tensor's part, where {@link Part#UP} stands for all that
	 * is made of factors, and the layer.
	 */
	private final Set<String> taken = new HashSet<>();

	LoraPlacement(final LoraFile file, final LinearLayers model, final PlacedLora target) {
		this.file = file;
		this.model = model;
		this.target = target;
	}

	/**
	 * Places a module, or notes that it has no place.
	 *
	 * @throws InvalidInputException if it has a place where it does not fit
	 */
	void place(final LoraModule module) {
		final List<String> layers = model.of(module.module());
		final LayerChange change = module.change();
		if (layers.isEmpty()) {
			target.addUnused(module.names());
			return;
		}
		target.addPath(module.path());
		final Set<TensorEntry> left = new LinkedHashSet<>(module.entries());
		LoraStrength strength = null;
		if (change != null) {
			strength = file.strength(module, change, names(module, layers));
			change(module, layers, change, strength);
			// By their names, since an entry may have been given another shape.
			final Set<String> used =
				change.entries().stream().map(TensorEntry::name).collect(Collectors.toSet());
			left.removeIf(entry -> used.contains(entry.name()) || entry.equals(module.part(Part.ALPHA)) ||
				entry.equals(module.part(Part.MAGNITUDE)));
		}
		difference(module, layers, left);
		whole(module, layers, left);
		bias(module, layers, left, Part.DIFF_BIAS, 1, false);
		bias(module, layers, left, Part.UP_BIAS, strength == null ? 1 : strength.factor(), false);
		bias(module, layers, left, Part.WHOLE_BIAS, 1, true);
		target.addUnused(left.stream().map(TensorEntry::name).toList());
	}

	/** A layer's names, by one of which settings may speak of it. */
	private List<String> names(final LoraModule module, final List<String> layers) {
		final Set<String> names = new LinkedHashSet<>();
		if (model.isOwnName(module.module()) || module.path().indexOf('.') < 0) names.addAll(layers);
		names.add(module.path());
		return List.copyOf(names);
	}

	private void change(final LoraModule module, final List<String> layers, final LayerChange change,
		final LoraStrength strength)
	{
		checkSize(layers, change);
		checkOnlyOne(layers, change.entries().get(0), Part.WHOLE);
		final TensorEntry lengths = lengths(module, layers, change);
		final boolean ofRows = lengths == null || isOfRows(lengths, change);
		final List<String> free = free(layers, Part.UP, change.entries());
		if (free.isEmpty()) return;
		target.addStrength(strength);
		long row = 0;
		for (final String layer : layers) {
			final long count = model.shape(layer)[0];
			if (free.contains(layer)) target.add(layer,
				new PlacedLora.Change(layers.size() == 1 ? change : change.rows(row, count),
					strength.factor(),
					lengths == null ? null : ofRows ? vector(lengths).rows(row, count) : vector(lengths),
					ofRows));
			row += count;
		}
	}

	private static TensorEntry vector(final TensorEntry entry) {
		return entry.shaped(entry.elementCount());
	}

	/**
	 * PEFT has (out); LyCORIS has (out, 1), or, as kohya's older files, (1, in).
	 */
	private static boolean isOfRows(final TensorEntry lengths, final LayerChange change) {
		return lengths.elementCount() == change.outputs() &&
			(lengths.shape().length == 1 || lengths.shape()[0] == change.outputs());
	}

	private TensorEntry lengths(final LoraModule module, final List<String> layers,
		final LayerChange change)
	{
		final TensorEntry lengths = module.plain(Part.MAGNITUDE);
		if (lengths == null || isOfRows(lengths, change)) return lengths;
		final boolean ofColumns = lengths.shape().length > 1 && lengths.shape()[0] == 1 &&
			lengths.elementCount() == change.inputs();
		if (!ofColumns)
			throw new InvalidInputException("The LoRA " + file.place() + " does not fit this model: " +
				lengths.name() + " is " + Arrays.toString(lengths.shape()) + "; (" + change.outputs() +
				") or (1, " + change.inputs() + ") is needed. Choose another file.");
		if (layers.size() > 1) throw new InvalidInputException("The LoRA " + file.place() +
			" gives the lengths of a fused matrix's columns (\"" + lengths.name() +
			"\"), which is not supported. Use a file with lengths of rows, or one that is split into query, key and value.");
		return lengths;
	}

	private void checkSize(final List<String> layers, final LayerChange change) {
		final long rows = rows(layers);
		final boolean linear = layers.stream().allMatch(model::isLinear);
		if (linear && change.outputs() == rows &&
			layers.stream().allMatch(layer -> model.shape(layer)[1] == change.inputs())) return;
		final String tensors =
			change.entries().stream().map(entry -> entry.name() + " is " + Arrays.toString(entry.shape()))
				.collect(Collectors.joining(" and "));
		throw new InvalidInputException("The LoRA " + file.place() + " does not fit this model: " +
			tensors + ", but the model's " + String.join(", ", layers) +
			(linear ? " takes " + model.shape(layers.get(0))[1] + " numbers and gives " + rows
				: " is no linear layer") +
			". Choose a LoRA made for this model.");
	}

	private long rows(final List<String> layers) {
		return layers.stream().mapToLong(layer -> model.shape(layer)[0]).sum();
	}

	private void difference(final LoraModule module, final List<String> layers,
		final Set<TensorEntry> left)
	{
		final TensorEntry values = module.plain(Part.DIFF);
		if (values == null) return;
		left.remove(values);
		left.remove(module.part(Part.ALPHA));
		checkShape(layers, values);
		checkOnlyOne(layers, values, Part.WHOLE);
		final List<String> free = free(layers, Part.DIFF, List.of(values));
		if (!free.isEmpty()) target.addStrength(new LoraStrength(1, "differences of weights"));
		long row = 0;
		for (final String layer : layers) {
			final long count = model.shape(layer)[0];
			final TensorEntry part =
				layers.size() == 1 ? values.shaped(model.shape(layer)) : values.rows(row, count);
			row += count;
			if (!free.contains(layer)) continue;
			if (model.isLinear(layer))
				target.add(layer, new PlacedLora.Change(new LayerChange.Difference(part), 1, null, true));
			else target.add(layer, model.weight(layer).name(), new PlacedLora.Plain(part, 1, false));
		}
	}

	private void whole(final LoraModule module, final List<String> layers,
		final Set<TensorEntry> left)
	{
		final TensorEntry values = module.plain(Part.WHOLE);
		if (values == null) return;
		left.remove(values);
		checkShape(layers, values);
		checkOnlyOne(layers, values, Part.UP, Part.DIFF);
		final List<String> free = free(layers, Part.WHOLE, List.of(values));
		if (!free.isEmpty()) target.addStrength(new LoraStrength(1, "whole weights"));
		long row = 0;
		for (final String layer : layers) {
			final long count = model.shape(layer)[0];
			final TensorEntry part =
				layers.size() == 1 ? values.shaped(model.shape(layer)) : values.rows(row, count);
			row += count;
			if (free.contains(layer))
				target.add(layer, model.weight(layer).name(), new PlacedLora.Plain(part, 1, true));
		}
	}

	/** A layer is either replaced or changed, under whatever names. */
	private void checkOnlyOne(final List<String> layers, final TensorEntry values,
		final Part... others)
	{
		for (final String layer : layers) {
			for (final Part other : others) {
				if (taken.contains(other + layer)) throw new InvalidInputException(
					"The LoRA " + file.place() + " both replaces and changes " + layer + " (\"" +
						values.name() + "\"), which cannot be understood. Use a file with one of them.");
			}
		}
	}

	private void checkShape(final List<String> layers, final TensorEntry values) {
		final long[] shape = values.shape();
		final long numbers =
			layers.stream().mapToLong(layer -> model.weight(layer).elementCount()).sum();
		final long columns = model.shape(layers.get(0)).length == 2 ? model.shape(layers.get(0))[1] : 1;
		final boolean fits = values.elementCount() == numbers &&
			(shape.length < 2 || columns == 1 || shape[1] == columns || shape[0] == 1);
		if (!fits) throw new InvalidInputException(
			"The LoRA " + file.place() + " does not fit this model: " + values.name() + " is " +
				Arrays.toString(shape) + ", but the model's " + String.join(", ", layers) + " is " +
				Arrays.toString(model.shape(layers.get(0))) + ". Choose a LoRA made for this model.");
	}

	private void bias(final LoraModule module, final List<String> layers, final Set<TensorEntry> left,
		final Part part, final double factor, final boolean replaces)
	{
		final TensorEntry values = module.plain(part);
		// A norm without a bias cannot be given one.
		if (values == null || !layers.stream().allMatch(model::isLinear)) return;
		left.remove(values);
		if (values.elementCount() != rows(layers)) throw new InvalidInputException(
			"The LoRA " + file.place() + " does not fit this model: " + values.name() + " is " +
				Arrays.toString(values.shape()) + ", but the model's " + String.join(", ", layers) +
				" gives " + rows(layers) + " numbers. Choose a LoRA made for this model.");
		final List<String> free = free(layers, part, List.of(values));
		long row = 0;
		for (final String layer : layers) {
			final long count = model.shape(layer)[0];
			if (free.contains(layer)) target.add(layer, layer + BIAS,
				new PlacedLora.Plain(vector(values).rows(row, count), factor, replaces));
			row += count;
		}
	}

	/**
	 * The layers that no other module has changed yet, which are taken now; of tensors that are left
	 * over altogether the names are noted.
	 */
	private List<String> free(final List<String> layers, final Part slot,
		final List<TensorEntry> tensors)
	{
		final List<String> free = new ArrayList<>();
		for (final String layer : layers) {
			if (taken.add(slot + layer)) free.add(layer);
		}
		if (free.size() < layers.size())
			target.addTwice(tensors.stream().map(TensorEntry::name).toList());
		return free;
	}
}
