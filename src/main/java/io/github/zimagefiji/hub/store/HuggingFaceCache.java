
package io.github.zimagefiji.hub.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The folder into which the programs of Hugging Face download; nothing is ever written there.
 *
 * @see <a href= "https://huggingface.co/docs/huggingface_hub/guides/manage-cache">its layout</a>
 */
public final class HuggingFaceCache {

	private static final Pattern MODEL = Pattern.compile("models--(.+?)--(.+)");

	private final Optional<Path> folder;

	/** @param folder the one that holds {@code models--OWNER--NAME} */
	public HuggingFaceCache(final Path folder) {
		this.folder = Optional.of(folder);
	}

	private HuggingFaceCache(final Optional<Path> folder) {
		this.folder = folder;
	}

	/** The cache of this user. */
	public static HuggingFaceCache ofThisPerson() {
		return from(System.getenv(), System.getProperty("user.home", ""));
	}

	/**
	 * Finds the cache as the programs of Hugging Face do.
	 *
	 * @param variables of the environment
	 * @param home the user's folder
	 */
	static HuggingFaceCache from(final Map<String, String> variables, final String home) {
		try {
			return new HuggingFaceCache(Optional.of(path(variables, home)));
		}
		catch (final InvalidPathException e) {
			return new HuggingFaceCache(Optional.empty());
		}
	}

	private static Path path(final Map<String, String> variables, final String home) {
		final String hub = variables.getOrDefault("HF_HUB_CACHE", "");
		if (!hub.isBlank()) return Path.of(hub);
		final String own = variables.getOrDefault("HF_HOME", "");
		if (!own.isBlank()) return Path.of(own, "hub");
		final String general = variables.getOrDefault("XDG_CACHE_HOME", "");
		return general.isBlank() ? Path.of(home, ".cache", "huggingface", "hub")
			: Path.of(general, "huggingface", "hub");
	}

	/**
	 * The models in it, each as it was downloaded last, named {@code OWNER/NAME}.
	 */
	public List<InstalledModel> models() {
		final List<InstalledModel> result = new ArrayList<>();
		for (final Path each : folder.map(ModelPlaces::foldersIn).orElse(List.of())) {
			final Matcher name = MODEL.matcher(each.getFileName().toString());
			if (!name.matches()) continue;
			snapshot(each).filter(ModelPlaces::isModel)
				.ifPresent(snapshot -> result.add(new InstalledModel(name.group(1) + "/" + name.group(2),
					snapshot, InstalledModel.Origin.CACHE)));
		}
		result.sort(Comparator.comparing(InstalledModel::name, String.CASE_INSENSITIVE_ORDER));
		return result;
	}

	/** What the branch main stands for; else the snapshot that came last. */
	private static Optional<Path> snapshot(final Path model) {
		final Path snapshots = model.resolve("snapshots");
		final Path main = model.resolve("refs/main");
		try {
			if (Files.isRegularFile(main)) {
				final Path named = snapshots.resolve(Files.readString(main).strip());
				if (named.normalize().startsWith(snapshots.normalize()) && Files.isDirectory(named))
					return Optional.of(named);
			}
		}
		catch (final IOException | InvalidPathException e) {
			// The others are as good.
		}
		return ModelPlaces.foldersIn(snapshots).stream()
			.max(Comparator.comparing(HuggingFaceCache::modified));
	}

	private static long modified(final Path folder) {
		try {
			return Files.getLastModifiedTime(folder).toMillis();
		}
		catch (final IOException e) {
			return 0;
		}
	}
}
