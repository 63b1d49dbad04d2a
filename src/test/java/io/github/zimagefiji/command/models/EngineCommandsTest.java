
package io.github.zimagefiji.command.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.command.Command;
import org.scijava.command.CommandService;
import org.scijava.module.Module;

import io.github.zimagefiji.command.scijava.MacroRecorder;
import io.github.zimagefiji.engine.library.EngineSettings;
import io.github.zimagefiji.error.ZImageException;

/**
 * Engine... and Diagnostics... without a window, as macros and scripts run them.
 */
@Tag("engine")
class EngineCommandsTest {

	@TempDir
	private Path cache;

	private String usual;
	private Context context;

	@BeforeEach
	void start() {
		usual = System.setProperty("zimage.cache", cache.toString());
		context = new Context();
	}

	@AfterEach
	void stop() {
		context.dispose();
		if (usual == null) System.clearProperty("zimage.cache");
		else System.setProperty("zimage.cache", usual);
	}

	private Module run(final Class<? extends Command> command, final Object... inputs)
		throws Exception
	{
		return context.service(CommandService.class).run(command, true, inputs).get();
	}

	@Test
	void theEngineIsToldAndTheDeviceKept() throws Exception {
		final String report = (String) run(Engine.class, "device", "gpu").getOutput("report");
		assertTrue(
			report.contains("libtorch 2.7.1") && report.contains("device gpu (a GPU is required)"),
			report);
		assertEquals("gpu", EngineSettings.read().device());
		assertTrue(((String) run(Engine.class).getOutput("report")).contains("device gpu"),
			"nothing given, nothing changed");
	}

	@Test
	void aLibraryThatIsNotThereIsAnErrorOfTheScript() {
		assertFails("There is no native library \"cu128\"", "library", "cu128");
		assertFails("There is no native library \"cu128\"", "library", "cu128", "device", "gpu");
		assertFails("there is no libtorch", "library", cache.toString(), "device", "gpu");
		assertFails("\"cuda\" is no build", "build", "cuda", "device", "gpu");
		assertFalse(Files.exists(EngineSettings.file()));
	}

	@Test
	void damagedSettingsAreNamedAndNotReplacedInSilence() throws IOException {
		Files.writeString(EngineSettings.file(), "device=tpu");
		assertFails("engine.properties, cannot be used", "device", "cpu");
		assertEquals("device=tpu", Files.readString(EngineSettings.file()));
	}

	private void assertFails(final String words, final Object... inputs) {
		Throwable cause = assertThrows(ExecutionException.class, () -> run(Engine.class, inputs));
		while (cause != null && !(cause instanceof ZImageException)) {
			cause = cause.getCause();
		}
		assertTrue(cause != null && cause.getMessage().contains(words), String.valueOf(cause));
	}

	@Test
	void theRecordersLineNamesWhatWasChosen() throws Exception {
		final Module module = run(Engine.class, "device", "cpu");
		final MacroRecorder recorder = new MacroRecorder();
		context.inject(recorder);
		assertEquals("run(\"Engine...\", \"device=cpu\");", recorder.line(module, false).strip());
	}

	@Test
	void theDiagnosisIsATextAndANumberOfProblems() throws Exception {
		final Module sound = run(Diagnostics.class);
		final String report = (String) sound.getOutput("report");
		assertTrue(report.startsWith("### Z-Image diagnostics") && report.contains("- ImageJ: "),
			report);
		assertTrue(report.contains("- Trial on cpu: "), report);
		assertEquals(0, sound.getOutput("problems"), report);
		final Path catalogue = Files.writeString(cache.resolve("own.json"), "[]");
		final Module broken = run(Diagnostics.class, "catalogue", catalogue.toFile());
		assertEquals(1, broken.getOutput("problems"));
		assertTrue(((String) broken.getOutput("report")).contains("**WRONG** Catalogue: "), report);
	}
}
