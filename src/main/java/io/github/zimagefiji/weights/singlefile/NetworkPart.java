
package io.github.zimagefiji.weights.singlefile;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.weights.Checkpoint;
import io.github.zimagefiji.weights.TensorEntry;

/**
 * A network within a file, which may hold the others too, each under its own prefix, as ComfyUI's
 * checkpoints do.
 */
enum NetworkPart {

		TRANSFORMER("a transformer", "model.diffusion_model.", "diffusion_model."),
		TEXT_ENCODER("a Qwen3 text encoder", "text_encoders.qwen3_4b.transformer."),
		AUTOENCODER("an autoencoder", "first_stage_model.", "vae.");

	/** Everything beside the text encoder's own weights. */
	private static final String TEXT_ENCODERS = "text_encoders.";

	private final String kind;
	private final List<String> prefixes;

	NetworkPart(final String kind, final String... prefixes) {
		this.kind = kind;
		this.prefixes = List.of(prefixes);
	}

	/** What it is, with its article. */
	String kind() {
		return kind;
	}

	/**
	 * This network's tensors, without the prefix if the file has one.
	 *
	 * @throws InvalidInputException if the file has several prefixes, or tensors with and without
	 */
	Map<String, TensorEntry> select(final Checkpoint file) {
		final List<String> used = prefixes.stream()
			.filter(p -> file.entries().keySet().stream().anyMatch(n -> n.startsWith(p))).toList();
		if (used.isEmpty()) return file.entries();
		final Map<String, TensorEntry> mine = new LinkedHashMap<>();
		file.entries().forEach((name, entry) -> {
			if (name.startsWith(used.get(0))) mine.put(name.substring(used.get(0).length()), entry);
			else if (!belongsToOther(name)) throw new InvalidInputException(
				file.place() + " mixes names of tensors: some begin " + "with \"" + used.get(0) +
					"\", but not \"" + name + "\". Use a file as it was published.");
		});
		return mine;
	}

	private boolean belongsToOther(final String name) {
		return name.startsWith(TEXT_ENCODERS) || Stream.of(values()).filter(part -> part != this)
			.anyMatch(part -> part.prefixes.stream().anyMatch(name::startsWith));
	}

	/** Refuses tensors that have no place in such a network. */
	InvalidInputException unknown(final Checkpoint file, final List<String> names) {
		final String shown =
			names.stream().limit(3).map(n -> "\"" + n + "\"").collect(Collectors.joining(", "));
		return new InvalidInputException(
			file.place() + " is not " + kind + " of Z-Image, or holds more than one: " + names.size() +
				(names.size() == 1 ? " tensor has" : " tensors have") + " no place there (" + shown +
				(names.size() > 3 ? ", …" : "") + "). Choose another file.");
	}
}
