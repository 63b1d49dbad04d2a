package updatesite;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.scijava.util.FileUtils;

/**
 * What {@code db.xml.gz} says of a component.
 *
 * @param filename its newest name in Fiji's folder
 * @param platform the only platform that gets it, or empty
 * @param description for the updater's window
 * @param current the version on offer; empty if the component was withdrawn, which makes the updater remove it
 * @param previous what users may still have, the newest first
 */
record Entry(String filename, String platform, String description, Optional<Version> current, List<Previous> previous) {

	/**
	 * @param timestamp of the upload, {@code yyyyMMddHHmmss}; part of the file's name on the server
	 * @param size in bytes
	 */
	record Version(String checksum, long timestamp, long size) {}

	/** @param obsolete when the next version replaced it */
	record Previous(String filename, String checksum, long timestamp, long obsolete) {}

	/** The name without version, by which the updater knows that two files are one component. */
	String key() {
		return FileUtils.stripFilenameVersion(filename);
	}

	/** This component with another version on offer, or withdrawn. */
	Entry replaced(final SiteFile file, final Version version, final long now) {
		return new Entry(file.filename(), file.listed().platform(), file.listed().description(), Optional.of(version), history(
			now));
	}

	Entry withdrawn(final long now) {
		return new Entry(filename, platform, description, Optional.empty(), history(now));
	}

	private List<Previous> history(final long now) {
		final List<Previous> history = new ArrayList<>();
		current.ifPresent(version -> history.add(new Previous(filename, version.checksum, version.timestamp, now)));
		history.addAll(previous);
		return history;
	}
}
