
package io.github.zimagefiji.hub.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.github.zimagefiji.GenerationResult;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.engine.TorchEngine;
import io.github.zimagefiji.engine.library.CrashMarker;
import io.github.zimagefiji.engine.library.EngineSettings;
import io.github.zimagefiji.engine.library.EngineStatus;
import io.github.zimagefiji.engine.library.NativeLibrary;
import io.github.zimagefiji.engine.library.OtherPyTorch;
import io.github.zimagefiji.error.RunCanceledException;
import io.github.zimagefiji.error.ZImageException;
import io.github.zimagefiji.hub.builtin.BuiltInModel;
import io.github.zimagefiji.hub.source.SizeText;
import io.github.zimagefiji.pipeline.Pipeline;
import io.github.zimagefiji.request.ComputeOptions;
import io.github.zimagefiji.request.Precision;

/** Looks at the native library, and makes an image with it. */
final class EngineProbes {

	private EngineProbes() {
		// only static methods
	}

	/**
	 * The native library, without loading it: which one, earlier crashes, and another PyTorch in this
	 * process.
	 */
	static List<Finding> library() {
		final String topic = "Engine";
		final EngineStatus status = EngineStatus.now();
		final List<Finding> found = new ArrayList<>();
		status.library().ifPresent(library -> {
			final long bytes = status.bytes();
			found.add(Finding.good(topic,
				"DJL " + NativeLibrary.djlVersion() + ", " + library.words() + ", " +
					(bytes == 0 ? "not unpacked yet" : SizeText.of(bytes) + " in " + library.folder()) +
					(status.loaded() ? ", loaded" : "")));
			final var others = OtherPyTorch.folders(library.folder());
			if (!others.isEmpty()) found.add(Finding.wrong(topic, OtherPyTorch.sentence(others)));
		});
		status.problem().ifPresent(problem -> found.add(Finding.wrong(topic, problem)));
		CrashMarker.left().forEach(marker -> found.add(Finding.wrong(topic, marker.sentence())));
		final EngineSettings settings = EngineSettings.read();
		found.add(Finding.good("Engine settings",
			"library: " + settings.library().map(Object::toString).orElse("the one that came along") +
				", device: " + settings.device()));
		return found;
	}

	/**
	 * Makes an image with the built-in model on each device and compares it with that of the Python
	 * reference.
	 */
	static List<Finding> trial(final Progress progress) {
		// Loading ended a process before; here it might end the program of the user
		// who wants to know why.
		if (!CrashMarker.left().isEmpty()) return List.of(Finding.note("Trial",
			"not made, because the last start ended the program. Make an image to try again, then ask for diagnostics again."));
		final ExpectedImage expected = ExpectedImage.read();
		final List<Finding> found = new ArrayList<>();
		final List<String> devices = TorchEngine.devices();
		if (EngineSettings.read().device().equals("gpu") && devices.size() == 1)
			found.add(Finding.wrong("Trial",
				"the settings require a GPU, but the native library has none to compute on. Get the CUDA build in " +
					"Plugins>Z-Image>Engine..., or allow the processor there (zimage engine --device auto)."));
		for (final String device : devices) {
			found.add(tryOn(device, expected, progress));
		}
		return found;
	}

	private static Finding tryOn(final String device, final ExpectedImage expected,
		final Progress progress)
	{
		final String topic = "Trial on " + device;
		final long start = System.nanoTime();
		try (Pipeline pipeline =
			Pipeline.open(BuiltInModel.folder(), new ComputeOptions(device, Precision.FLOAT32, 0)))
		{
			final GenerationResult result = pipeline.generate(expected.request(), progress);
			final double seconds = (System.nanoTime() - start) / 1e9;
			final ExpectedImage.Agreement agreement = expected.compare(result.images().get(0));
			final String text = String.format(Locale.ROOT, "%s, %d steps in %.1f s with loading; %s",
				expected.request().prompt(), result.timings().steps().size(), seconds, agreement.words());
			return agreement.isGood("cpu".equals(device)) ? Finding.good(topic, text)
				: Finding.wrong(topic,
					text + ". The image is not the reference's: run with --device cpu, and report this.");
		}
		catch (final RunCanceledException e) {
			throw e;
		}
		catch (final ZImageException e) {
			return Finding.wrong(topic, e.getMessage());
		}
	}
}
