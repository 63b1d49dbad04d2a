
package io.github.zimagefiji.hub.diagnosis;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.zimagefiji.Progress;
import io.github.zimagefiji.engine.library.EngineStatus;
import io.github.zimagefiji.error.RunCanceledException;

/**
 * NVIDIA's GPUs and driver, as its own program tells them, and whether they are used.
 *
 * @param program {@code nvidia-smi}
 */
record GraphicsProbe(String program) implements Probe {

	private static final long PATIENCE_SECONDS = 5;

	@Override
	public String topic() {
		return "GPU";
	}

	@Override
	public List<Finding> look(final Progress progress) {
		final Path answer;
		try {
			answer = Files.createTempFile("zimage", ".txt");
		}
		catch (final IOException e) {
			return List.of(Finding.note("GPU",
				"could not be asked for: the folder for temporary files cannot be written to"));
		}
		try {
			return ask(answer);
		}
		catch (final IOException e) {
			return List.of(Finding.good("GPU", "no NVIDIA driver: there is no " + program + " here"));
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new RunCanceledException();
		}
		finally {
			answer.toFile().delete();
		}
	}

	private List<Finding> ask(final Path answer) throws IOException, InterruptedException {
		final Process process =
			new ProcessBuilder(program, "--query-gpu=name,driver_version,memory.total",
				"--format=csv,noheader").redirectErrorStream(true).redirectOutput(answer.toFile()).start();
		if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
			process.destroyForcibly();
			return List.of(Finding.wrong("GPU", program + " does not answer within " + PATIENCE_SECONDS +
				" s. Restart the computer, or reinstall the NVIDIA driver."));
		}
		final String said = Files.readString(answer, StandardCharsets.UTF_8).strip();
		if (process.exitValue() != 0 || said.isEmpty()) return List.of(Finding.wrong("GPU", program +
			" fails: " + said.lines().findFirst().orElse("no words") + ". Reinstall the NVIDIA driver."));
		final List<Finding> found = new ArrayList<>();
		said.lines().forEach(line -> found.add(Finding.good("GPU", line + " (name, driver, memory)")));
		final boolean cuda =
			EngineStatus.now().library().filter(library -> library.flavor().startsWith("cu")).isPresent();
		if (!cuda) found.add(Finding.note("GPU",
			"is not used, because the native library computes on the processor only. Get " +
				"the CUDA build in Plugins>Z-Image>Engine... (zimage engine --download cu128)."));
		return found;
	}
}
