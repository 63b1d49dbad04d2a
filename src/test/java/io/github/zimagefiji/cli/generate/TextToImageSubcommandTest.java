
package io.github.zimagefiji.cli.generate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import ij.IJ;
import ij.ImagePlus;
import io.github.zimagefiji.Provenance;
import io.github.zimagefiji.cli.Call;
import io.github.zimagefiji.cli.program.Cancellation;
import io.github.zimagefiji.golden.Golden;
import io.github.zimagefiji.golden.ReferenceRun;
import io.github.zimagefiji.hub.builtin.BuiltInModel;
import io.github.zimagefiji.image.png.PngFile;
import io.github.zimagefiji.weights.Checkpoint;
import io.github.zimagefiji.weights.TensorEntry;

/** Real runs of a tiny model, compared with the reference's. */
@Tag("engine")
class TextToImageSubcommandTest {

	@TempDir
	Path folder;

	private Path file(final String name) {
		return folder.resolve(name);
	}

	private Set<String> filesMade() throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return Set.copyOf(files.map(path -> path.getFileName().toString()).toList());
		}
	}

	private static Call succeed(final String... args) {
		final Call call = Call.of(args);
		assertEquals(0, call.code(), call.err());
		return call;
	}

	@Test
	void makesTheReferencesImage() throws IOException {
		succeed(Call.referenceArgs("--output", file("image.png").toString()));
		ReferenceRun.assertImage("the command line", ImageIO.read(file("image.png").toFile()));
	}

	@Test
	void savesTheReferencesLatents() {
		succeed(Call.referenceArgs("--output", file("image.png").toString(), "--save-latents",
			file("latents.safetensors").toString()));
		final Checkpoint checkpoint = Checkpoint.openFile(file("latents.safetensors"));
		assertEquals(Set.of("latents"), checkpoint.entries().keySet());
		final TensorEntry entry = checkpoint.entry("latents");
		assertArrayEquals(new long[] { 1, 16, 12, 8 }, entry.shape());
		final float[] values = new float[16 * 12 * 8];
		checkpoint.read(entry).asFloatBuffer().get(values);
		ReferenceRun.assertLatents("the command line", values);
	}

	@Test
	void tellsModelSettingsSeedFilesAndTime() {
		final Call call = succeed(Call.referenceArgs("--output", file("image.png").toString()));
		for (final String part : List.of("Model: model (turbo", "64 × 96 pixels", "8 steps",
			"guidance 0.0", "seed 43", "Image: " + file("image.png"), "Took ", "on cpu in float32"))
		{
			assertTrue(call.out().contains(part), "\"" + part + "\" is missing in: " + call.out());
		}
		assertTrue(call.err().contains("Forming the image"), call.err());
	}

	@Test
	void saysNothingWhenQuiet() {
		final Call call =
			succeed(Call.referenceArgs("--output", file("image.png").toString(), "--quiet"));
		assertEquals("", call.out());
		assertEquals("", call.err());
	}

	@Test
	void writesTimings() throws IOException {
		succeed(Call.referenceArgs("--output", file("image.png").toString(), "--timings",
			file("t.json").toString()));
		final JsonObject json =
			JsonParser.parseString(Files.readString(file("t.json"))).getAsJsonObject();
		assertEquals(Set.of("load", "encode", "steps", "decode", "total", "peak_anonymous_bytes",
			"peak_file_bytes"), json.keySet());
		assertEquals(8, json.getAsJsonArray("steps").size());
		assertTrue(json.get("total").getAsDouble() >= json.get("decode").getAsDouble());
	}

	@Test
	void numbersSeveralImagesAndTheirSeeds() {
		final Call call = succeed(Call.referenceArgs("--count", "3", "--steps", "2", "--output",
			file("image.png").toString(), "--save-latents", file("latents").toString()));
		for (int i = 0; i < 3; i++) {
			final Provenance provenance =
				PngFile.readProvenance(file("image-" + i + ".png")).orElseThrow();
			assertEquals(43 + i, provenance.request().seed());
			assertEquals(1, provenance.request().count());
			assertEquals(2, provenance.request().steps());
		}
		assertFalse(Files.exists(file("image.png")));
		assertArrayEquals(new long[] { 3, 16, 12, 8 },
			Checkpoint.openFile(file("latents")).entry("latents").shape());
		assertTrue(call.out().contains("3 images with seeds 43 to 45"), call.out());
	}

	@Test
	void needsNoModel() {
		final Call call = succeed("text-to-image", "--prompt", "two round red nuclei", "--output",
			file("image.png").toString());
		final Provenance provenance = PngFile.readProvenance(file("image.png")).orElseThrow();
		assertEquals(BuiltInModel.NAME, provenance.model().name());
		assertEquals(128, provenance.request().width());
		assertTrue(call.out().contains("128 × 128 pixels, 16 steps, guidance 1.0"), call.out());
		assertFalse(call.err().contains("does not know"), call.err());
	}

	@Test
	void hintsAtWordsThatTheBuiltInModelDoesNotKnow() {
		final Call call = succeed("text-to-image", "--prompt", "an astronaut with red nuclei",
			"--steps", "1", "--output", file("image.png").toString());
		assertTrue(call.err().contains("does not know \"astronaut\". "), call.err());
	}

	@Test
	void drawsASeedAndPrintsIt() {
		final Call call = succeed("text-to-image", "--model", Golden.model().toString(), "--prompt",
			"a cell", "--width", "16", "--height", "16", "--steps", "1", "--output",
			file("image.png").toString());
		final long seed = PngFile.readProvenance(file("image.png")).orElseThrow().request().seed();
		assertTrue(seed >= 0 && seed < 1L << 32, "seed " + seed);
		assertTrue(call.out().contains("seed " + seed), call.out());
	}

	@Test
	void takesSigmasInsteadOfSteps() {
		final Call call = succeed(
			Call.referenceArgs("--sigmas", "1,0.7,0.3", "--output", file("image.png").toString()));
		assertTrue(call.out().contains("3 steps"), call.out());
		assertEquals(List.of(1.0, 0.7, 0.3),
			PngFile.readProvenance(file("image.png")).orElseThrow().request().sigmas());
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "@home", "-1 degree", "text-to-image",
		"\"quoted\" 'twice' \\back", "细胞核 🔬" })
	void passesAnyPromptOn(final String prompt) {
		succeed("text-to-image", "--model", Golden.model().toString(), "--prompt", prompt, "--width",
			"16", "--height", "16", "--steps", "1", "--output", file("image.png").toString());
		assertEquals(prompt,
			PngFile.readProvenance(file("image.png")).orElseThrow().request().prompt());
	}

	/** However an editor breaks lines, the prompt is the same. */
	@ParameterizedTest
	@ValueSource(strings = { "\uFEFF第一行\nsecond line\r\n", "第一行\r\nsecond line", "第一行\rsecond line\r",
		"第一行\nsecond line" })
	void readsThePromptFromAFile(final String content) throws IOException {
		Files.write(file("prompt.txt"), content.getBytes(StandardCharsets.UTF_8));
		succeed("text-to-image", "--model", Golden.model().toString(), "--prompt-file",
			file("prompt.txt").toString(), "--width", "16", "--height", "16", "--steps", "1", "--output",
			file("image.png").toString());
		assertEquals("第一行\nsecond line",
			PngFile.readProvenance(file("image.png")).orElseThrow().request().prompt());
	}

	@ParameterizedTest
	@ValueSource(strings = { "UTF-16LE", "UTF-16BE", "UTF-16" })
	void refusesPromptFilesOfOtherEncodings(final String encoding) throws IOException {
		Files.write(file("prompt.txt"), "a cat, 一只猫".getBytes(encoding));
		fromPromptFile().refused("prompt.txt", "UTF-8");
		Files.write(file("prompt.txt"), new byte[2_000_000]);
		fromPromptFile().refused("prompt.txt", "2000000 bytes");
	}

	private Call fromPromptFile() {
		return Call.of("text-to-image", "--model", Golden.model().toString(), "--prompt-file",
			file("prompt.txt").toString(), "--output", file("image.png").toString());
	}

	@ParameterizedTest
	@ValueSource(strings = { "image.tif", "image.TIFF" })
	void writesTiff(final String name) {
		succeed(Call.referenceArgs("--output", file(name).toString()));
		final ImagePlus image = IJ.openImage(file(name).toString());
		assertEquals(ReferenceRun.WIDTH, image.getWidth());
		assertEquals(ReferenceRun.HEIGHT, image.getHeight());
		assertTrue(image.getInfoProperty().contains(ReferenceRun.PROMPT), image.getInfoProperty());
	}

	@Test
	void warnsOfANegativePromptWithoutGuidance() {
		final Call call = succeed(Call.referenceArgs("--negative", "blurry", "--steps", "1", "--quiet",
			"--output", file("image.png").toString()));
		assertTrue(call.err().contains("--guidance"), call.err());
	}

	@Test
	void warnsOfTokensThatHadNoEffect() {
		final Call call = succeed(Call.referenceArgs("--max-tokens", "16", "--steps", "1", "--quiet",
			"--output", file("image.png").toString()));
		assertTrue(call.err().contains("--max-tokens"), call.err());
	}

	@Test
	void leavesNothingBehindWhenCancelled() throws IOException {
		final Cancellation cancellation = new Cancellation();
		cancellation.cancel();
		final Call call = Call.of(cancellation, false, Call.referenceArgs("--output",
			file("image.png").toString(), "--timings", file("t.json").toString()));
		assertEquals(130, call.code());
		assertTrue(call.err().contains("The run was cancelled."), call.err());
		assertEquals(Set.of(), filesMade());
	}
}
