
package io.github.zimagefiji.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import ij.ImagePlus;
import io.github.zimagefiji.GenerationResult;
import io.github.zimagefiji.command.common.DialogFacts;
import io.github.zimagefiji.command.common.OpenImage;
import io.github.zimagefiji.command.scijava.MacroKeys;
import io.github.zimagefiji.command.scijava.MacroRecorder;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.error.ZImageException;
import io.github.zimagefiji.hub.builtin.BuiltInModel;
import io.github.zimagefiji.hub.store.InstalledModel;
import io.github.zimagefiji.request.EditRequest;
import io.github.zimagefiji.request.InputImage;
import io.github.zimagefiji.request.Task;

/** Follows an instruction about the active image, and others if there are. */
@Plugin(type = Command.class, headless = true,
	menu = { @Menu(label = MenuPlace.PLUGINS, weight = MenuPlace.PLUGINS_WEIGHT),
		@Menu(label = MenuPlace.Z_IMAGE), @Menu(label = "Edit Image...", weight = 15) },
	attrs = { @Attr(name = MacroRecorder.ATTRIBUTE), @Attr(name = MacroRecorder.NOT_BY_FIJI) })
public class EditImage extends PictureInputs {

	private static final String SEPARATOR = "|";

	@Parameter(label = "Further images", required = false, persist = false,
		callback = "requestChanged", validater = "furtherProblem",
		description = "Titles of other open images that the prompt speaks of; several are separated by |. The active image is " +
			"the first.")
	String more_images = "";

	@Parameter(label = "Add an open image", required = false, persist = false,
		callback = "pictureChosen", attrs = @Attr(name = MacroKeys.DIALOG_ONLY),
		description = "Adds an image to the further ones.")
	OpenImage picture_to_add;

	@Override
	Task task() {
		return Task.EDIT;
	}

	@Override
	List<InstalledModel> models() {
		return withEditingModel(super.models());
	}

	/** The editing form of the built-in model, then others. */
	static List<InstalledModel> withEditingModel(final List<InstalledModel> others) {
		final List<InstalledModel> models =
			new ArrayList<>(List.of(new InstalledModel(BuiltInModel.EDIT_NAME, BuiltInModel.editModel(),
				InstalledModel.Origin.BUILT_IN)));
		others.stream().filter(each -> !each.name().equals(BuiltInModel.EDIT_NAME))
			.forEach(models::add);
		return models;
	}

	@Override
	EditRequest request() {
		final List<InputImage> images = new ArrayList<>(List.of(basis(image()).input()));
		for (final ImagePlus each : further()) {
			images.add(source(each).input());
		}
		return new EditRequest(text().build(), images);
	}

	@Override
	public boolean isShown(final String name) {
		final boolean further = Set.of("more_images", "picture_to_add").contains(name);
		return super.isShown(name) && (!further || areOthersOpen());
	}

	private List<ImagePlus> further() {
		final List<ImagePlus> images = new ArrayList<>();
		if (more_images == null) return images;
		for (final String title : more_images.split("\\" + SEPARATOR, -1)) {
			if (!title.isBlank()) images.add(OpenImage.titled(title.strip()));
		}
		return images;
	}

	/** Says what to use in place of a model that cannot edit. */
	@Override
	void checkModel(final Path folder, final long millis) {
		if (facts().canEdit(folder, millis).orElse(true)) return;
		final List<String> others = choice().models().stream().filter(this::canEdit)
			.map(each -> "\"" + each.name() + "\"").toList();
		throw new InvalidInputException(
			"The model " + zimage.inspect(folder).name() + " cannot edit. " + String.join(", ", others) +
				" can. Or use Image to Image..., which works with every model.");
	}

	private boolean canEdit(final InstalledModel model) {
		try {
			return facts().canEdit(model.folder(), DialogFacts.BRIEF).orElse(false);
		}
		catch (final ZImageException e) {
			return false;
		}
	}

	@Override
	void show(final GenerationResult generated) {
		show(basis().restore(generated.images()), image);
	}

	@SuppressWarnings("unused")
	private void pictureChosen() {
		if (OpenImage.isChosen(picture_to_add))
			more_images = more_images == null || more_images.isBlank() ? picture_to_add.toString()
				: more_images + " " + SEPARATOR + " " + picture_to_add;
		picture_to_add = OpenImage.NONE;
		requestChanged();
	}

	@SuppressWarnings("unused")
	private String furtherProblem() {
		return problemOf(this::further);
	}
}
