
package io.github.zimagefiji.weights;

import io.github.zimagefiji.InvalidInputException;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A low-rank adaptation (LoRA, arXiv 2106.09685) of a transformer's linear
 * layers as a safetensors file, under any of the names that PEFT, diffusers,
 * kohya and ComfyUI give its tensors. Only the header and the scalars are read;
 * the factors are read when a transformer is loaded with it.
 */
public final class LoraFile {

	/**
	 * The two factors of one layer's change: (rank, in) and (out, rank), and what
	 * their product is multiplied by.
	 */
	record Factors(TensorEntry down, TensorEntry up, double factor) {

		long rank() {
			return down.shape()[0];
		}
	}

	private final Checkpoint checkpoint;
	private final Map<String, Factors> modules = new LinkedHashMap<>();
	private final List<String> unknown = new ArrayList<>();

	private LoraFile(final Checkpoint checkpoint) {
		this.checkpoint = checkpoint;
	}

	/**
	 * Opens a file.
	 *
	 * @throws InvalidInputException if it is damaged, no LoRA, incomplete, or of
	 *           a kind that this program cannot add
	 */
	public static LoraFile open(final Path file) {
		final Checkpoint checkpoint = Checkpoint.openFile(file);
		final LoraFile lora = new LoraFile(checkpoint);
		final Map<String, Map<LoraKey.Part, TensorEntry>> parts =
			new LinkedHashMap<>();
		checkpoint.entries().forEach((name, entry) -> {
			if (name.endsWith("dora_scale") || name.contains("lora_magnitude_vector"))
				throw Refusal.dora(file);
			final Optional<LoraKey> key = LoraKey.parse(name);
			if (key.isEmpty()) lora.unknown.add(name);
			else lora.put(parts.computeIfAbsent(key.get().module(),
				m -> new EnumMap<>(LoraKey.Part.class)), key.get().part(), entry);
		});
		final LoraMetadata metadata = LoraMetadata.of(file, checkpoint.metadata());
		parts.forEach((module, tensors) -> lora.add(module, tensors, metadata));
		if (lora.modules.isEmpty()) throw new InvalidInputException(file +
			" is not a LoRA: none of its " + checkpoint.entries().size() +
			" tensors" + example(lora.unknown) +
			" is named as one. Choose a file with names such as layers.0.attention.to_q.lora_A.weight.");
		return lora;
	}

	private void put(final Map<LoraKey.Part, TensorEntry> tensors,
		final LoraKey.Part part, final TensorEntry entry)
	{
		final TensorEntry other = tensors.put(part, entry);
		if (other != null) throw new InvalidInputException("The LoRA " + place() +
			" holds \"" + other.name() + "\" and \"" + entry.name() +
			"\", which mean the same. Use a file with one set of names.");
	}

	private void add(final String module,
		final Map<LoraKey.Part, TensorEntry> tensors, final LoraMetadata metadata)
	{
		final TensorEntry down = tensors.get(LoraKey.Part.DOWN);
		final TensorEntry up = tensors.get(LoraKey.Part.UP);
		final TensorEntry alpha = tensors.get(LoraKey.Part.ALPHA);
		if (down == null && up == null) {
			unknown.add(alpha.name());
			return;
		}
		if (down == null || up == null) throw Refusal.damaged(place(),
			"the tensor \"" + (down == null ? up : down).name() +
				"\" has no counterpart");
		for (final TensorEntry entry : tensors.values()) {
			if (!entry.type().isEngineType()) throw new InvalidInputException(
				"The tensor " + entry.name() + " of the LoRA " + place() +
					" is stored as " + entry.type() + "; F32, F16 or BF16 is needed.");
		}
		if (down.shape().length != 2 || up.shape().length != 2 || down
			.shape()[0] != up.shape()[1] || down.shape()[0] == 0)
			throw new InvalidInputException("The LoRA " + place() +
				" has factors that do not fit each other: " + down.name() + " is " +
				Arrays.toString(down.shape()) + ", " + up.name() + " is " + Arrays
					.toString(up.shape()) +
				"; (rank, in) and (out, rank) are needed. Choose another file.");
		final long rank = down.shape()[0];
		final double factor = alpha == null ? metadata.factor(module, rank)
			: number(alpha) / rank;
		if (!Double.isFinite(factor)) throw Refusal.damaged(place(),
			"the alpha of \"" + down.name() + "\" is not a number");
		modules.put(module, new Factors(down, up, factor));
	}

	private double number(final TensorEntry entry) {
		if (entry.elementCount() != 1) throw Refusal.damaged(place(),
			"the tensor \"" + entry.name() + "\" is not one number");
		final ByteBuffer bytes = checkpoint.read(entry);
		return switch (entry.type()) {
			case F32 -> bytes.getFloat();
			case BF16 -> Float.intBitsToFloat(bytes.getShort() << 16);
			default -> HalfFloat.toFloat(bytes.getShort());
		};
	}

	/** The file. */
	public Path place() {
		return checkpoint.place();
	}

	/**
	 * Names of tensors that mean nothing to this program, in the file's order;
	 * unmodifiable.
	 */
	public List<String> unknown() {
		return List.copyOf(unknown);
	}

	/** Layers that the file changes. */
	public int layers() {
		return modules.size();
	}

	/**
	 * Looks whether the file is still the one that was opened.
	 *
	 * @throws InvalidInputException if it has been changed, shortened or removed
	 *           since
	 */
	public void checkUnchanged() {
		checkpoint.checkUnchanged();
	}

	Map<String, Factors> modules() {
		return modules;
	}

	Checkpoint checkpoint() {
		return checkpoint;
	}

	static String example(final List<String> names) {
		return names.isEmpty() ? "" : " (such as \"" + names.get(0) + "\")";
	}
}
