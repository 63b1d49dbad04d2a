
package io.github.zimagefiji.weights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.zimagefiji.error.InvalidInputException;

/** Decides which file of a folder is the way into its weights. */
final class WeightsFolder {

	/** How the name of a list of shards ends, in the way of Hugging Face. */
	private static final String INDEX_SUFFIX = ".safetensors.index.json";
	/** The same of a variant, such as {@code .safetensors.index.fp16.json}. */
	private static final Pattern INDEX =
		Pattern.compile("(.+)\\.safetensors\\.index(\\.[A-Za-z0-9_-]+)?\\.json");
	private static final Pattern WHOLE = Pattern.compile("(.+)()\\.safetensors");
	private static final List<String> WELL_KNOWN = List.of("diffusion_pytorch_model", "model");
	private static final Pattern PICKLE = Pattern.compile(".*\\.(bin|pt|pth|ckpt|pkl)");
	private static final Pattern SHARD =
		Pattern.compile(".*-\\d+-of-0*([2-9]|[1-9]\\d+)(\\.[A-Za-z0-9_-]+)?\\.safetensors");

	private final Path folder;
	private final List<String> names;

	private WeightsFolder(final Path folder) {
		this.folder = folder;
		try (Stream<Path> files = Files.list(folder)) {
			// Names that start with a dot are helpers of the operating system, such
			// as "._model.safetensors".
			names = files.map(f -> f.getFileName().toString()).filter(n -> !n.startsWith(".")).sorted()
				.toList();
		}
		catch (final IOException e) {
			throw Refusal.unreadable(folder, e);
		}
	}

	/**
	 * Finds the index of shards or the only file of weights. The names that diffusers and
	 * transformers write come before others, such as those of variants, and an index before a single
	 * file.
	 *
	 * @throws InvalidInputException if there is none, or if it cannot be told which one is meant
	 */
	static Path locate(final Path folder) {
		if (!Files.exists(folder)) throw new InvalidInputException(
			"The folder " + folder + " does not exist. Choose another one, or download the model again.");
		if (!Files.isDirectory(folder)) throw new InvalidInputException(
			folder + " is not a folder. Choose the folder that holds the weights.");
		final WeightsFolder it = new WeightsFolder(folder);
		final String plain = it.plain(INDEX);
		if (plain != null) return folder.resolve(plain);
		final String unusual = it.only(INDEX, stem -> stem.indexOf('.') < 0);
		if (unusual != null) return folder.resolve(unusual);
		final String whole = it.plain(WHOLE);
		if (whole != null) return folder.resolve(whole);
		final String index = it.only(INDEX, stem -> true);
		if (index != null) return folder.resolve(index);
		final String single = it.only(WHOLE, stem -> true);
		if (single == null) throw it.nothingFound();
		return folder.resolve(single);
	}

	/** Whether a file is an index by its name. */
	static boolean isIndex(final Path file) {
		return INDEX.matcher(String.valueOf(file.getFileName())).matches();
	}

	/**
	 * The whole files beside an index that claim to be the same weights: those named as it, or as
	 * diffusers and transformers name them.
	 *
	 * @param index in this folder
	 * @param listed names of its shards
	 */
	static List<Path> rivals(final Path index, final Collection<String> listed) {
		final Matcher own = INDEX.matcher(index.getFileName().toString());
		if (!own.matches()) return List.of();
		final String variant = own.group(2) == null ? "" : own.group(2);
		return new WeightsFolder(index.toAbsolutePath().getParent()).names.stream()
			.filter(name -> !listed.contains(name) && WHOLE.matcher(name).matches()).filter(name -> {
				final String stem = stem(WHOLE, name);
				return stem.equals(own.group(1) + variant) ||
					variant.isEmpty() && WELL_KNOWN.contains(stem);
			}).map(index::resolveSibling).toList();
	}

	/** The name of a set of weights; empty for files of other kinds. */
	private static String stem(final Pattern kind, final String name) {
		final Matcher matcher = kind.matcher(name);
		if (!matcher.matches()) return "";
		return matcher.group(1) + (matcher.group(2) == null ? "" : matcher.group(2));
	}

	/**
	 * Refuses a file that is known by its name to hold something else.
	 *
	 * @throws InvalidInputException for Python pickles and GGUF files
	 */
	static void checkName(final Path file) {
		final String name =
			file.getFileName() == null ? "" : file.getFileName().toString().toLowerCase(Locale.ROOT);
		if (PICKLE.matcher(name).matches()) throw Refusal.pickle(file);
		if (name.endsWith(".gguf")) throw Refusal.gguf(file);
	}

	/** The one that is named as diffusers or transformers do, if it is one. */
	private String plain(final Pattern kind) {
		final List<String> plain =
			names.stream().filter(n -> WELL_KNOWN.contains(stem(kind, n))).toList();
		if (plain.size() > 1) throw several(plain);
		return plain.isEmpty() ? null : plain.get(0);
	}

	/** The only one of a kind; null if there is none. */
	private String only(final Pattern kind, final Predicate<String> which) {
		final List<String> candidates =
			names.stream().filter(n -> !stem(kind, n).isEmpty() && which.test(stem(kind, n))).toList();
		if (candidates.isEmpty()) return null;
		candidates.forEach(this::checkComplete);
		if (candidates.size() == 1) return candidates.get(0);
		throw several(candidates);
	}

	private InvalidInputException several(final List<String> candidates) {
		return new InvalidInputException("The folder " + folder + " holds several sets of weights (" +
			String.join(", ", candidates.subList(0, Math.min(4, candidates.size()))) +
			"). Leave only one of them there.");
	}

	private void checkComplete(final String name) {
		if (SHARD.matcher(name).matches()) throw new InvalidInputException(folder.resolve(name) +
			" is one of several parts, but the list of them, a file that ends with " + INDEX_SUFFIX +
			", is missing. Download that file as well.");
	}

	private InvalidInputException nothingFound() {
		names.forEach(n -> checkName(folder.resolve(n)));
		return new InvalidInputException("The folder " + folder +
			" holds no .safetensors file. Choose another folder, or download the model again.");
	}
}
