
package io.github.zimagefiji.golden;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import io.github.zimagefiji.engine.Tensor;
import io.github.zimagefiji.engine.TensorScope;
import io.github.zimagefiji.request.ComputeOptions;
import io.github.zimagefiji.request.Precision;
import io.github.zimagefiji.weights.Checkpoint;
import io.github.zimagefiji.weights.TensorEntry;

/** One file of the reference's tensors. */
public final class Golden {

	/** Computes as the reference does, by one thread of the processor. */
	public static final ComputeOptions FLOAT32 = new ComputeOptions("cpu", Precision.FLOAT32, 1);

	private static final Path FOLDER = folder();

	private final String name;
	private final Checkpoint checkpoint;

	private Golden(final String name, final Path file) {
		this.name = name;
		checkpoint = Checkpoint.openFile(file);
	}

	/** A file of {@code golden/golden}, without its ending. */
	public static Golden of(final String name) {
		return new Golden(name, path("golden/" + name + ".safetensors"));
	}

	/** Another file of the reference's tensors. */
	public static Golden of(final String name, final Path file) {
		return new Golden(name, file);
	}

	/** A file or folder of {@code golden}. */
	public static Path path(final String relative) {
		return FOLDER.resolve(relative);
	}

	private static Path folder() {
		try {
			final Path folder =
				Path.of(Golden.class.getResource("/golden/expected.json").toURI()).getParent();
			PackedFiles.unpack(folder.resolve("packed"), folder);
			return folder;
		}
		catch (final URISyntaxException | IOException e) {
			throw new IllegalStateException(e);
		}
	}

	/** A text file of {@code golden}. */
	public static String text(final String relative) {
		try {
			return Files.readString(path(relative));
		}
		catch (final IOException e) {
			throw new IllegalStateException(e);
		}
	}

	/** The model folder. */
	public static Path model() {
		return path("model");
	}

	/** What the run of this file was asked for, from {@code expected.json}. */
	public JsonObject config() {
		return JsonParser.parseString(text("expected.json")).getAsJsonObject().getAsJsonObject("golden")
			.getAsJsonObject("golden/" + name + ".safetensors").getAsJsonObject("config");
	}

	public String name() {
		return name;
	}

	public boolean has(final String tensor) {
		return checkpoint.has(tensor);
	}

	public long[] shape(final String tensor) {
		return checkpoint.entry(tensor).shape();
	}

	/** A tensor's values, row-major, whatever their type. */
	public float[] floats(final String tensor) {
		final TensorEntry entry = checkpoint.entry(tensor);
		final ByteBuffer bytes = checkpoint.read(entry).order(ByteOrder.LITTLE_ENDIAN);
		final float[] values = new float[(int) entry.elementCount()];
		for (int i = 0; i < values.length; i++) {
			values[i] = switch (entry.type()) {
				case F32 -> bytes.getFloat();
				case BF16 -> Float.intBitsToFloat(bytes.getShort() << 16);
				case F64 -> (float) bytes.getDouble();
				case I32 -> bytes.getInt();
				case I64 -> bytes.getLong();
				case U8 -> bytes.get() & 0xFF;
				default -> throw new IllegalStateException(entry.toString());
			};
		}
		return values;
	}

	/** A tensor in a scope, optionally in another shape. */
	public Tensor tensor(final TensorScope scope, final String tensor, final long... shape) {
		return scope.floats(floats(tensor), shape.length == 0 ? shape(tensor) : shape);
	}
}
