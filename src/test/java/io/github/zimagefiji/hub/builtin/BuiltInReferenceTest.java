
package io.github.zimagefiji.hub.builtin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.Reader;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import io.github.zimagefiji.GenerationResult;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.golden.Golden;
import io.github.zimagefiji.golden.Parity;
import io.github.zimagefiji.golden.ReferenceRun;
import io.github.zimagefiji.image.Images;
import io.github.zimagefiji.pipeline.Pipeline;
import io.github.zimagefiji.request.ComputeOptions;
import io.github.zimagefiji.request.TextToImageRequest;

/**
 * The built-in model makes the images that diffusers' own pipeline made of the same files.
 */
@Tag("engine")
class BuiltInReferenceTest {

	private static Pipeline pipeline;

	/** A run of the reference; `index` names its files. */
	record Run(int index, TextToImageRequest request) {}

	@BeforeAll
	static void open() {
		pipeline = Pipeline.open(BuiltInModel.folder(), ComputeOptions.AUTO);
	}

	@AfterAll
	static void close() {
		pipeline.close();
	}

	static List<Run> runs() throws IOException {
		final List<Run> runs = new ArrayList<>();
		try (Reader reader = Files.newBufferedReader(path("runs.json"))) {
			for (final JsonElement element : JsonParser.parseReader(reader).getAsJsonArray()) {
				final JsonObject run = element.getAsJsonObject();
				runs.add(new Run(runs.size(), TextToImageRequest.builder(run.get("prompt").getAsString())
					.seed(run.get("seed").getAsLong()).build()));
				assertEquals(16, run.get("steps").getAsInt());
				assertEquals(1.0, run.get("guidance").getAsDouble());
			}
		}
		return runs;
	}

	@ParameterizedTest
	@MethodSource("runs")
	void givesTheReferencesLatentsAndImage(final Run run) throws IOException {
		final GenerationResult result = pipeline.generate(run.request, Progress.NONE);
		Parity.assertClose(Golden.of("built-in", path("latents.safetensors")), run.index + ".step15",
			result.latents(), Parity.LOOP);
		Parity.assertImage("built-in", run.index + ".png",
			ReferenceRun.levels(ImageIO.read(path(run.index + ".png").toFile())),
			ReferenceRun.levels(Images.toImagePlus(result).getBufferedImage()));
	}

	private static Path path(final String file) {
		try {
			return Path.of(BuiltInReferenceTest.class.getResource("/built-in/reference/" + file).toURI());
		}
		catch (final URISyntaxException e) {
			throw new IllegalStateException(e);
		}
	}
}
