
package io.github.zimagefiji.weights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.zimagefiji.InvalidInputException;

/** Decides which file of a folder is the way into its weights. */
final class WeightsFolder {

	/** How the name of a list of shards ends, in the way of Hugging Face. */
	static final String INDEX_SUFFIX = ".safetensors.index.json";

	private static final String SUFFIX = ".safetensors";
	private static final List<String> WELL_KNOWN = List.of(
		"diffusion_pytorch_model", "model");
	private static final Pattern PICKLE = Pattern.compile(
		".*\\.(bin|pt|pth|ckpt|pkl)");
	private static final Pattern SHARD = Pattern.compile(
		".*-\\d+-of-0*([2-9]|[1-9]\\d+)\\.safetensors");

	private final Path folder;
	private final List<String> names;

	private WeightsFolder(final Path folder) {
		this.folder = folder;
		try (Stream<Path> files = Files.list(folder)) {
			// Names that start with a dot are helpers of the operating system, such
			// as "._model.safetensors".
			names = files.map(f -> f.getFileName().toString()).filter(n -> !n
				.startsWith(".")).sorted().collect(Collectors.toList());
		}
		catch (final IOException e) {
			throw Refusal.unreadable(folder, e);
		}
	}

	/**
	 * Finds the index of shards or the only file of weights. The names that
	 * diffusers and transformers write come before others, and an index before a
	 * single file.
	 *
	 * @throws InvalidInputException if there is none, or if it cannot be told
	 *           which one is meant
	 */
	static Path locate(final Path folder) {
		if (!Files.exists(folder)) throw new InvalidInputException("The folder " +
			folder +
			" does not exist. Choose another one, or download the model again.");
		if (!Files.isDirectory(folder)) throw new InvalidInputException(folder +
			" is not a folder. Choose the folder that holds the weights.");
		final WeightsFolder it = new WeightsFolder(folder);
		final String index = it.pick(INDEX_SUFFIX);
		if (index != null) return folder.resolve(index);
		final String single = it.pick(SUFFIX);
		if (single == null) throw it.nothingFound();
		return folder.resolve(single);
	}

	/**
	 * Refuses a file that is known by its name to hold something else.
	 *
	 * @throws InvalidInputException for Python pickles and GGUF files
	 */
	static void checkName(final Path file) {
		final String name = file.getFileName() == null ? "" : file.getFileName()
			.toString().toLowerCase(Locale.ROOT);
		if (PICKLE.matcher(name).matches()) throw Refusal.pickle(file);
		if (name.endsWith(".gguf")) throw Refusal.gguf(file);
	}

	private String pick(final String suffix) {
		final List<String> candidates = names.stream().filter(n -> n.endsWith(
			suffix)).collect(Collectors.toList());
		final List<String> preferred = candidates.stream().filter(n -> WELL_KNOWN
			.contains(n.substring(0, n.length() - suffix.length()))).collect(
				Collectors.toList());
		if (preferred.size() == 1) return preferred.get(0);
		if (candidates.isEmpty()) return null;
		candidates.forEach(this::checkComplete);
		if (candidates.size() == 1) return candidates.get(0);
		throw new InvalidInputException("The folder " + folder +
			" holds several sets of weights (" + String.join(", ", candidates.subList(
				0, Math.min(4, candidates.size()))) +
			"). Leave only one of them there.");
	}

	private void checkComplete(final String name) {
		if (SHARD.matcher(name).matches()) throw new InvalidInputException(folder
			.resolve(name) +
			" is one of several parts, but the list of them, a file that ends with " +
			INDEX_SUFFIX + ", is missing. Download that file as well.");
	}

	private InvalidInputException nothingFound() {
		names.forEach(n -> checkName(folder.resolve(n)));
		return new InvalidInputException("The folder " + folder +
			" holds no .safetensors file. Choose another folder, or download the model again.");
	}
}
