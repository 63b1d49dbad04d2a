
package io.github.zimagefiji.hub.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.hub.store.StoredModel.Form;

/**
 * What lies in folders of models, ready or not, and where.
 *
 * @param folders the folders of models that were looked into
 * @param models by name, without regard to case; of those with the same name the one that comes
 *          first counts
 */
public record StoredModels(List<Path> folders, List<StoredModel> models) {

	/** Lists are copied. */
	public StoredModels {
		folders = List.copyOf(folders);
		models = List.copyOf(models);
	}

	/**
	 * Looks into folders.
	 *
	 * @param folders of models; those that are not there or cannot be read hold nothing
	 */
	public static StoredModels in(final List<Path> folders) {
		final Map<String, StoredModel> found = new LinkedHashMap<>();
		for (final Path each : folders) {
			in(each).forEach(model -> found.putIfAbsent(model.name(), model));
		}
		return new StoredModels(folders, found.values().stream()
			.sorted(Comparator.comparing(StoredModel::name, String.CASE_INSENSITIVE_ORDER)).toList());
	}

	/**
	 * Finds a model.
	 *
	 * @throws InvalidInputException if there is none of that name
	 */
	public StoredModel get(final String name) {
		if (name == null || name.isBlank())
			throw new InvalidInputException("No model is named. " + choice());
		return models.stream().filter(each -> each.name().equals(name)).findFirst()
			.orElseThrow(() -> new InvalidInputException(
				"There is no model \"" + name + "\" in " + places() + ". " + choice()));
	}

	/** What can be named, as a sentence. */
	private String choice() {
		if (models.isEmpty()) return "Download or import one first.";
		return "There are: " +
			models.stream().map(StoredModel::name).collect(Collectors.joining("; ")) + ".";
	}

	/** The folders, for sentences. */
	public String places() {
		return folders.stream().map(Path::toString).collect(Collectors.joining(" or "));
	}

	private static List<StoredModel> in(final Path models) {
		final List<StoredModel> result = new ArrayList<>();
		for (final Path place : ModelPlaces.modelsIn(models)) {
			final Form form = ModelPlaces.isCombination(place) ? Form.COMBINATION : Form.MODEL;
			result.add(new StoredModel(ModelPlaces.name(place), models, place, form));
		}
		for (final Path folder : ModelPlaces.foldersIn(models)) {
			final boolean files =
				Files.isRegularFile(folder.resolve(ModelManifest.NAME)) && !ModelPlaces.isModel(folder);
			if (files) result.add(new StoredModel(ModelPlaces.name(folder), models, folder, Form.FILES));
		}
		ModelReference.in(models)
			.forEach((name, folder) -> result.add(new StoredModel(name, models, folder, Form.REFERENCE)));
		for (final Path begun : ModelPlaces.foldersIn(models.resolve(Staging.FOLDER))) {
			if (Staging.isBegun(begun))
				result.add(new StoredModel(begun.getFileName().toString(), models, begun, Form.BEGUN));
		}
		return result;
	}
}
