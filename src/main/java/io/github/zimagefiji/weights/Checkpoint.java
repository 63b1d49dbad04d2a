
package io.github.zimagefiji.weights;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.zimagefiji.error.EngineFailedException;
import io.github.zimagefiji.error.InvalidInputException;

/**
 * The weights of one network, from one safetensors file or several. Opening reads and checks the
 * headers only; no file stays open between calls. Instances are immutable and may be used from
 * several threads.
 */
public final class Checkpoint {

	private final Path place;
	private final List<Path> files;
	private final Map<String, String> metadata;
	private final Map<String, TensorEntry> entries;
	private final TensorReader reader;
	private final List<FileState> states;

	private Checkpoint(final Path place, final List<SafetensorsHeader> headers,
		final Map<String, TensorEntry> entries)
	{
		this.place = place;
		this.entries = Collections.unmodifiableMap(entries);
		files = headers.stream().map(SafetensorsHeader::file).toList();
		final Map<String, String> merged = new LinkedHashMap<>();
		headers.forEach(header -> header.metadata().forEach(merged::putIfAbsent));
		metadata = Collections.unmodifiableMap(merged);
		reader = TensorReader.bySystemProperty();
		states = files.stream().map(FileState::of).toList();
	}

	private Checkpoint(final Checkpoint other, final Map<String, TensorEntry> entries) {
		place = other.place;
		files = other.files;
		metadata = other.metadata;
		reader = other.reader;
		states = other.states;
		this.entries = Collections.unmodifiableMap(entries);
	}

	/**
	 * Opens the weights of a component folder: an index {@code *.safetensors.index.json} with its
	 * shards, else the only {@code *.safetensors} file. The names {@code diffusion_pytorch_model} and
	 * {@code model} come before others.
	 *
	 * @param componentFolder such as {@code transformer} in a model folder
	 * @throws InvalidInputException if the folder has no usable weights, or if a file is missing or
	 *           damaged
	 */
	public static Checkpoint open(final Path componentFolder) {
		return open(componentFolder, WeightsFolder.locate(componentFolder));
	}

	/**
	 * Opens a safetensors file, whatever its name, or an index with its shards.
	 *
	 * @throws InvalidInputException if it is missing, damaged or of another format
	 */
	public static Checkpoint openFile(final Path file) {
		WeightsFolder.checkName(file);
		return open(file, file);
	}

	private static Checkpoint open(final Path place, final Path source) {
		if (ShardIndex.isIndex(source)) {
			final ShardIndex index = ShardIndex.read(source);
			final List<SafetensorsHeader> shards = index.readShards();
			final Checkpoint all = new Checkpoint(place, shards, index.join(shards));
			WeightsFolder.rivals(source, index.weightMap().values()).forEach(all::checkSame);
			return all.withScales();
		}
		final SafetensorsHeader header = SafetensorsHeader.read(source);
		return new Checkpoint(place, List.of(header), header.entries()).withScales();
	}

	/** Programs differ in which of the two they read. */
	private void checkSame(final Path whole) {
		final SafetensorsHeader header = SafetensorsHeader.read(whole);
		if (Fingerprint.ofTensors(new Checkpoint(whole, List.of(header), header.entries()))
			.equals(Fingerprint.ofTensors(this))) return;
		throw new InvalidInputException(
			"The folder " + whole.toAbsolutePath().getParent() + " holds weights in parts and, in " +
				whole.getFileName() + ", other weights as a whole. Leave only those there that you want.");
	}

	/**
	 * Scales of FP8 tensors become part of their entries, and what else quantized files hold beside
	 * weights is left out.
	 */
	private Checkpoint withScales() {
		final Map<String, TensorEntry> scaled = new QuantizedTensors(this).resolve();
		return scaled == entries ? this : with(scaled);
	}

	/** The same files, of which other tensors count, or under other names. */
	public Checkpoint with(final Map<String, TensorEntry> others) {
		return new Checkpoint(this, others);
	}

	/**
	 * The tensors by name, in the order of the index or the header; unmodifiable.
	 */
	public Map<String, TensorEntry> entries() {
		return entries;
	}

	/** Whether there is a tensor of that name. */
	public boolean has(final String name) {
		return entries.containsKey(name);
	}

	/**
	 * Finds a tensor.
	 *
	 * @throws InvalidInputException if there is none of that name
	 */
	public TensorEntry entry(final String name) {
		final TensorEntry entry = entries.get(name);
		if (entry == null)
			throw new InvalidInputException("The tensor \"" + name + "\" is missing in " + place +
				". The weights are incomplete or belong to another kind of model; download them again.");
		return entry;
	}

	/**
	 * The same weights with shorter names: a leading {@code prefix} is dropped where it is there,
	 * other names stay.
	 *
	 * @param prefix such as {@code model.}
	 * @throws InvalidInputException if two tensors would have the same name then
	 */
	public Checkpoint withoutPrefix(final String prefix) {
		final Map<String, TensorEntry> shorter = new LinkedHashMap<>();
		entries.forEach((name, entry) -> {
			final boolean drop = name.startsWith(prefix) && name.length() > prefix.length();
			final String rest = drop ? name.substring(prefix.length()) : name;
			if (shorter.put(rest, entry.named(rest)) != null)
				throw new InvalidInputException("The tensor \"" + rest + "\" is in " + place +
					" both with and without the prefix \"" + prefix + "\". Download the weights again.");
		});
		return with(shorter);
	}

	/**
	 * A tensor's bytes: a map of its part of the file, or on network drives, where a lost connection
	 * would end the program, a copy. The system property {@code zimage.weights.map} overrides the
	 * choice with {@code always} or {@code never}, if it is set when the checkpoint is opened.
	 *
	 * @param entry one of {@link #entries()}
	 * @return a direct, read-only, little-endian buffer at position 0 with exactly
	 *         {@link TensorEntry#byteCount()} bytes; its address need not be a multiple of the
	 *         element size. Memory is released when the buffer is no longer referred to
	 * @throws InvalidInputException if the file cannot be read or has become shorter, or if the
	 *           tensor is larger than 2<sup>31</sup>-1 bytes
	 * @throws EngineFailedException if there is not enough memory for a copy
	 */
	public ByteBuffer read(final TensorEntry entry) {
		return reader.read(entry);
	}

	/**
	 * Whether all numbers of a tensor are 0 or -0, which costs the same memory whatever its size.
	 *
	 * @param entry one of {@link #entries()}
	 * @throws InvalidInputException if the file cannot be read
	 */
	public boolean isZero(final TensorEntry entry) {
		return ZeroTensor.is(entry);
	}

	/**
	 * Looks whether the files are still those that were opened. To be called before mapped tensors
	 * are used: if a file is shortened while native code reads them, the operating system ends the
	 * whole program, and nothing can catch that.
	 *
	 * @throws InvalidInputException if a file has been changed, shortened or removed since
	 */
	public void checkUnchanged() {
		states.forEach(FileState::check);
	}

	/**
	 * Refuses a file that is known by its name to hold something else than safetensors.
	 *
	 * @throws InvalidInputException for Python pickles and GGUF files
	 */
	public static void checkName(final Path file) {
		WeightsFolder.checkName(file);
	}

	/**
	 * Whether {@link #read} maps the files; if not, what is read is a copy in memory.
	 */
	public boolean isMapped() {
		return files.stream().allMatch(reader::maps);
	}

	/**
	 * The files' metadata, such as {@code format: pt}; of equal names the first file's; unmodifiable.
	 */
	public Map<String, String> metadata() {
		return metadata;
	}

	/** The bytes of all tensors together, headers not counted. */
	public long byteCount() {
		return entries.values().stream().mapToLong(TensorEntry::byteCount).sum();
	}

	/** The safetensors files; unmodifiable. */
	public List<Path> files() {
		return files;
	}

	/** The folder or the file that was opened. */
	public Path place() {
		return place;
	}
}
