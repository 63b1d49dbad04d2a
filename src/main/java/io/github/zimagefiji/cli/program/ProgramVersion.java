
package io.github.zimagefiji.cli.program;

import io.github.zimagefiji.PluginVersion;
import picocli.CommandLine.IVersionProvider;

/** The answer to {@code --version}. */
public final class ProgramVersion implements IVersionProvider {

	@Override
	public String[] getVersion() {
		return new String[] { "Z-Image for Fiji " + PluginVersion.get() };
	}
}
