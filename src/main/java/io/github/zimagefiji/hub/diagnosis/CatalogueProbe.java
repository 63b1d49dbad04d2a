
package io.github.zimagefiji.hub.diagnosis;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import io.github.zimagefiji.Progress;
import io.github.zimagefiji.hub.catalogue.Catalogue;

/**
 * The plugin's list of models, and the user's own.
 *
 * @param own a file, if there is one
 */
record CatalogueProbe(Optional<Path> own) implements Probe {

	@Override
	public String topic() {
		return "Catalogue";
	}

	@Override
	public List<Finding> look(final Progress progress) {
		final Catalogue builtIn = Catalogue.builtIn();
		final int all = own.map(builtIn::with).orElse(builtIn).entries().size();
		return List.of(Finding.good(topic(), builtIn.entries().size() + " entries of the plugin" +
			own.map(file -> ", " + (all - builtIn.entries().size()) + " in " + file).orElse("")));
	}
}
