
package io.github.zimagefiji.hub.diagnosis;

import java.util.ArrayList;
import java.util.List;

import io.github.zimagefiji.Progress;
import io.github.zimagefiji.engine.library.CrashMarker;
import io.github.zimagefiji.engine.library.EngineSettings;
import io.github.zimagefiji.engine.library.EngineStatus;
import io.github.zimagefiji.engine.library.NativeLibrary;
import io.github.zimagefiji.engine.library.OtherPyTorch;
import io.github.zimagefiji.hub.source.SizeText;

/**
 * The native library, without loading it: which one, earlier crashes, and another PyTorch in this
 * process.
 */
record EngineProbe() implements Probe {

	@Override
	public String topic() {
		return "Engine";
	}

	@Override
	public List<Finding> look(final Progress progress) {
		final EngineStatus status = EngineStatus.now();
		final List<Finding> found = new ArrayList<>();
		status.library().ifPresent(library -> {
			final long bytes = status.bytes();
			found.add(Finding.good(topic(),
				"DJL " + NativeLibrary.djlVersion() + ", " + library.words() + ", " +
					(bytes == 0 ? "not unpacked yet" : SizeText.of(bytes) + " in " + library.folder()) +
					(status.loaded() ? ", loaded" : "")));
			final var others = OtherPyTorch.folders(library.folder());
			if (!others.isEmpty()) found.add(Finding.wrong(topic(), OtherPyTorch.sentence(others)));
		});
		status.problem().ifPresent(problem -> found.add(Finding.wrong(topic(), problem)));
		CrashMarker.left().forEach(marker -> found.add(Finding.wrong(topic(), marker.sentence())));
		final EngineSettings settings = EngineSettings.read();
		found.add(Finding.good("Engine settings",
			"library: " + settings.library().map(Object::toString).orElse("the one that came along") +
				", device: " + settings.device()));
		return found;
	}
}
