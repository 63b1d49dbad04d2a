
package io.github.zimagefiji.hub.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.github.zimagefiji.Progress;
import io.github.zimagefiji.error.RunCanceledException;
import io.github.zimagefiji.error.ZImageException;
import io.github.zimagefiji.request.Stage;

/** Looks at everything that images depend on, and makes one on each device. */
public final class Diagnosis {

	private final List<Probe> probes;

	/**
	 * @param verify whether to read every file of every model and compare its hash, which may take
	 *          minutes
	 */
	public Diagnosis(final Surroundings surroundings, final boolean verify) {
		this(List.of(new SoftwareProbe(surroundings.versions()),
			new JarsProbe(JarsProbe.ofProcess(), surroundings.jarFolders()), new HardwareProbe(),
			new GraphicsProbe("nvidia-smi"), new DiskProbe(), new EngineProbe(),
			new ModelsProbe(surroundings.models(), verify), new CatalogueProbe(surroundings.catalogue()),
			new TrialProbe()));
	}

	Diagnosis(final List<Probe> probes) {
		this.probes = probes;
	}

	/**
	 * Looks at everything. What cannot be looked at is a finding too.
	 *
	 * @param each gets each finding at once, since loading a native library may end the process
	 * @return all of them
	 * @throws RunCanceledException if progress says so
	 */
	public List<Finding> run(final Progress progress, final Consumer<Finding> each) {
		final List<Finding> all = new ArrayList<>();
		for (int i = 0; i < probes.size(); i++) {
			progress.update(Stage.VERIFY, (double) i / probes.size(), probes.get(i).topic());
			progress.checkCanceled();
			final List<Finding> found = look(probes.get(i), progress);
			found.forEach(each);
			all.addAll(found);
		}
		progress.update(Stage.VERIFY, 1, "");
		return all;
	}

	private static List<Finding> look(final Probe probe, final Progress progress) {
		try {
			return probe.look(new Quiet(progress));
		}
		catch (final RunCanceledException e) {
			throw e;
		}
		catch (final ZImageException e) {
			return List.of(Finding.wrong(probe.topic(), e.getMessage()));
		}
		catch (final RuntimeException | LinkageError e) {
			return List.of(Finding.wrong(probe.topic(),
				"Something unexpected went wrong (" + e + "). Please report it with this text."));
		}
	}

	/**
	 * Passes on nothing but whether to go on: each part counts from 0 to 1 by itself.
	 */
	private record Quiet(Progress progress) implements Progress {

		@Override
		public void update(final Stage stage, final double fraction, final String message) {
			// told by the diagnosis
		}

		@Override
		public boolean isCanceled() {
			return progress.isCanceled();
		}
	}
}
