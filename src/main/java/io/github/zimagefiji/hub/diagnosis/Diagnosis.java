
package io.github.zimagefiji.hub.diagnosis;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.github.zimagefiji.Progress;
import io.github.zimagefiji.error.RunCanceledException;
import io.github.zimagefiji.error.ZImageException;
import io.github.zimagefiji.hub.catalogue.Catalogue;
import io.github.zimagefiji.hub.store.InstalledModel;
import io.github.zimagefiji.request.Stage;

/** Looks at everything that images depend on, and makes one on each device. */
public final class Diagnosis {

	/**
	 * What the program that asks for a diagnosis knows of the place where it runs.
	 *
	 * @param versions of programs around it, such as ImageJ, in the order for a report
	 * @param jarFolders folders of jars beside the class path, such as Fiji's {@code jars} and
	 *          {@code plugins}
	 * @param models those that the user can choose; asked for while the diagnosis runs
	 * @param catalogue the user's own catalogue of models
	 */
	public record Surroundings(Map<String, String> versions, List<Path> jarFolders,
			Supplier<List<InstalledModel>> models, Optional<Path> catalogue)
	{}

	private final List<Probe> probes;

	/**
	 * @param verify whether to read every file of every model and compare its hash, which may take
	 *          minutes
	 */
	public Diagnosis(final Surroundings surroundings, final boolean verify) {
		this(
			List.of(new Probe("Versions", progress -> ComputerProbes.software(surroundings.versions())),
				new Probe("Jars",
					progress -> new JarsProbe(JarsProbe.ofProcess(), surroundings.jarFolders()).look()),
				new Probe("Computer", progress -> ComputerProbes.hardware()),
				new Probe("GPU", progress -> ComputerProbes.graphics("nvidia-smi")),
				new Probe("Cache folder", progress -> ComputerProbes.cacheFolder()),
				new Probe("Engine", progress -> EngineProbes.library()),
				new Probe("Models", new ModelsProbe(surroundings.models(), verify)::look),
				new Probe("Catalogue", progress -> catalogue(surroundings.catalogue())),
				new Probe("Trial", EngineProbes::trial)));
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
			return probe.look().apply(new Quiet(progress));
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

	/** The plugin's list of models, and the user's own. */
	private static List<Finding> catalogue(final Optional<Path> own) {
		final Catalogue builtIn = Catalogue.builtIn();
		final int all = own.map(builtIn::with).orElse(builtIn).entries().size();
		return List.of(Finding.good("Catalogue", builtIn.entries().size() + " entries of the plugin" +
			own.map(file -> ", " + (all - builtIn.entries().size()) + " in " + file).orElse("")));
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
