
package io.github.zimagefiji.command.common;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.fields.NearestWord;
import io.github.zimagefiji.hub.builtin.BuiltInModel;
import io.github.zimagefiji.hub.store.InstalledModel;

/** What a model's name and folder, as given, mean together. */
public final class ModelChoice {

	public static final ModelName BUILT_IN = new ModelName(BuiltInModel.NAME);

	/** Says that the folder beside it counts. */
	public static final ModelName OTHER = new ModelName("Other folder...");

	private final List<InstalledModel> models;

	/** @param models what can be chosen, the built-in one first */
	public ModelChoice(final List<InstalledModel> models) {
		this.models = models;
	}

	/** Those that have a folder. */
	public List<InstalledModel> models() {
		return models;
	}

	/** The one for those who choose nothing. */
	public ModelName first() {
		return new ModelName(models.get(0).name());
	}

	/** What a dialog offers. */
	public List<ModelName> names() {
		final List<ModelName> names = new ArrayList<>();
		models.forEach(model -> names.add(new ModelName(model.name())));
		names.add(OTHER);
		return names;
	}

	/** Whether a name stands for a model, rather than for "see the folder". */
	public static boolean isName(final ModelName model) {
		return model != null && !model.name().isBlank() && !model.equals(OTHER);
	}

	/**
	 * Whether a folder is given; a dialog gives an emptied field as a file without a name.
	 */
	public static boolean isFolder(final File folder) {
		return folder != null && !folder.getPath().isBlank();
	}

	/**
	 * Finds the model that is meant: the one of that name; else that of the folder; without both, the
	 * built-in one.
	 *
	 * @throws InvalidInputException if there is no such model, or both are given
	 */
	public Path folder(final ModelName model, final File folder) {
		if (isName(model) && isFolder(folder)) throw new InvalidInputException("The model \"" + model +
			"\" and the folder " + folder + " are both given. Leave one of them out.");
		if (isName(model)) return find(model).orElseThrow(() -> unknown(model)).folder();
		if (isFolder(folder)) return folder.toPath();
		if (OTHER.equals(model))
			throw new InvalidInputException("Choose the model's folder, or another model.");
		return models.get(0).folder();
	}

	/**
	 * Whether others would find a model by this name too: not one whose folder was only used lately.
	 */
	public boolean isInstalled(final ModelName model) {
		return isName(model) &&
			find(model).filter(each -> each.origin() != InstalledModel.Origin.RECENT).isPresent();
	}

	/** The model of that name. */
	public Optional<InstalledModel> find(final ModelName model) {
		return models.stream().filter(each -> each.name().equals(model.name())).findFirst();
	}

	private InvalidInputException unknown(final ModelName model) {
		final List<String> names = models.stream().map(InstalledModel::name).toList();
		return new InvalidInputException("There is no model \"" + model + "\" here (any more)." +
			NearestWord.question(model.name(), names) + " There are: " + String.join("; ", names) + ".");
	}
}
