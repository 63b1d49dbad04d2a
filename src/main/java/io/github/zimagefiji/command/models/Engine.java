
package io.github.zimagefiji.command.models;

import java.util.List;

import org.scijava.Initializable;
import org.scijava.ItemIO;
import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import io.github.zimagefiji.command.MenuPlace;
import io.github.zimagefiji.command.common.Checked;
import io.github.zimagefiji.command.common.MenuCommand;
import io.github.zimagefiji.command.common.MessageText;
import io.github.zimagefiji.command.common.RunDisplay;
import io.github.zimagefiji.command.scijava.MacroRecorder;
import io.github.zimagefiji.engine.library.EngineSettings;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.hub.library.EngineChoices;
import io.github.zimagefiji.hub.library.EngineLibraries;
import io.github.zimagefiji.hub.transfer.DownloadSettings;
import io.github.zimagefiji.hub.transfer.Downloader;

/**
 * Shows the native library that computes, and changes it. A download takes two calls: the first one
 * tells what would be downloaded, the second one, with the box ticked, does it.
 */
@Plugin(type = Command.class, headless = true,
	menu = { @Menu(label = MenuPlace.PLUGINS, weight = MenuPlace.PLUGINS_WEIGHT),
		@Menu(label = MenuPlace.Z_IMAGE), @Menu(label = "Engine...", weight = 41) },
	attrs = { @Attr(name = MacroRecorder.ATTRIBUTE), @Attr(name = MacroRecorder.NOT_BY_FIJI) })
public class Engine extends MenuCommand implements Initializable, Checked {

	private static final int LINES = 6;

	/** SciJava makes null of an empty choice, which no dialog can show. */
	private static final String KEPT = "as it is";

	@Parameter(label = "Engine", visibility = ItemVisibility.MESSAGE, required = false,
		persist = false, description = "The native library that computes, and what was chosen.")
	@SuppressWarnings("unused")
	private String facts = "";

	@Parameter(label = "Library", required = false, persist = false,
		description = "What to use from the next start on: cpu (came along), a downloaded build such as cu128, or a folder " +
			"with the libraries of libtorch. Empty: as it is.")
	private String library = "";

	@Parameter(label = "Device", required = false, persist = false,
		choices = { KEPT, "auto", "cpu", "gpu" },
		description = "What the device auto means: auto (a GPU if there is one), cpu, or gpu (a GPU is required; without one, " +
			"runs fail).")
	private String device = KEPT;

	@Parameter(label = "Build to download", required = false, persist = false,
		description = "A native library to download: cu128 (CUDA 12.8, for NVIDIA GPUs) or cpu. Empty: none.")
	private String build = "";

	@Parameter(label = "Download now", required = false, persist = false,
		description = "Download it; otherwise only its size is told.")
	private boolean start;

	@Parameter(label = "Accept unverified files", required = false, persist = false,
		description = "Download files, too, of which this version of the plugin knows no SHA-256.")
	private boolean unverified;

	@Parameter(type = ItemIO.OUTPUT, label = "Z-Image engine")
	@SuppressWarnings("unused")
	private String report;

	@Override
	public void initialize() {
		facts = MessageText.lines(lines(), LINES);
	}

	/** Also where the settings are damaged, which can be changed here only. */
	private static List<String> lines() {
		try {
			return EngineChoices.facts();
		}
		catch (final InvalidInputException e) {
			return List.of(e.getMessage());
		}
	}

	@Override
	public void check() {
		EngineChoices.check(given(library), given(build), start);
	}

	@Override
	protected void work() {
		check();
		final StringBuilder said = new StringBuilder();
		if (given(device) != null && !KEPT.equals(device))
			EngineSettings.read().withDevice(device).write();
		if (given(build) != null) said.append(download()).append('\n');
		if (given(library) != null)
			EngineSettings.read().withLibrary(EngineChoices.find(given(library))).write();
		report = said + String.join("\n", EngineChoices.facts()) + "\n";
	}

	private String download() {
		final EngineLibraries libraries = new EngineLibraries(new Downloader(DownloadSettings.usual()));
		try (RunDisplay display = new RunDisplay(context(), "Engine", build, this)) {
			final EngineLibraries.Offer offer = libraries.offer(given(build), display);
			if (!start) return offer.sentence() + " Tick \"Download now\" to download it.";
			return "Downloaded: " + libraries.download(offer, unverified, display);
		}
	}

	/** Null for what is left empty. */
	private static String given(final String value) {
		return value == null || value.isBlank() ? null : value.strip();
	}
}
