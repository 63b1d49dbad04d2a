
package io.github.zimagefiji.command.models;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.scijava.ItemIO;
import org.scijava.app.AppService;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import ij.IJ;
import io.github.zimagefiji.command.MenuPlace;
import io.github.zimagefiji.command.common.Checked;
import io.github.zimagefiji.command.common.MenuCommand;
import io.github.zimagefiji.command.common.ModelChoice;
import io.github.zimagefiji.command.common.RunDisplay;
import io.github.zimagefiji.command.scijava.MacroRecorder;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.hub.diagnosis.Diagnosis;
import io.github.zimagefiji.hub.diagnosis.Finding;
import io.github.zimagefiji.hub.diagnosis.Report;
import io.github.zimagefiji.service.ZImageService;

/** Tells what is here and what is wrong, as a text for the forum. */
@Plugin(type = Command.class, headless = true,
	menu = { @Menu(label = MenuPlace.PLUGINS, weight = MenuPlace.PLUGINS_WEIGHT),
		@Menu(label = MenuPlace.Z_IMAGE), @Menu(label = "Diagnostics...", weight = 51) },
	attrs = { @Attr(name = MacroRecorder.ATTRIBUTE), @Attr(name = MacroRecorder.NOT_BY_FIJI) })
public class Diagnostics extends MenuCommand implements Checked {

	@Parameter(label = "Verify all files", persist = false,
		description = "Read every file of every model and compare its hash; may take minutes.")
	private boolean verify;

	@Parameter(label = "Own catalogue", required = false, persist = false,
		description = "A catalogue of models of your own to look at.")
	private File catalogue;

	@Parameter(type = ItemIO.OUTPUT, label = "Z-Image diagnostics")
	@SuppressWarnings("unused")
	private String report;

	@Parameter(type = ItemIO.OUTPUT, label = "Things that are wrong")
	@SuppressWarnings("unused")
	private int problems;

	@Parameter
	private ZImageService zimage;

	@Parameter
	private AppService apps;

	/** What the file holds, the diagnosis says. */
	@Override
	public void check() {
		own().filter(file -> !Files.isRegularFile(file)).ifPresent(file -> {
			throw new InvalidInputException(
				"There is no file " + file + ". Choose a catalogue, or leave the field empty.");
		});
	}

	private Optional<Path> own() {
		return ModelChoice.isFolder(catalogue) ? Optional.of(catalogue.toPath()) : Optional.empty();
	}

	@Override
	protected void work() {
		try (RunDisplay display = new RunDisplay(context(), "Diagnostics", "", this)) {
			final List<Finding> findings =
				new Diagnosis(new Diagnosis.Surroundings(versions(), jarFolders(), zimage::models, own()),
					verify).run(display, finding -> {
						// shown together at the end
					});
			report = new Report().text(findings);
			problems = (int) Report.wrong(findings);
		}
	}

	private Map<String, String> versions() {
		final Map<String, String> versions = new LinkedHashMap<>();
		versions.put("ImageJ", IJ.getVersion());
		if (apps.getApp() != null) versions.put(apps.getApp().getTitle(), apps.getApp().getVersion());
		return versions;
	}

	private List<Path> jarFolders() {
		final File base = apps.getApp() == null ? null : apps.getApp().getBaseDirectory();
		return base == null ? List.of()
			: Stream.of("jars", "plugins").map(name -> base.toPath().resolve(name)).toList();
	}
}
