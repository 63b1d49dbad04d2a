
package io.github.zimagefiji.cli.generate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import ij.process.ImageProcessor;
import io.github.zimagefiji.cli.Call;
import io.github.zimagefiji.cli.Drawn;
import io.github.zimagefiji.golden.Golden;
import io.github.zimagefiji.hub.builtin.BuiltInModel;
import io.github.zimagefiji.image.png.PngFile;
import io.github.zimagefiji.request.Conditions;
import io.github.zimagefiji.request.LoraChoice;
import io.github.zimagefiji.service.LoraText;
import io.github.zimagefiji.weights.Checkpoint;
import io.github.zimagefiji.weights.writer.FloatTensor;
import io.github.zimagefiji.weights.writer.SafetensorsWriter;

/** {@code --lora} in real runs of the tiny model. */
@Tag("engine")
class LoraOptionsTest {

	private static final Path PEFT = Golden.path("lora/peft.safetensors");
	private static final Path KOHYA = Golden.path("lora/kohya.safetensors");

	@TempDir
	Path folder;

	private Path file(final String name) {
		return folder.resolve(name);
	}

	private Call run(final String name, final Object... more) {
		final Object[] args = new Object[more.length + 6];
		System.arraycopy(new Object[] { "--width", 32, "--height", 32, "--output", file(name) }, 0,
			args, 0, 6);
		System.arraycopy(more, 0, args, 6, more.length);
		return Call.tiny("text-to-image", args);
	}

	private ImageProcessor made(final String name) {
		return Drawn.open(file(name)).getProcessor();
	}

	@ParameterizedTest
	@CsvSource({ "a.safetensors, a.safetensors, 1", "a.safetensors:0.5, a.safetensors, 0.5",
		"C:\\x.safetensors:0.5, C:\\x.safetensors, 0.5", "C:\\x.safetensors, C:\\x.safetensors, 1",
		"C:/x y.safetensors:-1.5, C:/x y.safetensors, -1.5",
		"a:b.safetensors:1e-2, a:b.safetensors, 0.01", ":0.5, :0.5, 1",
		"a.safetensors:, a.safetensors:, 1", "a.safetensors:half, a.safetensors:half, 1" })
	void theScaleIsWhatFollowsTheLastColonIfItIsANumber(final String text, final String file,
		final double scale)
	{
		assertEquals(new LoraChoice(Path.of(file), scale), LoraText.choice(text));
	}

	@Test
	void aPartialFileIsAskedForAtTheEnd() {
		assertEquals(new LoraChoice(Path.of("a.st"), 0.5, true), LoraText.choice("a.st:0.5:partial"));
		assertEquals(new LoraChoice(Path.of("a.st"), 1, true), LoraText.choice("a.st:partial"));
		final LoraChoice lora = new LoraChoice(Path.of("b:c.st"), -2, true);
		assertEquals(lora, LoraText.choice(LoraText.text(lora)));
	}

	@Test
	void theStrengthInTheFileIsSaidAndWrittenDown() {
		run("out.png", "--lora", PEFT + ":0.5").succeeded().told(
			"LoRA: " + PEFT + ", scale 0.5, changes ",
			" layers with the strength 1.5 (alpha over rank by its metadata \"lora_adapter_metadata\")");
		assertEquals("1.5",
			PngFile.readProvenance(file("out.png")).orElseThrow().conditions().loras().get(0).strength());
	}

	@Test
	void severalLorasAddUpAndAreWrittenDownInOrder() {
		run("plain.png").succeeded();
		run("none.png", "--lora", PEFT + ":0").succeeded();
		run("both.png", "--lora", PEFT, "--lora", KOHYA + ":-0.5").succeeded()
			.told("LoRA: " + PEFT + ", scale 1.0, changes ", "LoRA: " + KOHYA + ", scale -0.5, changes ");
		assertEquals(0, Drawn.difference(made("plain.png"), made("none.png")), "scale 0");
		assertTrue(Drawn.difference(made("plain.png"), made("both.png")) > 0.5);
		final List<Conditions.Lora> written =
			PngFile.readProvenance(file("both.png")).orElseThrow().conditions().loras();
		assertEquals(List.of("peft.safetensors", "kohya.safetensors"),
			written.stream().map(Conditions.Lora::name).toList());
		assertEquals(List.of(1.0, -0.5), written.stream().map(Conditions.Lora::scale).toList());
	}

	@ParameterizedTest
	@ValueSource(strings = { "image-to-image", "inpaint", "outpaint", "control" })
	void everySubcommandTakesThem(final String command) {
		Drawn.png(file("in.png"), 32, 32);
		Drawn.mask(file("mask.png"), 32, 32, 0, 0, 32, 32);
		final Object[] own = switch (command) {
			case "inpaint" -> new Object[] { "--image", file("in.png"), "--mask", file("mask.png") };
			case "outpaint" -> new Object[] { "--image", file("in.png"), "--left", 16 };
			case "control" -> new Object[] { "--control-image", file("in.png"), "--control-model",
				Golden.path("controlnet_v1") };
			default -> new Object[] { "--image", file("in.png") };
		};
		for (final String scale : List.of("0", "1")) {
			final Object[] args = Arrays.copyOf(own, own.length + 4);
			System.arraycopy(
				new Object[] { "--lora", PEFT + ":" + scale, "--output", file(scale + ".png") }, 0, args,
				own.length, 4);
			Call.tiny(command, args).succeeded();
		}
		assertTrue(Drawn.difference(made("0.png"), made("1.png")) > 0.1);
	}

	@Test
	void tensorsWithoutEffectAreCountedAndNamed() {
		final Map<String, FloatTensor> tensors = new TreeMap<>();
		final Golden golden = Golden.of("peft", PEFT);
		Checkpoint.openFile(PEFT).entries().keySet()
			.forEach(name -> tensors.put(name, new FloatTensor(golden.shape(name), golden.floats(name))));
		tensors.put("mystery.weight", new FloatTensor(new long[] { 1 }, new float[1]));
		tensors.put("riddle.weight", new FloatTensor(new long[] { 1 }, new float[1]));
		SafetensorsWriter.write(file("more.safetensors"), tensors, Map.of());
		run("out.png", "--lora", file("more.safetensors")).refused("only in part", "2 of its",
			"mystery.weight, riddle.weight", ":partial");
		final Call call =
			run("out.png", "--quiet", "--lora", file("more.safetensors") + ":1:partial").succeeded();
		assertTrue(call.err().contains(
			"zimage: 2 tensors of the LoRA more.safetensors mean nothing to this model"), call.err());
		assertTrue(call.err().contains("mystery.weight, riddle.weight"), call.err());
		assertEquals(2,
			PngFile.readProvenance(file("out.png")).orElseThrow().conditions().loras().get(0).unused());
	}

	@Test
	void aLoraForAnotherModelIsRefusedWithTheReason() {
		run("out.png", "--lora", BuiltInModel.grainyLora()).refused("does not fit this model", "192");
		Call.with(BuiltInModel.folder(), "text-to-image", "--lora", PEFT, "--output", file("out.png"))
			.refused("peft", "does not fit this model", "[4, 64]");
	}

	@Test
	void lorasThatDoNotGoTogetherAreRefusedBeforeTheRun() {
		final String query = "layers.0.attention.to_q";
		final FloatTensor square = new FloatTensor(new long[] { 64, 64 }, new float[4096]);
		SafetensorsWriter.write(file("whole.safetensors"),
			Map.of(query + ".set_weight", square, "layers.0.attention.to_k.diff", square), Map.of());
		SafetensorsWriter.write(file("dora.safetensors"),
			Map.of(query + ".lora_A.weight", square, query + ".lora_B.weight", square,
				query + ".lora_magnitude_vector", new FloatTensor(new long[] { 64 }, new float[64])),
			Map.of());
		run("out.png", "--lora", file("whole.safetensors"), "--lora", file("dora.safetensors"))
			.refused("dora.safetensors", "whole.safetensors", "do not go together", query);
	}

	@Test
	void whatIsNoLoraIsRefused() {
		run("out.png", "--lora", file("absent.safetensors") + ":1").refused("absent.safetensors");
		for (final String scale : List.of("NaN", "Infinity", "1e30", "-1e30", "1e999", "100.5"))
			run("out.png", "--lora", PEFT + ":" + scale).refused("a number from -100 to 100");
		run("out.png", "--lora", Golden.path("golden/vae.safetensors")).refused("is not a LoRA");
	}
}
