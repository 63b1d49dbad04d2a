
package io.github.zimagefiji.hub.diagnosis;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import io.github.zimagefiji.ModelInfo;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.error.RunCanceledException;
import io.github.zimagefiji.error.ZImageException;
import io.github.zimagefiji.hub.builtin.BuiltInModel;
import io.github.zimagefiji.hub.maintenance.ModelCheck;
import io.github.zimagefiji.hub.source.SizeText;
import io.github.zimagefiji.hub.store.InstalledModel;
import io.github.zimagefiji.hub.store.ModelManifest;
import io.github.zimagefiji.hub.store.ModelManifest.FileNote;
import io.github.zimagefiji.model.folder.ModelFolder;

/**
 * The models: whether all files are there with the size that was noted at the download, or with
 * their hash.
 *
 * @param models asked for here; the built-in one may be among them
 * @param verify whether to compare hashes, too
 */
record ModelsProbe(Supplier<List<InstalledModel>> models, boolean verify) {

	private static final int MOST_NAMED = 3;

	List<Finding> look(final Progress progress) {
		final List<Finding> found = new ArrayList<>(List.of(builtIn()));
		for (final InstalledModel model : models.get()) {
			if (model.origin() != InstalledModel.Origin.BUILT_IN) found.add(installed(model, progress));
		}
		return found;
	}

	private static Finding builtIn() {
		final String topic = "Built-in model";
		try {
			final List<String> damaged = BuiltInModel.damaged();
			if (!damaged.isEmpty()) BuiltInModel.repair();
			final Path folder = BuiltInModel.folder();
			return damaged.isEmpty() ? Finding.good(topic, "every file has its hash (" + folder + ")")
				: Finding.wrong(topic, few(damaged) +
					" was damaged in the cache folder and has been unpacked again. If this happens again, check the " +
					"drive of " + folder + ".");
		}
		catch (final ZImageException e) {
			return Finding.wrong(topic, e.getMessage());
		}
	}

	private Finding installed(final InstalledModel model, final Progress progress) {
		final String topic = "Model " + model.name();
		try {
			final ModelInfo info = ModelFolder.open(model.folder()).info();
			final Optional<ModelManifest> manifest = ModelManifest.read(model.folder());
			final List<String> wrong =
				manifest.map(noted -> wrongSizes(model.folder(), noted.files())).orElse(List.of());
			if (!wrong.isEmpty())
				return Finding.wrong(topic, few(wrong) + ". Remove the model and download it again.");
			if (verify) return verified(topic, model.folder(), progress);
			final String what = info.variant().label() + " in " + model.folder() + "; ";
			return manifest.isEmpty()
				? Finding.note(topic, what + "no hashes were noted, so its files are unverified")
				: Finding.good(topic,
					what +
						SizeText.of(manifest.get().files().values().stream().mapToLong(FileNote::bytes).sum()) +
						", every file has its size; hashes are compared with --verify");
		}
		catch (final RunCanceledException e) {
			throw e;
		}
		catch (final ZImageException e) {
			return Finding.wrong(topic, e.getMessage());
		}
	}

	private static List<String> wrongSizes(final Path folder, final Map<String, FileNote> files) {
		final List<String> wrong = new ArrayList<>();
		files.forEach((path, noted) -> {
			final long bytes = folder.resolve(path).toFile().length();
			final boolean before = noted.original() != null && noted.original().bytes() == bytes;
			if (bytes != noted.bytes() && !before)
				wrong.add(path + " has " + bytes + " bytes instead of " + noted.bytes());
		});
		return wrong;
	}

	private static Finding verified(final String topic, final Path folder, final Progress progress) {
		final ModelCheck check = ModelCheck.of(folder, progress);
		if (!check.isGood()) return Finding.wrong(topic,
			few(check.wrong().entrySet().stream().map(each -> each.getKey() + " " + each.getValue())
				.toList()) + ". Remove the model and download it again.");
		final String text = check.right().size() + " files have their hash, of " +
			check.unknown().size() + " none is known (" + folder + ")";
		return check.unknown().isEmpty() ? Finding.good(topic, text) : Finding.note(topic, text);
	}

	private static String few(final List<String> all) {
		final String named = String.join("; ", all.subList(0, Math.min(all.size(), MOST_NAMED)));
		return all.size() <= MOST_NAMED ? named
			: named + "; and " + (all.size() - MOST_NAMED) + " more";
	}
}
