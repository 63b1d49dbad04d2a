
package io.github.zimagefiji.weights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.fields.Fields;

/**
 * The list that says which shard holds which tensor, in the way of Hugging Face:
 * <code>{"metadata": …, "weight_map": {tensor: file}}</code>.
 *
 * @param file the index
 * @param weightMap names of shards relative to the index, by tensor
 */
record ShardIndex(Path file, Map<String, String> weightMap) {

	/** Whether a file is an index by its name. */
	static boolean isIndex(final Path file) {
		return WeightsFolder.isIndex(file);
	}

	/**
	 * Reads an index.
	 *
	 * @throws InvalidInputException if it is not one, or if it leads out of its folder
	 */
	static ShardIndex read(final Path file) {
		final Map<String, String> weightMap = new LinkedHashMap<>();
		WeightsJson.read(file, "the index", bytes(file), (key, value) -> {
			if (!key.equals("weight_map")) return;
			final Fields map = value.section(key);
			map.names().forEach(tensor -> weightMap.put(tensor, map.text(tensor)));
		});
		if (weightMap.isEmpty())
			throw Refusal.damaged(file, "the index has no weight_map or an empty one");
		final ShardIndex index = new ShardIndex(file, weightMap);
		new LinkedHashSet<>(weightMap.values()).forEach(index::checkName);
		return index;
	}

	/**
	 * Reads the headers of all shards.
	 *
	 * @throws InvalidInputException if one is missing or damaged
	 */
	List<SafetensorsHeader> readShards() {
		final List<SafetensorsHeader> shards = new ArrayList<>();
		for (final String name : new LinkedHashSet<>(weightMap.values())) {
			final Path shard = file.resolveSibling(name);
			if (!Files.exists(shard)) throw new InvalidInputException(
				shard + " is missing, although " + file.getFileName() + " lists it. Download that file.");
			shards.add(SafetensorsHeader.read(shard));
		}
		return shards;
	}

	/**
	 * Puts the shards' tensors together: those of the index in its order, then, as in the reference,
	 * any others.
	 *
	 * @throws InvalidInputException if index and shards contradict each other
	 */
	Map<String, TensorEntry> join(final List<SafetensorsHeader> shards) {
		final Map<String, SafetensorsHeader> byFile = new LinkedHashMap<>();
		shards.forEach(shard -> byFile.put(shard.file().toString(), shard));
		final Map<String, TensorEntry> joined = new LinkedHashMap<>();
		weightMap.forEach((tensor, name) -> {
			final Path shard = file.resolveSibling(name);
			final TensorEntry entry = byFile.get(shard.toString()).entries().get(tensor);
			if (entry == null) throw Refusal.damaged(shard,
				"it lacks the tensor \"" + tensor + "\", which " + file.getFileName() + " places there");
			joined.put(tensor, entry);
		});
		for (final SafetensorsHeader shard : shards) {
			shard.entries().forEach((tensor, entry) -> {
				final TensorEntry other = joined.putIfAbsent(tensor, entry);
				if (other != null && !other.equals(entry)) throw new InvalidInputException(
					"The tensor \"" + tensor + "\" is in both " + other.file() + " and " + entry.file() +
						". The files belong to different downloads; download both again.");
			});
		}
		return joined;
	}

	private static byte[] bytes(final Path file) {
		try {
			if (Files.size(file) > SafetensorsHeader.MAX_BYTES)
				throw Refusal.damaged(file, "it is too large for an index");
			return Files.readAllBytes(file);
		}
		catch (final IOException e) {
			throw Refusal.unreadable(file, e);
		}
	}

	/**
	 * Names may lead into sub-folders, never out of the folder, on no operating system. Only the name
	 * counts: in a cache of Hugging Face the file itself is a link to elsewhere.
	 */
	private void checkName(final String name) {
		boolean safe = name.chars().noneMatch(c -> c == '\\' || c == ':' || c < ' ');
		for (final String part : name.split("/", -1)) {
			// Windows drops dots and spaces at the end, so that ".. ." would be "..".
			safe &= !part.matches("[. ]*");
		}
		try {
			safe &= !Path.of(name).isAbsolute();
		}
		catch (final InvalidPathException e) {
			safe = false;
		}
		if (!safe) throw new InvalidInputException(file + " points to \"" + name +
			"\", which is not a plain file of the same folder. Do not use this model; " +
			"download it from a source you trust.");
		WeightsFolder.checkName(file.resolveSibling(name));
		if (!name.endsWith(".safetensors")) throw Refusal.damaged(file,
			"it points to \"" + name + "\", which is not a .safetensors file");
	}
}
