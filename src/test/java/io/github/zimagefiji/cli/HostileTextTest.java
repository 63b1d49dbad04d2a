
package io.github.zimagefiji.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.zimagefiji.pipeline.ModelCopy;

/**
 * Text files that were made to exhaust whoever reads them: each is refused with one sentence,
 * within little time.
 */
class HostileTextTest {

	private static final long MOST_NANOS = 5_000_000_000L;

	@TempDir
	Path folder;

	private static Call quick(final String... args) {
		final long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
		final Call call = Call.of(args);
		final long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
		assertTrue(nanos < MOST_NANOS, nanos / 1e9 + " s for: " + call.err());
		assertTrue(call.err().length() < 1000, "a message of " + call.err().length() + " characters");
		return call;
	}

	private Call withFile(final String file, final String text) throws IOException {
		final Path model = folder.resolve("model");
		ModelCopy.to(model);
		assertTrue(Files.exists(model.resolve(file)), file);
		Files.writeString(model.resolve(file), text);
		return quick("text-to-image", "--model", model.toString(), "--prompt", "a cell", "--device",
			"cpu", "--output", folder.resolve("x.png").toString());
	}

	@ParameterizedTest
	@ValueSource(strings = { "transformer/config.json", "vae/config.json", "text_encoder/config.json",
		"scheduler/scheduler_config.json", "model_index.json",
		"transformer/diffusion_pytorch_model.safetensors.index.json" })
	void twentyThousandBracketsInAnyFileOfAModel(final String file) throws IOException {
		withFile(file, "{\"extra\":" + "[".repeat(20000) + "]".repeat(20000) + "}")
			.refused(file.substring(file.indexOf('/') + 1), "deep");
	}

	@ParameterizedTest
	@CsvSource({ "20000, 100 characters", "2000000, larger than" })
	void aNumberOfVeryManyDigits(final int digits, final String reason) throws IOException {
		withFile("transformer/config.json", "{\"axes_dims\":[" + "9".repeat(digits) + "]}")
			.refused("config.json", reason);
	}

	@ParameterizedTest
	@ValueSource(strings = { "1e999999999", "1.5", "\"16\"", "null", "[16]", "-1e999999999", "NaN",
		"01", "0x10", "true", "{}" })
	void aNumberThatIsNone(final String number) throws IOException {
		withFile("transformer/config.json", "{\"axes_dims\":[" + number + "]}").refused("config.json");
	}

	private Call recipe(final String text) throws IOException {
		final Path file = Files.writeString(folder.resolve("recipe.yaml"), text);
		return quick("dataset", file.toString(), "--output", folder.resolve("out").toString(),
			"--dry-run");
	}

	@Test
	void aRecipesNumberOfManyDigits() throws IOException {
		recipeWithGuidance("9".repeat(40_000) + "x").refused("Line 4: ", "guidance");
	}

	@Test
	void aRecipesLineLongerThanAnyLine() throws IOException {
		recipeWithGuidance("9".repeat(1_000_000)).refused("Line 4: ", "characters, more than");
	}

	private Call recipeWithGuidance(final String guidance) throws IOException {
		return recipe("name: x\nitems: 1\nprompt: {text: a}\nsampling: {guidance: " + guidance + "}\n");
	}

	@Test
	void aRecipeLargerThanAnyRecipe() throws IOException {
		recipe("name: x\n#" + "x".repeat(3_000_000)).refused("larger than");
	}
}
