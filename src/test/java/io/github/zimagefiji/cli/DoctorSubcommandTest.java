
package io.github.zimagefiji.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.zimagefiji.ChildJvm;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.cli.program.ExitCode;
import io.github.zimagefiji.engine.library.EngineSettings;
import io.github.zimagefiji.engine.text.HaltingStart;
import io.github.zimagefiji.golden.Golden;
import io.github.zimagefiji.hub.builtin.BuiltInModel;
import io.github.zimagefiji.hub.maintenance.ModelImport;

/**
 * The doctor finds what was broken, says it in a sentence and ends with exit code 4.
 */
@Tag("process")
class DoctorSubcommandTest {

	@TempDir
	private Path folder;

	private final Map<String, String> usual = new HashMap<>();
	private Path models;

	@BeforeEach
	void useAnEmptyCache() throws IOException {
		set("zimage.cache", folder.resolve("cache").toString());
		models = Files.createDirectory(folder.resolve("models é 1"));
	}

	@AfterEach
	void restore() {
		usual.forEach((name, value) -> {
			if (value == null) System.clearProperty(name);
			else System.setProperty(name, value);
		});
	}

	private void set(final String name, final String value) {
		usual.putIfAbsent(name, System.getProperty(name));
		System.setProperty(name, value);
	}

	private Call doctor(final String... more) {
		final String[] args =
			Arrays.copyOf(new String[] { "doctor", "--models", models.toString() }, 3 + more.length);
		System.arraycopy(more, 0, args, 3, more.length);
		return Call.of(args);
	}

	private static void assertWrong(final Call call, final String topic, final String... words) {
		assertEquals(ExitCode.WRONG, call.code(), call.out() + call.err());
		final List<String> lines =
			call.out().lines().filter(line -> line.startsWith("- **WRONG** " + topic)).toList();
		assertFalse(lines.isEmpty(), call.out());
		for (final String word : words) {
			assertTrue(lines.stream().anyMatch(line -> line.contains(word)),
				word + " is missing in " + lines);
		}
		assertTrue(lines.stream().allMatch(line -> line.endsWith(".")), lines.toString());
		assertFalse(call.out().contains("Nothing is wrong"), call.out());
	}

	@Test
	void aSoundProgramMakesTheReferencesImageAndIsWell() {
		final Call call = doctor();
		assertEquals(0, call.code(), call.out());
		assertTrue(call.out().startsWith("### Z-Image diagnostics"), call.out());
		assertTrue(call.out().contains("- Trial on cpu: three round green nuclei, 16 steps in "),
			call.out());
		assertTrue(
			call.out().contains("reference's image") && call.out().strip().endsWith("Nothing is wrong."),
			call.out());
		for (final String topic : List.of("Java: " + System.getProperty("java.version"), "Memory: ",
			"GPU: ", "Cache folder: ", "Built-in model: ", "Catalogue: ", "Engine: DJL ", "Processor: "))
		{
			assertTrue(call.out().contains("- " + topic), topic + " is missing in " + call.out());
		}
	}

	@Test
	void whatIsToldHoldsNoNameOfThePerson() {
		set("user.home", folder.toString());
		final Call call = doctor();
		assertTrue(call.out().contains("~" + File.separator + "cache"), call.out());
		assertFalse(call.out().contains(folder.toString()), call.out());
	}

	@Test
	void aDamagedBuiltInModelIsSaidAndRepaired() throws IOException {
		final Path weights =
			BuiltInModel.folder().resolve("transformer/diffusion_pytorch_model.safetensors");
		final byte[] right = Files.readAllBytes(weights);
		final byte[] damaged = right.clone();
		damaged[damaged.length / 2] ^= 1;
		Files.write(weights, damaged);
		assertWrong(doctor(), "Built-in model",
			"base/transformer/diffusion_pytorch_model.safetensors was damaged", "unpacked again");
		assertTrue(Arrays.equals(right, Files.readAllBytes(weights)));
		assertEquals(0, doctor().code());
	}

	@Test
	void aCacheFolderThatCannotBeUsedIsSaid() throws IOException {
		final Path file = Files.writeString(folder.resolve("file"), "");
		set("zimage.cache", file.toString());
		final Call call = doctor();
		assertWrong(call, "Cache folder", file.toString(), "zimage.cache");
		assertWrong(call, "Built-in model", "cannot be unpacked");
	}

	@Test
	void aModelWithAFileOfAnotherSizeIsSaid() throws IOException {
		ModelImport.copy(Golden.model(), models, "mine", Progress.NONE);
		final Call sound = doctor();
		assertEquals(0, sound.code(), sound.out());
		assertTrue(
			sound.out().contains("- Model mine: ") && sound.out().contains("every file has its size"),
			sound.out());
		final Path config = models.resolve("mine/scheduler/scheduler_config.json");
		final long bytes = Files.size(config);
		Files.writeString(config, Files.readString(config) + " ");
		assertWrong(doctor(), "Model mine",
			"scheduler_config.json has " + (bytes + 1) + " bytes instead of " + bytes,
			"download it again");
	}

	@Test
	void aModelWithACutFileIsSaid() throws IOException {
		final Path model = ModelImport.copy(Golden.model(), models, "cut", Progress.NONE);
		final Path weights = model.resolve("vae/diffusion_pytorch_model.safetensors");
		Files.write(weights, Arrays.copyOf(Files.readAllBytes(weights), (int) Files.size(weights) - 8));
		assertWrong(doctor(), "Model cut", "diffusion_pytorch_model.safetensors");
	}

	@Test
	void aChangedBitIsFoundWhenFilesAreVerified() throws IOException {
		final Path model = ModelImport.copy(Golden.model(), models, "bit", Progress.NONE);
		assertTrue(doctor("--verify").out().contains("files have their hash"));
		final Path weights = model.resolve("vae/diffusion_pytorch_model.safetensors");
		final byte[] bytes = Files.readAllBytes(weights);
		bytes[bytes.length - 3] ^= 1;
		Files.write(weights, bytes);
		assertEquals(0, doctor().code());
		assertWrong(doctor("--verify"), "Model bit", "is damaged: its SHA-256 is");
	}

	@Test
	void aJarThatIsThereTwiceIsSaid() throws IOException {
		final Path older = Files.createFile(folder.resolve("gson-2.2.4.jar"));
		set("java.class.path", System.getProperty("java.class.path") + File.pathSeparator + older);
		assertWrong(doctor(), "Jars", "gson is there 2 times", older.toRealPath().toString(),
			"Remove the older one");
	}

	@Test
	void aCatalogueThatCannotBeReadIsSaid() throws IOException {
		final Path catalogue =
			Files.writeString(folder.resolve("catalogue.json"), "{\"format\": 1, \"models\": [{}]}");
		assertWrong(doctor("--catalogue", catalogue.toString()), "Catalogue", catalogue.toString(),
			"name");
	}

	@Test
	void settingsOfTheEngineThatCannotBeReadAreSaid() throws IOException {
		Files.createDirectories(EngineSettings.file().getParent());
		Files.writeString(EngineSettings.file(), "device=tpu");
		assertWrong(doctor(), "Engine", "engine.properties", "Delete that file");
	}

	@Test
	void aRequiredGpuThatIsNotThereIsSaid() {
		EngineSettings.DEFAULT.withDevice("gpu").write();
		assertWrong(doctor(), "Trial", "the settings require a GPU", "zimage engine --device auto");
	}

	@Test
	void aStartThatEndedTheProgramIsSaidAndNotRepeated() throws IOException, InterruptedException {
		assertEquals(9, ChildJvm.run(HaltingStart.class).exitCode());
		final Call call = doctor();
		assertWrong(call, "Engine",
			"The program ended while it loaded the computing engine (libtorch 2.7.1",
			"zimage engine --use cpu");
		assertTrue(call.out().contains("- (note) Trial: not made"), call.out());
	}

	@Test
	void aMissingNativeLibraryIsSaid() throws IOException, InterruptedException {
		final String without = Arrays.stream(ChildJvm.classPath().split(File.pathSeparator))
			.filter(entry -> !entry.contains("pytorch-native"))
			.collect(Collectors.joining(File.pathSeparator));
		final ProcessBuilder builder = new ProcessBuilder(
			ChildJvm.java(List.of(), without, ZImage.class, "doctor", "--models", models.toString()))
			.redirectErrorStream(true);
		builder.environment().put("HF_TOKEN", "hf_secret");
		builder.environment().put("LC_ALL", "C.UTF-8");
		final Process process = builder.start();
		final String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertWrong(new Call(process.waitFor(), out, ""), "Engine",
			"There is no libtorch for this system", "PYTORCH_LIBRARY_PATH");
		assertFalse(out.contains("hf_secret"), out);
	}
}
