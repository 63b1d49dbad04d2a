
package io.github.zimagefiji.hub.diagnosis;

import static io.github.zimagefiji.golden.Golden.FLOAT32;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.zimagefiji.GeneratedImage;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.RecordingProgress;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.error.RunCanceledException;
import io.github.zimagefiji.hub.builtin.BuiltInModel;
import io.github.zimagefiji.pipeline.Pipeline;

/** What the parts of a diagnosis find. */
@Tag("engine")
class ProbesTest {

	@TempDir
	private Path folder;

	private Path jar(final String path) throws IOException {
		Files.createDirectories(folder.resolve(path).getParent());
		return Files.createFile(folder.resolve(path));
	}

	@Test
	void doublesAreFoundAcrossTheFoldersOfFijiAndOtherSystemsLibrariesAreNone() throws IOException {
		final Path one = jar("jars/jna-5.14.0.jar");
		jar("jars/linux64/jna-4.5.2.jar");
		jar("jars/pytorch-native-cpu-2.7.1-linux-x86_64.jar");
		jar("jars/pytorch-native-cpu-2.7.1-win-x86_64.jar");
		jar("plugins/zimage-fiji-0.1.0-SNAPSHOT.jar");
		jar("plugins/Other_Plugin-1.0.jar");
		jar("jars/Other_Plugin-2.0.jar");
		final List<Finding> found = new JarsProbe(List.of(one),
			List.of(folder.resolve("jars"), folder.resolve("plugins"), folder.resolve("not there")))
			.look();
		assertEquals(2, found.size(), found.toString());
		assertTrue(found.get(1).text().startsWith("jna is there 2 times: "), found.get(1).text());
		assertTrue(found.get(0).text().contains("zimage-fiji-0.1.0-SNAPSHOT.jar"), found.get(0).text());
	}

	@ParameterizedTest
	@CsvSource({ "exit 9, WRONG, fails",
		"echo 'NVIDIA X; 570.1; 80 GB', GOOD, NVIDIA X; 570.1; 80 GB",
		"sleep 60, WRONG, does not answer" })
	void theDriversProgramIsAskedAndItsFailuresTold(final String script,
		final Finding.Verdict verdict, final String words) throws IOException
	{
		assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "a fake of nvidia-smi is a shell script");
		final Path program =
			Files.writeString(folder.resolve("nvidia-smi"), "#!/bin/sh\nexec 2>&1\n" + script + "\n");
		assertTrue(program.toFile().setExecutable(true));
		final List<Finding> found = ComputerProbes.graphics(program.toString());
		assertEquals(verdict, found.get(0).verdict());
		assertTrue(found.get(0).text().contains(words), found.get(0).text());
		if (verdict == Finding.Verdict.GOOD)
			assertTrue(found.get(1).text().contains("is not used"), found.toString());
	}

	@Test
	void withoutTheDriverThereIsNoGpu() {
		final List<Finding> found = ComputerProbes.graphics(folder.resolve("none").toString());
		assertTrue(found.get(0).text().startsWith("no NVIDIA driver"), found.toString());
	}

	@Test
	void anotherImageThanTheReferencesIsNoticed() {
		final ExpectedImage expected = ExpectedImage.read();
		try (Pipeline pipeline = Pipeline.open(BuiltInModel.folder(), FLOAT32)) {
			final GeneratedImage made =
				pipeline.generate(expected.request(), Progress.NONE).images().get(0);
			assertTrue(expected.compare(made).isGood(true));
			made.samples()[7] = 1 - made.samples()[7];
			assertFalse(expected.compare(made).isGood(true));
			final GeneratedImage other = pipeline
				.generate(expected.request().toBuilder().seed(1).build(), Progress.NONE).images().get(0);
			assertFalse(expected.compare(other).isGood(true));
			assertFalse(expected.compare(other).isGood(false));
		}
	}

	@Test
	void whatCannotBeLookedAtIsAFindingAndTheRestIsLookedAtAllTheSame() {
		final Probe sentence = probe("A", () -> {
			throw new InvalidInputException("It is broken.");
		});
		final Probe bug = probe("B", () -> {
			throw new IllegalStateException("oops");
		});
		final Probe good = probe("C", () -> List.of(Finding.good("C", "fine")));
		final List<Finding> told = new ArrayList<>();
		final List<Finding> found =
			new Diagnosis(List.of(sentence, bug, good)).run(Progress.NONE, told::add);
		assertEquals(found, told);
		assertEquals(Finding.wrong("A", "It is broken."), found.get(0));
		assertTrue(
			found.get(1).text().contains("oops") && found.get(1).verdict() == Finding.Verdict.WRONG);
		assertEquals(Finding.good("C", "fine"), found.get(2));
		assertEquals(2, Report.wrong(found));
	}

	@Test
	void itCanBeCancelled() {
		final Progress canceled = new RecordingProgress(() -> true);
		assertThrows(RunCanceledException.class,
			() -> new Diagnosis(List.of(probe("A", List::of))).run(canceled, finding -> {}));
	}

	@ParameterizedTest
	@CsvSource({ "/home/ann/.cache/x, ~/.cache/x", "the folder /home/ann., the folder ~.",
		"/home/anna/x, /home/anna/x", "/data/ann/models, /data/USER/models",
		"ann is no path, ann is no path", "(/home/ann), (~)" })
	void pathsDoNotNameThePerson(final String text, final String shown) {
		assertEquals("- X: " + shown, new Report("/home/ann", "ann").line(Finding.good("X", text)));
	}

	@Test
	void pathsOfWindowsDoNotNameThePersonEither() {
		assertEquals("- **WRONG** X: ~\\.djl.ai and D:\\USER\\x",
			new Report("C:\\Users\\Ann Lee", "Ann Lee")
				.line(Finding.wrong("X", "C:\\Users\\Ann Lee\\.djl.ai and D:\\Ann Lee\\x")));
	}

	private static Probe probe(final String topic, final Supplier<List<Finding>> look) {
		return new Probe(topic, progress -> look.get());
	}
}
