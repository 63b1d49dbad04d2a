
package io.github.zimagefiji.weights.singlefile;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.weights.Checkpoint;
import io.github.zimagefiji.weights.TensorEntry;

/**
 * A network in one file, as used with ComfyUI, under the names that the layout of diffusers has.
 * Nothing is copied: parts of fused tensors are seen where they lie. Files that have the names of
 * diffusers already are read as they are.
 */
public final class SingleFile {

	private final Checkpoint file;
	private final NetworkPart part;
	private final Map<String, TensorEntry> entries = new LinkedHashMap<>();
	private final Map<String, String> origins = new LinkedHashMap<>();
	private final List<String> unknown = new ArrayList<>();

	private SingleFile(final Path path, final NetworkPart part) {
		file = Checkpoint.openFile(path);
		this.part = part;
	}

	/**
	 * Opens a transformer: query, key and value may be fused.
	 *
	 * @param path a safetensors file, or an index of shards
	 * @throws InvalidInputException if it is no such file, is damaged, or holds tensors that have no
	 *           place there
	 */
	public static Checkpoint transformer(final Path path) {
		return new SingleFile(path, NetworkPart.TRANSFORMER).read(new TransformerNames());
	}

	/**
	 * Opens a Qwen3 text encoder; a language model's output layer and texts of tokenizers are left
	 * out.
	 *
	 * @param path see {@link #transformer}
	 * @throws InvalidInputException see {@link #transformer}
	 */
	public static Checkpoint textEncoder(final Path path) {
		return new SingleFile(path, NetworkPart.TEXT_ENCODER).read(new TextEncoderNames());
	}

	/**
	 * Opens an autoencoder with the names of the original (LDM) or of diffusers.
	 *
	 * @param path see {@link #transformer}
	 * @throws InvalidInputException see {@link #transformer}
	 */
	public static Checkpoint autoencoder(final Path path) {
		final SingleFile it = new SingleFile(path, NetworkPart.AUTOENCODER);
		return it.read(AutoencoderNames.of(it.part.select(it.file).keySet()));
	}

	/**
	 * Opens a ControlNet, whose query, key and value may be fused, as ComfyUI saves them. Whether it
	 * is one is not looked at.
	 *
	 * @param path see {@link #transformer}
	 * @throws InvalidInputException if it is no such file, is damaged, or holds a tensor twice
	 */
	public static Checkpoint controlNet(final Path path) {
		final SingleFile it = new SingleFile(path, NetworkPart.TRANSFORMER);
		it.file.entries().forEach(
			(name, entry) -> TransformerNames.renamed(name, entry).forEach(each -> it.put(each, name)));
		return it.file.with(it.entries);
	}

	private Checkpoint read(final TensorNames names) {
		part.select(file).forEach((name, entry) -> {
			if (names.isNeedless(name)) return;
			final List<TensorEntry> translated = names.translate(name, entry);
			if (translated.isEmpty()) unknown.add(name);
			translated.forEach(each -> put(each, name));
		});
		if (!unknown.isEmpty()) throw part.unknown(file, unknown);
		return file.with(entries);
	}

	private void put(final TensorEntry entry, final String origin) {
		entries.put(entry.name(), entry);
		final String other = origins.put(entry.name(), origin);
		if (other != null) throw new InvalidInputException(file.place() + " holds both \"" + other +
			"\" and \"" + origin + "\", which mean the same. Use a file as it was published.");
	}

	/**
	 * The names of a Qwen3 text encoder, which are those of diffusers; files may hold more.
	 */
	private static final class TextEncoderNames implements TensorNames {

		private static final Pattern KNOWN =
			Pattern.compile("(model\\.)?(layers\\.\\d+\\..+|embed_tokens\\.weight|norm\\.weight)");
		private static final Pattern NEEDLESS = Pattern.compile(
			"(model\\.)?(lm_head\\.weight|logit_scale|spiece_model|tekken_model|tokenizer_json|layers\\.\\d+\\.self_attn\\.rotary_emb\\.inv_freq)");

		@Override
		public boolean isNeedless(final String name) {
			return NEEDLESS.matcher(name).matches();
		}

		@Override
		public List<TensorEntry> translate(final String name, final TensorEntry entry) {
			return KNOWN.matcher(name).matches() ? List.of(entry.named(name)) : List.of();
		}
	}
}
