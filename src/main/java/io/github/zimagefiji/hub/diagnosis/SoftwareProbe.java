
package io.github.zimagefiji.hub.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.zimagefiji.PluginVersion;
import io.github.zimagefiji.Progress;

/** Versions of the programs. */
record SoftwareProbe(Map<String, String> versions) implements Probe {

	private static final int OLDEST_JAVA = 17;

	@Override
	public String topic() {
		return "Versions";
	}

	@Override
	public List<Finding> look(final Progress progress) {
		final List<Finding> found = new ArrayList<>();
		found.add(Finding.good("Z-Image for Fiji", PluginVersion.get()));
		versions.forEach((name, version) -> found.add(Finding.good(name, version)));
		final String java = System.getProperty("java.version") + " (" +
			System.getProperty("java.vendor") + "), " + System.getProperty("os.arch");
		final boolean old = Runtime.version().feature() < OLDEST_JAVA;
		found.add(
			old ? Finding.wrong("Java", java + "; " + OLDEST_JAVA + " or newer is needed. Update Fiji.")
				: Finding.good("Java", java));
		found.add(Finding.good("System",
			System.getProperty("os.name") + " " + System.getProperty("os.version")));
		return found;
	}
}
