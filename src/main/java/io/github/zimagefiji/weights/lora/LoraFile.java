
package io.github.zimagefiji.weights.lora;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.weights.Checkpoint;
import io.github.zimagefiji.weights.Refusal;
import io.github.zimagefiji.weights.StoredNumber;
import io.github.zimagefiji.weights.TensorEntry;

/**
 * A low-rank adaptation (LoRA, arXiv 2106.09685) or one of its relatives (LoHa, LoKr, DoRA,
 * differences of weights) as a safetensors file, under any of the names that PEFT, diffusers,
 * kohya, LyCORIS, VideoX-Fun and ComfyUI give its tensors. Only the header, the scalars and the
 * settings are read; the rest is read when a transformer is loaded with it.
 */
public final class LoraFile {

	/** A file whose strength is above this is damaged. */
	private static final double STRONGEST = 10_000;

	/** Relatives that change weights in other ways than by adding. */
	private static final Map<String, Pattern> OTHER_KINDS =
		Map.of("GLoRA", Pattern.compile(".+[._](?:a1|a2|b1|b2|bm)\\.weight"), "OFT",
			Pattern.compile(".+[._]b?oft_\\w+(?:\\..+)?"), "IA3",
			Pattern.compile(".+[._](?:ia3_\\w+|on_input)(?:\\..+)?"), "VeRA",
			Pattern.compile(".+[._]vera_\\w+(?:\\..+)?"), "AdaLoRA",
			Pattern.compile(".+[._]lora_E(?:\\..+)?"));

	private final Checkpoint checkpoint;
	private final Map<String, LoraModule> modules = new LinkedHashMap<>();
	private final List<String> unknown = new ArrayList<>();
	private final List<LoraSettings> settings;

	private LoraFile(final Checkpoint checkpoint) {
		this.checkpoint = checkpoint;
		checkpoint.entries().forEach(this::put);
		if (modules.values().stream().noneMatch(LoraModule::isChange)) throw new InvalidInputException(
			place() + " is not a LoRA: none of its " + checkpoint.entries().size() + " tensors" +
				example(List.copyOf(checkpoint.entries().keySet())) +
				" is named as one. Choose a file with names such as layers.0.attention.to_q.lora_A.weight.");
		settings = LoraSettingsReader.read(place(), checkpoint.metadata());
		if (settings.stream().anyMatch(LoraSettings::decomposed) &&
			modules.values().stream().allMatch(m -> m.part(LoraKey.Part.MAGNITUDE) == null))
			throw Refusal.damaged(place(),
				"its settings say that it is a DoRA, but the lengths of the weights (lora_magnitude_vector) are missing");
	}

	/**
	 * Opens a file.
	 *
	 * @throws InvalidInputException if it is damaged, no LoRA, incomplete, or of a kind that this
	 *           program cannot add
	 */
	public static LoraFile open(final Path file) {
		if (Files.isDirectory(file)) throw new InvalidInputException("The LoRA " + file +
			" is a folder. Choose the .safetensors file in it, such as adapter_model.safetensors or " +
			"pytorch_lora_weights.safetensors.");
		return new LoraFile(Checkpoint.openFile(file));
	}

	/** The settings that lie beside a LoRA's file, if there are any. */
	public static Optional<Path> settingsFile(final Path file) {
		return Optional.of(LoraSettingsReader.config(file)).filter(Files::isRegularFile);
	}

	private void put(final String name, final TensorEntry entry) {
		OTHER_KINDS.forEach((kind, pattern) -> {
			if (name.length() <= LoraKey.LONGEST && pattern.matcher(name).matches())
				throw new InvalidInputException(
					"The LoRA " + place() + " is of the kind " + kind + " (it has the tensor \"" + name +
						"\"), which is not supported. Choose a LoRA, LoHa or LoKr.");
		});
		if (LoraKey.isScaleOfFactor(name)) throw new InvalidInputException("The LoRA " + place() +
			" holds the scale \"" + name +
			"\", of which it is not known how it counts. Use a file with BF16, F16 or F32 weights, or FP8 with one scale " +
			"for each tensor.");
		final Optional<LoraKey> key = LoraKey.parse(name);
		if (key.isEmpty()) unknown.add(name);
		else modules.computeIfAbsent(key.get().module(), m -> new LoraModule(place(), key.get()))
			.put(key.get().part(), entry);
	}

	/**
	 * How strongly a layer's change counts by the file itself.
	 *
	 * @param change of the layer; its rank counts
	 * @param names the layer's names in the model and in the file
	 * @throws InvalidInputException if that cannot be understood
	 */
	LoraStrength strength(final LoraModule module, final LayerChange change,
		final List<String> names)
	{
		final LoraStrength strength = found(module, change, names);
		if (!Double.isFinite(strength.factor()) || Math.abs(strength.factor()) > STRONGEST)
			throw Refusal.damaged(place(), "the alpha of \"" + change.entries().get(0).name() +
				"\" gives the strength " + strength.factor());
		return strength;
	}

	private LoraStrength found(final LoraModule module, final LayerChange change,
		final List<String> names)
	{
		final TensorEntry alpha = module.part(LoraKey.Part.ALPHA);
		if (alpha != null) {
			final double value = StoredNumber.read(checkpoint, alpha);
			if (!Double.isFinite(value))
				throw Refusal.damaged(place(), "the alpha \"" + alpha.name() + "\" is not a number");
			if (LoraModule.isWithoutRank(change)) return new LoraStrength(1, "whole factors");
			if (value == 0) throw Refusal.damaged(place(),
				"the alpha \"" + alpha.name() + "\" is 0, which would leave nothing");
			return new LoraStrength(value / change.rank(), "alpha over rank by its tensors");
		}
		LoraStrength found = null;
		for (final LoraSettings each : settings) {
			final double factor = factor(each, change, names);
			if (found != null && Math.abs(found.factor() - factor) > 1e-6 * Math.abs(factor))
				throw new InvalidInputException(
					"The strength of the LoRA " + place() + " cannot be understood: for " + names.get(0) +
						" it is " + LoraStrength.text(found.factor()) + " (" + found.source() + ") and " +
						LoraStrength.text(factor) + " (alpha over rank by " + each.source() +
						"). Leave the settings that belong to the file, and remove the others.");
			if (found == null) found = new LoraStrength(factor,
				(each.rootOfRank() ? "alpha over the root of the rank by " : "alpha over rank by ") +
					each.source());
		}
		if (found != null) return found;
		return new LoraStrength(1,
			LoraModule.isWithoutRank(change) ? "whole factors" : "no alpha is given");
	}

	private double factor(final LoraSettings from, final LayerChange change,
		final List<String> names)
	{
		try {
			return from.factor(names, change.rank(), place().toString());
		}
		catch (final NamePatterns.TooMuchWorkException e) {
			throw new InvalidInputException(
				"The settings of the LoRA " + place() + ", in " + from.source() +
					", have expressions for names of layers that would take too long. Choose another file.",
				e);
		}
	}

	/** The file. */
	public Path place() {
		return checkpoint.place();
	}

	/**
	 * Names of tensors that mean nothing to this program, in the file's order; unmodifiable.
	 */
	public List<String> unknown() {
		return List.copyOf(unknown);
	}

	/** Layers that the file has tensors for. */
	public int layers() {
		return modules.size();
	}

	/**
	 * Looks whether the file is still the one that was opened.
	 *
	 * @throws InvalidInputException if it has been changed, shortened or removed since
	 */
	public void checkUnchanged() {
		checkpoint.checkUnchanged();
	}

	/** By {@link LoraModule#module}. */
	Map<String, LoraModule> modules() {
		return modules;
	}

	Checkpoint checkpoint() {
		return checkpoint;
	}

	static String example(final List<String> names) {
		return names.isEmpty() ? "" : " (such as \"" + names.get(0) + "\")";
	}
}
