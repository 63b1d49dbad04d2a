
package io.github.zimagefiji.weights;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.fields.Fields;

/**
 * Turns the JSON of one safetensors header into entries, believing none of it.
 */
final class HeaderParser {

	/** PyTorch's own limit of dimensions. */
	private static final int MAX_DIMENSIONS = 64;

	private final Path file;
	private final long dataStart;
	private final long dataBytes;
	private final Map<String, String> metadata = new LinkedHashMap<>();
	private final Map<String, TensorEntry> entries = new LinkedHashMap<>();

	/**
	 * @param file the file
	 * @param dataStart offset of the first byte after the header
	 * @param fileBytes length of the file
	 */
	HeaderParser(final Path file, final long dataStart, final long fileBytes) {
		this.file = file;
		this.dataStart = dataStart;
		dataBytes = fileBytes - dataStart;
	}

	/**
	 * Reads a header.
	 *
	 * @throws InvalidInputException if it does not follow the format
	 */
	SafetensorsHeader parse(final byte[] bytes) {
		// A byte order mark or white space before the brace is not allowed,
		// although JSON readers accept it.
		if (bytes.length == 0 || bytes[0] != '{')
			throw Refusal.damaged(file, "its header is not a JSON object");
		WeightsJson.read(file, "its header", bytes, (key, value) -> {
			if (!key.equals("__metadata__")) entries.put(key, tensor(value.section(key), key));
			else if (!value.value(key).isJsonNull()) {
				final Fields texts = value.section(key);
				texts.names().forEach(name -> metadata.put(name, texts.text(name)));
			}
		});
		checkCoverage();
		return new SafetensorsHeader(file, Collections.unmodifiableMap(metadata),
			Collections.unmodifiableMap(entries));
	}

	private TensorEntry tensor(final Fields tensor, final String name) {
		final boolean whole = tensor.has("dtype") && tensor.has("shape") && tensor.has("data_offsets");
		final long[] offsets = whole ? tensor.longs("data_offsets", 2) : new long[0];
		if (offsets.length != 2) throw damaged(name, "lacks its dtype, shape or data_offsets");
		return entry(name, tensor.text("dtype"), tensor.longs("shape", MAX_DIMENSIONS), offsets[0],
			offsets[1]);
	}

	private TensorEntry entry(final String name, final String label, final long[] shape,
		final long start, final long end)
	{
		final StoredType type = StoredType.named(label)
			.orElseThrow(() -> new InvalidInputException("The tensor \"" + name + "\" of " + file +
				" is stored as \"" + label + "\", which is not known here" +
				(label.matches("F[46].*") ? " (NVFP4 and MXFP4 files have it). " : ". ") +
				"Use a file with float32, float16 or bfloat16 weights."));
		if (start < 0 || start > end)
			throw damaged(name, "has the impossible offsets " + start + " to " + end);
		final long bytes = byteCount(name, type, shape);
		if (bytes != end - start) throw damaged(name, "of shape " + Arrays.toString(shape) +
			" and type " + type + " needs " + bytes + " bytes but has " + (end - start));
		if (end > dataBytes)
			throw damaged(name, "ends " + (end - dataBytes) + " bytes beyond the end of the file");
		return new TensorEntry(name, type, shape, file, dataStart + start, bytes);
	}

	private long byteCount(final String name, final StoredType type, final long[] shape) {
		long bytes = type.bytes();
		try {
			for (final long extent : shape) {
				if (extent < 0) throw damaged(name, "has the impossible shape " + Arrays.toString(shape));
				bytes = Math.multiplyExact(bytes, extent);
			}
		}
		catch (final ArithmeticException e) {
			throw damaged(name, "has the impossible shape " + Arrays.toString(shape));
		}
		return bytes;
	}

	/**
	 * The format allows neither holes nor overlaps, so that every byte of a file has exactly one
	 * meaning.
	 */
	private void checkCoverage() {
		final List<TensorEntry> sorted = new ArrayList<>(entries.values());
		sorted.sort(
			Comparator.comparingLong(TensorEntry::position).thenComparingLong(TensorEntry::byteCount));
		long next = dataStart;
		for (final TensorEntry entry : sorted) {
			if (entry.position() < next) throw damaged(entry.name(), "overlaps another one");
			if (entry.position() > next) throw damaged(entry.name(),
				"follows a gap of " + (entry.position() - next) + " bytes that belong to no tensor");
			next += entry.byteCount();
		}
		final long rest = dataStart + dataBytes - next;
		if (rest != 0) throw Refusal.damaged(file, rest + " bytes at its end belong to no tensor");
	}

	private InvalidInputException damaged(final String name, final String what) {
		return Refusal.damaged(file, "the tensor \"" + name + "\" " + what);
	}
}
