
package io.github.zimagefiji.command.models;

import java.util.List;
import java.util.function.Predicate;

import org.scijava.plugin.Parameter;

import io.github.zimagefiji.command.common.Checked;
import io.github.zimagefiji.command.common.ModelCommand;
import io.github.zimagefiji.command.common.Prepared;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.hub.store.StoredModel;
import io.github.zimagefiji.hub.store.StoredModels;

/** A command that does something to one of the models that are there. */
abstract class StoredModelCommand extends ModelCommand implements Prepared, Checked {

	@Parameter(label = "Model", required = false, persist = false,
		description = "Something in the folder of models: a model, a combination of files, a download. In macros: its name.")
	StoredName model;

	@Override
	public void prepare(final Predicate<String> given, final boolean dialog) {
		if (!dialog) return;
		final StoredModels stored = stored();
		final List<StoredName> names =
			stored.models().stream().map(each -> new StoredName(each.name())).toList();
		if (names.isEmpty()) throw new InvalidInputException(
			"There are no models in " + stored.places() + ". Download or import one first.");
		offer(StoredName.class, names);
	}

	@Override
	public void check() {
		chosen();
	}

	/**
	 * The model that is meant.
	 *
	 * @throws InvalidInputException if there is none
	 */
	StoredModel chosen() {
		return stored().get(model == null ? null : model.name());
	}
}
