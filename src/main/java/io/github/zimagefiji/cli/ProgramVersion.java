package io.github.zimagefiji.cli;

import picocli.CommandLine.IVersionProvider;

/** The answer to {@code --version}. */
final class ProgramVersion implements IVersionProvider {

	@Override
	public String[] getVersion() {
		// Only a jar has a manifest to take it from.
		final String version = ProgramVersion.class.getPackage().getImplementationVersion();
		return new String[] { "Z-Image for Fiji " + (version == null ? "(not packaged)" : version) };
	}
}
