
package io.github.zimagefiji.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

import io.github.zimagefiji.engine.text.Tokenizer;
import io.github.zimagefiji.golden.Golden;
import io.github.zimagefiji.hub.builtin.BuiltInModel;
import io.github.zimagefiji.model.ConfigFile;
import io.github.zimagefiji.model.autoencoder.AutoencoderConfig;
import io.github.zimagefiji.model.folder.CombinationFile;
import io.github.zimagefiji.model.folder.SchedulerConfig;
import io.github.zimagefiji.model.text.TextEncoderConfig;
import io.github.zimagefiji.model.transformer.ControlNetConfig;
import io.github.zimagefiji.model.transformer.TransformerConfig;
import io.github.zimagefiji.model.vision.ImageEncoderConfig;

/** Readers of a model's settings. */
final class ConfigTargets {

	private ConfigTargets() {
		// only in()
	}

	static List<Target> in(final Path folder) throws IOException {
		return List.of(
			config(folder, "transformer config", "model/transformer/config.json",
				TransformerConfig::read),
			config(folder, "autoencoder config", "model/vae/config.json", AutoencoderConfig::read),
			config(folder, "text encoder config", "model/text_encoder/config.json",
				TextEncoderConfig::read),
			config(folder, "scheduler config", "model/scheduler/scheduler_config.json",
				SchedulerConfig::read),
			config(folder, "ControlNet config", "controlnet_v21/config.json", ControlNetConfig::read),
			config(folder, "image encoder config", "model_omni/siglip/config.json",
				ImageEncoderConfig::read),
			config(folder, "model index", "model/model_index.json",
				file -> ConfigFile.read(file).is("_name_or_path", "\"x\"")),
			new Target("combination file", Format.JSON,
				Targets.file(folder, "combination file", "x.zimage.json"),
				Targets.texts(
					"{\"name\":\"x\",\"variant\":\"turbo\",\"shift\":3.5,\"transformer\":\"t.safetensors\"," +
						"\"text_encoder\":\"../q.safetensors\",\"vae\":\"vae\",\"tokenizer\":\"/t\"," +
						"\"vae_config\":\"c.json\"}"),
				(file, input, i) -> CombinationFile.read(file)),
			tokenizer(folder));
	}

	/** The native library gets what was understood, and must bear it too. */
	private static Target tokenizer(final Path folder) throws IOException {
		final String name = "tokenizer";
		return new Target(name, Format.JSON, Targets.file(folder, name, "tokenizer.json"),
			List.of(Files.readAllBytes(BuiltInModel.folder().resolve("tokenizer/tokenizer.json"))),
			(file, input, i) -> {
				try (Tokenizer tokenizer = Tokenizer.open(file)) {
					tokenizer.encode("三 round, green\n nuclei<|im_end|>  " + i);
				}
			});
	}

	private static Target config(final Path folder, final String name, final String seed,
		final Consumer<Path> reader) throws IOException
	{
		return new Target(name, Format.JSON, Targets.file(folder, name, "config.json"),
			List.of(Files.readAllBytes(Golden.path(seed))), (file, input, i) -> reader.accept(file));
	}
}
