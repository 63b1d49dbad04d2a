import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Writes a model folder that has Z-Image-Turbo's size, file layout, tensor names and shapes, but random weights.
 * <p>
 * Speed, memory and file handling can so be measured, and compared with other programs, without downloading the real
 * model. Images made with it are noise. The weights are scaled so that activations stay near 1: results are finite in
 * bfloat16 and float32, and the same seed gives the same weights in both, up to rounding.
 *
 * <pre>
 * java -Xmx256m scripts/stand-in/FullSizeModel.java --output DIR --tokenizer tokenizer.json [--layers 30]
 *     [--text-layers 36] [--precision bfloat16|float32] [--width 3840] [--seed 0]
 * </pre>
 *
 * {@code --layers} are the transformer's main blocks, {@code --text-layers} the text encoder's. {@code --tokenizer} is
 * Qwen3's {@code tokenizer.json}, or a folder with it; the tokenizer's other files are taken along from there.
 */
public final class FullSizeModel {

	private final Options options;

	private FullSizeModel(final Options options) {
		this.options = options;
	}

	/** Writes the folder, or says in a sentence why it cannot: exit status 0, 1 (files), 2 (arguments). */
	public static void main(final String[] arguments) {
		try {
			new FullSizeModel(Options.parse(arguments)).write();
		}
		catch (final IllegalArgumentException e) {
			System.err.println(e.getMessage());
			System.exit(2);
		}
		catch (final IOException | UncheckedIOException e) {
			System.err.println("The model could not be written; check the path, its permissions and the disk: " + e);
			System.exit(1);
		}
	}

	private void write() throws IOException {
		final List<Component> components = List.of(TextEncoder.component(options.textLayers(), options.format()),
			Transformer.component(options.layers(), options.width()), Autoencoder.component());
		final Path output = options.output();
		prepare(output, components);
		Texts.pipeline().forEach((name, text) -> create(output.resolve(name), text));
		copyTokenizer(output.resolve("tokenizer"));
		final Weights weights = new Weights(options.format(), options.seed());
		for (final Component component : components) {
			final Path folder = Files.createDirectories(output.resolve(component.folder()));
			create(folder.resolve("config.json"), component.config());
			new ComponentWriter(folder, component, weights).write();
		}
	}

	/** Refuses a folder with content and a disk without room, before the first byte is written. */
	private void prepare(final Path output, final List<Component> components) throws IOException {
		if (Files.exists(output)) {
			if (!Files.isDirectory(output)) throw new IllegalArgumentException(output +
				" is a file; name a new folder.");
			try (var content = Files.list(output)) {
				if (content.findAny().isPresent()) throw new IllegalArgumentException(output +
					" is not empty, and nothing is overwritten; name a new folder.");
			}
		}
		Files.createDirectories(output);
		final long values = components.stream().mapToLong(Component::values).sum();
		final long bytes = values * options.format().bytes();
		final long free = Files.getFileStore(output).getUsableSpace();
		System.out.printf(Locale.ROOT, "%,d values as %s: %.2f GB%n", values, options.format(), bytes / 1e9);
		// The margin is for the tokenizer, headers and the file system's own needs.
		if (free < bytes + 100_000_000L) throw new IllegalArgumentException(String.format(Locale.ROOT,
			"The model needs %.1f GB, but only %.1f GB are free at %s; choose another disk.", bytes / 1e9, free / 1e9,
			output));
	}

	private void copyTokenizer(final Path target) throws IOException {
		Files.createDirectories(target);
		final Path source = options.tokenizer();
		for (final String name : List.of("tokenizer.json", "tokenizer_config.json", "merges.txt", "vocab.json")) {
			final Path file = source.resolveSibling(name);
			if (name.equals("tokenizer.json")) Files.copy(source, target.resolve(name));
			else if (Files.exists(file)) Files.copy(file, target.resolve(name));
		}
		final Path config = target.resolve("tokenizer_config.json");
		if (Files.notExists(config)) create(config, Texts.TOKENIZER_CONFIG);
	}

	/** Writes a text file whose name is new. */
	static void create(final Path file, final String text) {
		try {
			Files.createDirectories(file.getParent());
			Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}
}

/** How a weight is stored. */
enum Format {
	BFLOAT16(2, "BF16"), FLOAT32(4, "F32");

	private final int bytes;
	private final String code;

	Format(final int bytes, final String code) {
		this.bytes = bytes;
		this.code = code;
	}

	/** Bytes of one value. */
	int bytes() {
		return bytes;
	}

	/** The name in a safetensors header. */
	String code() {
		return code;
	}

	/** The name in Python, and in the command line. */
	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}
}

/**
 * The command line, checked.
 *
 * @param output a folder that does not exist or is empty
 * @param tokenizer an existing tokenizer.json
 * @param layers main blocks of the transformer, 1 to 1000
 * @param textLayers layers of the text encoder, 2 to 1000, because the output of the last but one is used
 * @param format of all weights
 * @param width channels of the transformer, a multiple of the head's 128
 * @param seed of all weights
 */
record Options(Path output, Path tokenizer, int layers, int textLayers, Format format, int width, long seed) {

	private static final Map<String, String> DEFAULTS = Map.of("--layers", "30", "--text-layers", "36", "--precision",
		"bfloat16", "--width", "3840", "--seed", "0", "--output", "", "--tokenizer", "");

	/** @throws IllegalArgumentException with a sentence for the person, if an argument is unknown or out of range */
	static Options parse(final String[] arguments) {
		final Map<String, String> values = new TreeMap<>(DEFAULTS);
		for (int i = 0; i < arguments.length; i += 2) {
			if (!DEFAULTS.containsKey(arguments[i]) || i + 1 == arguments.length) throw new IllegalArgumentException(
				"Unknown option, or no value, at \"" + arguments[i] + "\". Options: " + values.keySet());
			values.put(arguments[i], arguments[i + 1]);
		}
		final int width = number(values, "--width", 128, 128 * 128);
		if (width % 128 != 0) throw new IllegalArgumentException("--width is " + width + "; use a multiple of 128.");
		return new Options(path(values, "--output").toAbsolutePath(), tokenizer(path(values, "--tokenizer")), //
			number(values, "--layers", 1, 1000), number(values, "--text-layers", 2, 1000),
			format(values.get("--precision")), width, number(values, "--seed", 0, Integer.MAX_VALUE));
	}

	private static Path path(final Map<String, String> values, final String name) {
		if (values.get(name).isEmpty()) throw new IllegalArgumentException("Say " + name + " and a path.");
		return Path.of(values.get(name));
	}

	private static Path tokenizer(final Path path) {
		final Path file = (Files.isDirectory(path) ? path.resolve("tokenizer.json") : path).toAbsolutePath();
		if (!Files.isRegularFile(file)) throw new IllegalArgumentException("There is no tokenizer at " + file +
			"; name Qwen3's tokenizer.json.");
		return file;
	}

	private static Format format(final String name) {
		for (final Format format : Format.values())
			if (format.toString().equals(name)) return format;
		throw new IllegalArgumentException("--precision is \"" + name + "\"; use bfloat16 or float32.");
	}

	private static int number(final Map<String, String> values, final String name, final int low, final int high) {
		final String text = values.get(name);
		if (text.matches("\\d{1,10}") && Long.parseLong(text) >= low && Long.parseLong(text) <= high)
			return Integer.parseInt(text);
		throw new IllegalArgumentException(name + " is \"" + text + "\"; use a whole number from " + low + " to " +
			high + ".");
	}
}

/**
 * One tensor to be written: normally distributed values.
 *
 * @param name the key in the file
 * @param shape outermost dimension first
 * @param mean of the values
 * @param deviation standard deviation of the values
 */
record Tensor(String name, long[] shape, double mean, double deviation) {

	/** The number of values. */
	long values() {
		return LongStream.of(shape).reduce(1, Math::multiplyExact);
	}
}

/** The tensors of one network, collected in the order of the file. */
final class Tensors {

	private final List<Tensor> list = new ArrayList<>();

	List<Tensor> list() {
		return List.copyOf(list);
	}

	/** (outputs, inputs) and no bias; outputs are {@code gain} times as large as inputs. */
	void linear(final String name, final long outputs, final long inputs, final double gain) {
		add(name + ".weight", gain / Math.sqrt(inputs), 0, outputs, inputs);
	}

	/** {@link #linear} with a bias of (outputs), which is small. */
	void biasedLinear(final String name, final long outputs, final long inputs, final double gain) {
		linear(name, outputs, inputs, gain);
		add(name + ".bias", 0.02, 0, outputs);
	}

	/** (outputs, inputs, size, size) and its bias. */
	void convolution(final String name, final long outputs, final long inputs, final long size) {
		add(name + ".weight", 1 / Math.sqrt(inputs * size * size), 0, outputs, inputs, size, size);
		add(name + ".bias", 0.02, 0, outputs);
	}

	/** The (channels) factors of a norm, near 1. */
	void norm(final String name, final long channels) {
		add(name + ".weight", 0.02, 1, channels);
	}

	/** The factors and shifts of a group norm. */
	void groupNorm(final String name, final long channels) {
		norm(name, channels);
		add(name + ".bias", 0.02, 0, channels);
	}

	void add(final String name, final double deviation, final double mean, final long... shape) {
		list.add(new Tensor(name, shape, mean, deviation));
	}
}

/**
 * One network in its folder.
 *
 * @param folder inside the model
 * @param stem the name of the weight files up to the shard's number
 * @param valuesPerShard the most values in one file, as in the published models
 * @param config the text of config.json
 * @param tensors in the order of the files
 */
record Component(String folder, String stem, long valuesPerShard, String config, List<Tensor> tensors) {

	long values() {
		return tensors.stream().mapToLong(Tensor::values).sum();
	}

	/** The tensors of each file: a new one is begun where the next tensor would exceed the limit. */
	List<List<Tensor>> shards() {
		final List<List<Tensor>> shards = new ArrayList<>();
		long values = Long.MAX_VALUE;
		for (final Tensor tensor : tensors) {
			if (values > valuesPerShard - tensor.values()) {
				shards.add(new ArrayList<>());
				values = 0;
			}
			shards.get(shards.size() - 1).add(tensor);
			values += tensor.values();
		}
		return shards;
	}
}

/** Qwen3-4B without its output layer, with the names of Hugging Face transformers. */
final class TextEncoder {

	private static final int HIDDEN = 2560;
	private static final int HEAD = 128;
	private static final int INNER = 9728;

	private TextEncoder() {}

	static Component component(final int layers, final Format format) {
		final Tensors tensors = new Tensors();
		tensors.add("model.embed_tokens.weight", 1, 0, 151_936, HIDDEN);
		// What the layers add to the residual stream is as large as the embedding, however many there are.
		final double gain = 1 / Math.sqrt(2 * layers);
		for (int i = 0; i < layers; i++)
			layer(tensors, "model.layers." + i + ".", gain);
		tensors.norm("model.norm", HIDDEN);
		return new Component("text_encoder", "model", 2_000_000_000L, Texts.textEncoder(layers, format), tensors
			.list());
	}

	private static void layer(final Tensors tensors, final String prefix, final double gain) {
		tensors.norm(prefix + "input_layernorm", HIDDEN);
		tensors.linear(prefix + "self_attn.q_proj", 32 * HEAD, HIDDEN, 1);
		tensors.linear(prefix + "self_attn.k_proj", 8 * HEAD, HIDDEN, 1);
		tensors.linear(prefix + "self_attn.v_proj", 8 * HEAD, HIDDEN, 1);
		tensors.linear(prefix + "self_attn.o_proj", HIDDEN, 32 * HEAD, gain);
		tensors.norm(prefix + "self_attn.q_norm", HEAD);
		tensors.norm(prefix + "self_attn.k_norm", HEAD);
		tensors.norm(prefix + "post_attention_layernorm", HIDDEN);
		tensors.linear(prefix + "mlp.gate_proj", INNER, HIDDEN, 1);
		tensors.linear(prefix + "mlp.up_proj", INNER, HIDDEN, 1);
		tensors.linear(prefix + "mlp.down_proj", HIDDEN, INNER, gain);
	}
}

/** diffusers' ZImageTransformer2DModel. */
final class Transformer {

	private static final int HEAD = 128;
	private static final int TEXT = 2560;
	private static final int PATCH = 64;

	private Transformer() {}

	static Component component(final int layers, final int width) {
		final int modulation = Math.min(width, 256);
		final Tensors tensors = new Tensors();
		tensors.biasedLinear("all_x_embedder.2-1", width, PATCH, 1);
		tensors.biasedLinear("all_final_layer.2-1.linear", PATCH, width, 1);
		tensors.biasedLinear("all_final_layer.2-1.adaLN_modulation.1", width, modulation, 0.5);
		tensors.biasedLinear("t_embedder.mlp.0", 1024, 256, 1);
		tensors.biasedLinear("t_embedder.mlp.2", modulation, 1024, 1);
		tensors.norm("cap_embedder.0", TEXT);
		tensors.biasedLinear("cap_embedder.1", width, TEXT, 1);
		tensors.add("x_pad_token", 1, 0, 1, width);
		tensors.add("cap_pad_token", 1, 0, 1, width);
		for (int i = 0; i < 2; i++) {
			modulatedBlock(tensors, "noise_refiner." + i + ".", width, modulation);
			block(tensors, "context_refiner." + i + ".", width);
		}
		for (int i = 0; i < layers; i++)
			modulatedBlock(tensors, "layers." + i + ".", width, modulation);
		return new Component("transformer", "diffusion_pytorch_model", 2_500_000_000L, Texts.transformer(layers, width,
			HEAD), tensors.list());
	}

	private static void modulatedBlock(final Tensors tensors, final String prefix, final int width,
		final int modulation)
	{
		block(tensors, prefix, width);
		// Small, so that the gates (its tangent) and scales neither switch a block off nor let it dominate.
		tensors.biasedLinear(prefix + "adaLN_modulation.0", 4 * width, modulation, 0.5);
	}

	private static void block(final Tensors tensors, final String prefix, final int width) {
		for (final String name : List.of("to_q", "to_k", "to_v", "to_out.0"))
			tensors.linear(prefix + "attention." + name, width, width, 1);
		tensors.norm(prefix + "attention.norm_q", HEAD);
		tensors.norm(prefix + "attention.norm_k", HEAD);
		for (final String name : List.of("attention_norm1", "attention_norm2", "ffn_norm1", "ffn_norm2"))
			tensors.norm(prefix + name, width);
		// The reference's int(dim / 3 * 8), with the same rounding.
		final int inner = (int) (width / 3.0 * 8);
		tensors.linear(prefix + "feed_forward.w1", inner, width, 1);
		tensors.linear(prefix + "feed_forward.w2", width, inner, 1);
		tensors.linear(prefix + "feed_forward.w3", inner, width, 1);
	}
}

/** diffusers' AutoencoderKL with the configuration of Flux. */
final class Autoencoder {

	private static final int[] CHANNELS = { 128, 256, 512, 512 };
	private static final int LATENT = 16;

	private final Tensors tensors = new Tensors();

	private Autoencoder() {}

	static Component component() {
		final Autoencoder autoencoder = new Autoencoder();
		autoencoder.encoder();
		autoencoder.decoder();
		return new Component("vae", "diffusion_pytorch_model", 2_500_000_000L, Texts.AUTOENCODER, autoencoder.tensors
			.list());
	}

	private void encoder() {
		tensors.convolution("encoder.conv_in", CHANNELS[0], 3, 3);
		int inputs = CHANNELS[0];
		for (int i = 0; i < CHANNELS.length; i++) {
			final String block = "encoder.down_blocks." + i;
			level(block, 2, inputs, CHANNELS[i]);
			inputs = CHANNELS[i];
			if (i < CHANNELS.length - 1) tensors.convolution(block + ".downsamplers.0.conv", inputs, inputs, 3);
		}
		middle("encoder.mid_block");
		// A mean and a logarithm of the variance for each latent channel.
		output("encoder", inputs, 2 * LATENT);
	}

	private void decoder() {
		int inputs = CHANNELS[CHANNELS.length - 1];
		tensors.convolution("decoder.conv_in", inputs, LATENT, 3);
		middle("decoder.mid_block");
		for (int i = 0; i < CHANNELS.length; i++) {
			final String block = "decoder.up_blocks." + i;
			final int outputs = CHANNELS[CHANNELS.length - 1 - i];
			level(block, 3, inputs, outputs);
			inputs = outputs;
			if (i < CHANNELS.length - 1) tensors.convolution(block + ".upsamplers.0.conv", inputs, inputs, 3);
		}
		output("decoder", inputs, 3);
	}

	private void level(final String block, final int count, final int inputs, final int outputs) {
		for (int i = 0; i < count; i++)
			residual(block + ".resnets." + i, i == 0 ? inputs : outputs, outputs);
	}

	private void middle(final String block) {
		final int channels = CHANNELS[CHANNELS.length - 1];
		residual(block + ".resnets.0", channels, channels);
		tensors.groupNorm(block + ".attentions.0.group_norm", channels);
		for (final String name : List.of("to_q", "to_k", "to_v", "to_out.0"))
			tensors.biasedLinear(block + ".attentions.0." + name, channels, channels, 1);
		residual(block + ".resnets.1", channels, channels);
	}

	private void residual(final String name, final int inputs, final int outputs) {
		tensors.groupNorm(name + ".norm1", inputs);
		tensors.convolution(name + ".conv1", outputs, inputs, 3);
		tensors.groupNorm(name + ".norm2", outputs);
		tensors.convolution(name + ".conv2", outputs, outputs, 3);
		if (inputs != outputs) tensors.convolution(name + ".conv_shortcut", outputs, inputs, 1);
	}

	private void output(final String network, final int inputs, final int outputs) {
		tensors.groupNorm(network + ".conv_norm_out", inputs);
		tensors.convolution(network + ".conv_out", outputs, inputs, 3);
	}
}

/**
 * Normally distributed values, made as fast as a disk takes them: 16 random bits choose one of 65,536 drawn numbers, so
 * that one step of the generator gives four values and a conversion is needed only once per table entry.
 */
final class Weights {

	private static final int ENTRIES = 1 << 16;
	private static final int BLOCK = 1 << 20;
	private static final long STEP = 0x9E3779B97F4A7C15L;

	private final Format format;
	private final long seed;
	private final float[] normals = new float[ENTRIES];
	private final ByteBuffer bytes;

	/** @param seed together with a tensor's name decides its values, whatever else the model has */
	Weights(final Format format, final long seed) {
		this.format = format;
		this.seed = seed;
		bytes = ByteBuffer.allocateDirect((BLOCK + 3) * format.bytes()).order(ByteOrder.LITTLE_ENDIAN);
		final Random random = new Random(20251127);
		// Pairs of opposite sign: a mean of exactly 0, since over thousands of inputs a small mean would add up.
		for (int i = 0; i < ENTRIES / 2; i++) {
			normals[i] = (float) random.nextGaussian();
			normals[ENTRIES - 1 - i] = -normals[i];
		}
	}

	Format format() {
		return format;
	}

	/** Appends the tensor's values to the channel, little-endian and row-major. */
	void write(final Tensor tensor, final FileChannel channel) throws IOException {
		final int[] table = new int[ENTRIES];
		for (int i = 0; i < ENTRIES; i++) {
			final float value = (float) (tensor.mean() + tensor.deviation() * normals[i]);
			table[i] = format == Format.BFLOAT16 ? bfloat16(value) : Float.floatToRawIntBits(value);
		}
		long state = mix(seed * STEP + tensor.name().hashCode());
		for (long left = tensor.values(); left > 0; left -= BLOCK) {
			final int count = (int) Math.min(left, BLOCK);
			fill(table, count, state);
			bytes.flip().limit(count * format.bytes());
			while (bytes.hasRemaining())
				channel.write(bytes);
			state = mix(state);
		}
	}

	/** Puts at least {@code count} values, and at most three more, into the buffer. */
	private void fill(final int[] table, final int count, final long start) {
		final boolean half = format == Format.BFLOAT16;
		bytes.clear();
		long state = start;
		for (int i = 0; i < count; i += 4) {
			state += STEP;
			final long bits = mix(state);
			for (int shift = 0; shift < 64; shift += 16) {
				final int value = table[(int) (bits >>> shift) & (ENTRIES - 1)];
				if (half) bytes.putShort((short) value);
				else bytes.putInt(value);
			}
		}
	}

	/** The output function of SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014). */
	private static long mix(final long value) {
		long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
		z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
		return z ^ (z >>> 31);
	}

	/** The upper half of a finite float's bits, rounded to the nearest, ties to even. */
	private static int bfloat16(final float value) {
		final int bits = Float.floatToRawIntBits(value);
		return (bits + 0x7FFF + ((bits >>> 16) & 1)) >>> 16;
	}
}

/** Writes the weight files of one network in the safetensors format, and their index if there are several. */
final class ComponentWriter {

	private final Path folder;
	private final Component component;
	private final Weights weights;

	ComponentWriter(final Path folder, final Component component, final Weights weights) {
		this.folder = folder;
		this.component = component;
		this.weights = weights;
	}

	void write() throws IOException {
		final List<List<Tensor>> shards = component.shards();
		final Map<String, String> index = new TreeMap<>();
		for (int i = 0; i < shards.size(); i++) {
			final String name = shards.size() == 1 ? component.stem() + ".safetensors" : String.format(Locale.ROOT,
				"%s-%05d-of-%05d.safetensors", component.stem(), i + 1, shards.size());
			writeFile(folder.resolve(name), shards.get(i));
			shards.get(i).forEach(tensor -> index.put(tensor.name(), name));
		}
		if (shards.size() > 1) FullSizeModel.create(folder.resolve(component.stem() + ".safetensors.index.json"),
			Texts.index(component.values() * weights.format().bytes(), index));
		System.out.printf("%s: %d tensors in %d file(s)%n", component.folder(), index.size(), shards.size());
	}

	/** The file gets its name when it is complete and on the disk: what is there can be trusted. */
	private void writeFile(final Path file, final List<Tensor> tensors) throws IOException {
		final Path part = file.resolveSibling(file.getFileName() + ".part");
		final long start = System.nanoTime();
		try {
			try (FileChannel channel = FileChannel.open(part, StandardOpenOption.CREATE_NEW,
				StandardOpenOption.WRITE))
			{
				channel.write(header(tensors));
				for (final Tensor tensor : tensors)
					weights.write(tensor, channel);
				channel.force(true);
			}
			Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
		}
		finally {
			Files.deleteIfExists(part);
		}
		final double seconds = (System.nanoTime() - start) / 1e9;
		final long size = Files.size(file);
		System.out.printf(Locale.ROOT, "%s: %,d bytes in %.1f s (%.0f MB/s)%n", folder.getParent().relativize(file),
			size, seconds, size / 1e6 / seconds);
	}

	/** Eight bytes of length, then JSON padded with spaces to a multiple of eight, so that tensors are aligned. */
	private ByteBuffer header(final List<Tensor> tensors) {
		final StringBuilder json = new StringBuilder("{\"__metadata__\":{\"format\":\"pt\"}");
		long offset = 0;
		for (final Tensor tensor : tensors) {
			final long end = offset + tensor.values() * weights.format().bytes();
			final String shape = LongStream.of(tensor.shape()).mapToObj(Long::toString).collect(Collectors.joining(
				","));
			json.append(String.format(Locale.ROOT, ",\"%s\":{\"dtype\":\"%s\",\"shape\":[%s],\"data_offsets\":[%d,%d]}",
				tensor.name(), weights.format().code(), shape, offset, end));
			offset = end;
		}
		json.append('}').append(" ".repeat(-json.length() & 7));
		final byte[] text = json.toString().getBytes(StandardCharsets.US_ASCII);
		final ByteBuffer header = ByteBuffer.allocate(8 + text.length).order(ByteOrder.LITTLE_ENDIAN);
		return header.putLong(text.length).put(text).flip();
	}
}

/** The model's JSON files, with the settings of the published Z-Image-Turbo. */
final class Texts {

	/** For a tokenizer.json without its neighbour: the chat template as it acts on one message of the user. */
	static final String TOKENIZER_CONFIG = """
		{
		  "tokenizer_class": "Qwen2Tokenizer",
		  "model_max_length": 131072,
		  "eos_token": "<|im_end|>",
		  "pad_token": "<|endoftext|>",
		  "chat_template": "{% for message in messages %}<|im_start|>{{ message.role }}\\n{{ message.content }}\
		<|im_end|>\\n{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\\n{% endif %}"
		}
		""";

	static final String AUTOENCODER = """
		{
		  "_class_name": "AutoencoderKL",
		  "_diffusers_version": "0.36.0.dev0",
		  "act_fn": "silu",
		  "block_out_channels": [128, 256, 512, 512],
		  "down_block_types": ["DownEncoderBlock2D", "DownEncoderBlock2D", "DownEncoderBlock2D", "DownEncoderBlock2D"],
		  "force_upcast": true,
		  "in_channels": 3,
		  "latent_channels": 16,
		  "latents_mean": null,
		  "latents_std": null,
		  "layers_per_block": 2,
		  "mid_block_add_attention": true,
		  "norm_num_groups": 32,
		  "out_channels": 3,
		  "sample_size": 1024,
		  "scaling_factor": 0.3611,
		  "shift_factor": 0.1159,
		  "up_block_types": ["UpDecoderBlock2D", "UpDecoderBlock2D", "UpDecoderBlock2D", "UpDecoderBlock2D"],
		  "use_post_quant_conv": false,
		  "use_quant_conv": false
		}
		""";

	private Texts() {}

	/** What belongs to no network: path in the model folder to content. */
	static Map<String, String> pipeline() {
		return Map.of("model_index.json", """
			{
			  "_class_name": "ZImagePipeline",
			  "_diffusers_version": "0.36.0.dev0",
			  "scheduler": ["diffusers", "FlowMatchEulerDiscreteScheduler"],
			  "text_encoder": ["transformers", "Qwen3Model"],
			  "tokenizer": ["transformers", "Qwen2Tokenizer"],
			  "transformer": ["diffusers", "ZImageTransformer2DModel"],
			  "vae": ["diffusers", "AutoencoderKL"]
			}
			""", "scheduler/scheduler_config.json", """
			{
			  "_class_name": "FlowMatchEulerDiscreteScheduler",
			  "_diffusers_version": "0.36.0.dev0",
			  "num_train_timesteps": 1000,
			  "use_dynamic_shifting": false,
			  "shift": 3.0
			}
			""");
	}

	static String textEncoder(final int layers, final Format format) {
		return """
			{
			  "architectures": ["Qwen3ForCausalLM"],
			  "attention_bias": false,
			  "attention_dropout": 0.0,
			  "bos_token_id": 151643,
			  "eos_token_id": 151645,
			  "head_dim": 128,
			  "hidden_act": "silu",
			  "hidden_size": 2560,
			  "initializer_range": 0.02,
			  "intermediate_size": 9728,
			  "max_position_embeddings": 40960,
			  "max_window_layers": %1$d,
			  "model_type": "qwen3",
			  "num_attention_heads": 32,
			  "num_hidden_layers": %1$d,
			  "num_key_value_heads": 8,
			  "rms_norm_eps": 1e-06,
			  "rope_scaling": null,
			  "rope_theta": 1000000,
			  "sliding_window": null,
			  "tie_word_embeddings": true,
			  "torch_dtype": "%2$s",
			  "transformers_version": "4.51.0",
			  "use_cache": true,
			  "use_sliding_window": false,
			  "vocab_size": 151936
			}
			""".formatted(layers, format);
	}

	static String transformer(final int layers, final int width, final int head) {
		return """
			{
			  "_class_name": "ZImageTransformer2DModel",
			  "_diffusers_version": "0.36.0.dev0",
			  "all_f_patch_size": [1],
			  "all_patch_size": [2],
			  "axes_dims": [32, 48, 48],
			  "axes_lens": [1536, 512, 512],
			  "cap_feat_dim": 2560,
			  "dim": %1$d,
			  "in_channels": 16,
			  "n_heads": %2$d,
			  "n_kv_heads": %2$d,
			  "n_layers": %3$d,
			  "n_refiner_layers": 2,
			  "norm_eps": 1e-05,
			  "qk_norm": true,
			  "rope_theta": 256.0,
			  "t_scale": 1000.0
			}
			""".formatted(width, width / head, layers);
	}

	/** The index of a network in several files: tensor name to file name. */
	static String index(final long bytes, final Map<String, String> files) {
		return files.entrySet().stream().map(entry -> "    \"" + entry.getKey() + "\": \"" + entry.getValue() + "\"")
			.collect(Collectors.joining(",\n", "{\n  \"metadata\": {\n    \"total_size\": " + bytes +
				"\n  },\n  \"weight_map\": {\n", "\n  }\n}\n"));
	}
}
