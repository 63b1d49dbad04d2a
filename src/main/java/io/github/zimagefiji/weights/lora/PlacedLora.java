
package io.github.zimagefiji.weights.lora;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.github.zimagefiji.engine.TensorType;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.request.LoraChoice;
import io.github.zimagefiji.weights.Checkpoint;
import io.github.zimagefiji.weights.Fingerprint;
import io.github.zimagefiji.weights.TensorEntry;

/** A LoRA whose layers have been found in a transformer, and fit there. */
public final class PlacedLora {

	private static final int SHOWN = 3;

	/**
	 * What is added to a linear layer's weight.
	 *
	 * @param factor by which it is multiplied
	 * @param lengths DoRA: the lengths of the changed weight's rows, (out), or columns, (in); null if
	 *          they are left as they come
	 * @param ofRows whether they are those of rows
	 */
	public record Change(LayerChange change, double factor, TensorEntry lengths, boolean ofRows) {}

	/**
	 * What is added to a tensor of the model, or takes its place.
	 *
	 * @param values in the tensor's shape
	 */
	public record Plain(TensorEntry values, double factor, boolean replaces) {}

	private final LoraFile file;
	private final Map<String, List<Change>> layers = new LinkedHashMap<>();
	private final Map<String, List<Plain>> tensors = new LinkedHashMap<>();
	private final Set<String> names = new LinkedHashSet<>();
	private final Set<String> paths = new HashSet<>();
	private final List<LoraStrength> strengths = new ArrayList<>();
	private final List<String> unused = new ArrayList<>();
	private final List<String> twice = new ArrayList<>();

	private PlacedLora(final LoraFile file) {
		this.file = file;
		unused.addAll(file.unknown());
	}

	/**
	 * Opens the LoRA that a user chose, and finds the places of its layers.
	 *
	 * @param transformer the weights that it is to change
	 * @throws InvalidInputException if it cannot be used, is made for another model, or fits this one
	 *           only in part and that is not allowed
	 */
	public static PlacedLora of(final LoraChoice choice, final Checkpoint transformer) {
		return of(LoraFile.open(choice.file()), transformer, choice.partial());
	}

	/**
	 * Finds the places of all of a LoRA's layers.
	 *
	 * @param transformer the weights that it is to change
	 * @throws InvalidInputException if it is made for another model: no layer has a place, or some,
	 *           or one has another shape
	 */
	public static PlacedLora of(final LoraFile file, final Checkpoint transformer) {
		return of(file, transformer, false);
	}

	private static PlacedLora of(final LoraFile file, final Checkpoint transformer,
		final boolean partial)
	{
		final PlacedLora placed = new PlacedLora(file);
		final LinearLayers linear = new LinearLayers(transformer);
		final LoraPlacement placement = new LoraPlacement(file, linear, placed);
		// Some files say things twice; the model's own names count then.
		file.modules().forEach((name, module) -> {
			if (linear.isOwnName(name)) placement.place(module);
		});
		file.modules().forEach((name, module) -> {
			if (!linear.isOwnName(name)) placement.place(module);
		});
		if (placed.names.isEmpty()) throw new InvalidInputException(
			"The LoRA " + file.place() + " is made for another model: none of its " + file.layers() +
				" layers" + LoraFile.example(List.copyOf(file.modules().keySet())) + " is in " +
				transformer.place() + ". Choose a LoRA made for Z-Image.");
		placed.checkLayersWhole();
		if (!partial && !placed.unused.isEmpty()) throw new InvalidInputException(
			"The LoRA " + file.place() + " fits this model only in part: " + placed.unused.size() +
				" of its " + file.checkpoint().entries().size() + " tensors mean nothing to it (" +
				shortened(placed.unused) + "). Choose a LoRA made for this model, or write " +
				LoraChoice.PARTIAL + " behind its name to use the rest.");
		return placed;
	}

	/**
	 * Tensors without a meaning whose names go on from a layer that is changed, such as a number by
	 * which its change is to be multiplied, may not be left out.
	 */
	private void checkLayersWhole() {
		final Stream<String> placeless = file.modules().values().stream()
			.filter(module -> !paths.contains(module.path())).flatMap(module -> module.names().stream());
		Stream.concat(file.unknown().stream(), placeless).forEach(name -> {
			final String rest = LoraKey.withoutPrefixes(name);
			for (int dot = rest.indexOf('.'); dot > 0; dot = rest.indexOf('.', dot + 1)) {
				if (paths.contains(rest.substring(0, dot)))
					throw new InvalidInputException("The LoRA " + place() + " changes " +
						rest.substring(0, dot) + " in a way that is not supported: its \"" + name +
						"\" means nothing to this program. Choose another file.");
			}
		});
	}

	/** Notes a layer's name in the file that has a place. */
	void addPath(final String path) {
		paths.add(path);
	}

	void add(final String layer, final Change change) {
		layers.computeIfAbsent(layer, l -> new ArrayList<>()).add(change);
		names.add(layer);
	}

	void add(final String layer, final String tensor, final Plain plain) {
		tensors.computeIfAbsent(tensor, t -> new ArrayList<>()).add(plain);
		names.add(layer);
	}

	void addStrength(final LoraStrength strength) {
		strengths.add(strength);
	}

	void addUnused(final List<String> more) {
		unused.addAll(more);
	}

	void addTwice(final List<String> more) {
		twice.addAll(more);
	}

	/** The file. */
	public Path place() {
		return file.place();
	}

	/**
	 * A name for the file's tensors that changes when they do: 64 lower-case hexadecimal digits.
	 */
	public String fingerprint() {
		return Fingerprint.ofTensors(file.checkpoint());
	}

	/**
	 * A name for what it does: the fingerprint, and the strength of every layer, which may be said
	 * outside of the tensors.
	 */
	public String identity() {
		final StringBuilder all = new StringBuilder(fingerprint());
		layers.forEach(
			(layer, changes) -> changes.forEach(change -> all.append(' ').append(change.factor())));
		return all.append(' ').append(unused.size()).toString();
	}

	/**
	 * The transformer's layers that are changed, without {@code .weight}; unmodifiable.
	 */
	public List<String> layers() {
		return List.copyOf(names);
	}

	/**
	 * How strongly the layers are changed by the file itself, at scale 1: a number such as
	 * {@code 0.5}, or the smallest and the largest such as {@code 0.5 to 2}.
	 */
	public String strength() {
		return LoraStrength.range(strengths);
	}

	/** Where {@link #strength} was found, in words. */
	public String strengthSource() {
		return LoraStrength.sources(strengths);
	}

	/**
	 * Names of the file's tensors that have no effect on this transformer; unmodifiable.
	 */
	public List<String> unused() {
		return List.copyOf(unused);
	}

	/**
	 * One sentence about {@link #unused}, one about what the file says twice, with the first few
	 * names; empty if there is nothing to say.
	 */
	public String warning() {
		final List<String> sentences = new ArrayList<>();
		if (!unused.isEmpty())
			sentences.add(unused.size() + " tensors of the LoRA " + place().getFileName() +
				" mean nothing to this model and are left out: " + shortened(unused) + ".");
		if (!twice.isEmpty()) sentences.add("The LoRA " + place().getFileName() +
			" says some layers twice, fused and split or under two names; each is counted once, by the model's own name, " +
			"without: " + shortened(twice) + ".");
		return String.join(" ", sentences);
	}

	private static String shortened(final List<String> all) {
		final int shown = Math.min(SHOWN, all.size());
		return String.join(", ", all.subList(0, shown)) + (shown < all.size() ? ", …" : "");
	}

	/** Layers whose changed weights get lengths from the file (DoRA). */
	List<String> measured() {
		return layers.keySet().stream()
			.filter(layer -> changes(layer).stream().anyMatch(change -> change.lengths() != null))
			.toList();
	}

	/** Whether a layer's weight is replaced as a whole. */
	boolean isReplaced(final String layer) {
		return plain(layer + ".weight").stream().anyMatch(Plain::replaces);
	}

	/** What changes a linear layer's weight; empty if nothing does. */
	public List<Change> changes(final String layer) {
		return layers.getOrDefault(layer, List.of());
	}

	/** What changes or replaces a tensor; empty if nothing does. */
	public List<Plain> plain(final String tensor) {
		return tensors.getOrDefault(tensor, List.of());
	}

	/**
	 * Bytes of memory that it takes beside weights of a type: what is stored in that type and added
	 * as it is stays in the mapped file.
	 */
	long bytes(final TensorType type) {
		return layers.values().stream().flatMap(List::stream)
			.mapToLong(c -> isMapped(c.change(), type) ? 0 : c.change().elementCount() * type.bytes())
			.sum() +
			tensors.values().stream().flatMap(List::stream)
				.mapToLong(p -> p.values().elementCount() * type.bytes()).sum();
	}

	private boolean isMapped(final LayerChange change, final TensorType type) {
		return change instanceof LayerChange.Difference d && file.checkpoint().isMapped() &&
			d.values().type().isEngineType() && d.values().type().tensorType() == type;
	}

	public Checkpoint checkpoint() {
		return file.checkpoint();
	}
}
