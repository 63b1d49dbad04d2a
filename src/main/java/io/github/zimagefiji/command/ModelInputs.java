
package io.github.zimagefiji.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.scijava.plugin.Parameter;
import org.scijava.thread.ThreadService;

import io.github.zimagefiji.ModelInfo;
import io.github.zimagefiji.ModelVariant;
import io.github.zimagefiji.command.common.DialogFacts;
import io.github.zimagefiji.command.common.ModelChoice;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.error.ZImageException;
import io.github.zimagefiji.hub.store.InstalledModel;
import io.github.zimagefiji.request.Task;
import io.github.zimagefiji.service.ZImageService;

/**
 * Which model a command means, and what is known of it: in a dialog, which models there are to
 * choose from.
 */
abstract class ModelInputs extends RequestInputs {

	@Parameter
	ZImageService zimage;

	@Parameter
	private ThreadService background;

	/**
	 * What can be chosen; null before the dialog opens and where there is none.
	 */
	private ModelChoice choice;
	private DialogFacts facts;

	/** What kind of request the command makes. */
	abstract Task task();

	/** What can be chosen, the model for those who choose nothing first. */
	List<InstalledModel> models() {
		return zimage.models();
	}

	/**
	 * Looks whether a model can do what the command is for.
	 *
	 * @param millis how long to wait for its folder
	 * @throws InvalidInputException if it cannot, with what can
	 */
	void checkModel(final Path folder, final long millis) {
		// most models can
	}

	/** The folder of the model that is meant. */
	Path folder() {
		return choice().folder(model, model_folder);
	}

	/** What can be chosen; a dialog keeps to what it offered. */
	ModelChoice choice() {
		return choice == null ? new ModelChoice(models()) : choice;
	}

	/**
	 * Whether a dialog was opened; without one, the run itself says what is wrong.
	 */
	boolean isDialog() {
		return choice != null;
	}

	/** What is known of models and runs. */
	DialogFacts facts() {
		if (facts == null) facts = new DialogFacts(zimage, background);
		return facts;
	}

	/** Drops what was found out: it holds the images of the last requests. */
	void forgetFacts() {
		facts = null;
	}

	/** From now on what can be chosen is what there is now. */
	void openChoice() {
		choice = new ModelChoice(models());
	}

	Optional<ModelInfo> info(final long millis) {
		return facts().model(folder(), millis);
	}

	/** Nothing also for a model that cannot be used. */
	Optional<ModelInfo> known(final long millis) {
		try {
			return info(millis);
		}
		catch (final ZImageException e) {
			return Optional.empty();
		}
	}

	ModelVariant variant(final long millis) {
		return known(millis).map(ModelInfo::variant).orElse(ModelVariant.UNKNOWN);
	}

	/** The guidance that a model needs; {@link #UNSET} if that is not known. */
	double own(final ModelVariant variant) {
		return variant == ModelVariant.UNKNOWN ? UNSET : variant.defaultGuidance(task());
	}
}
