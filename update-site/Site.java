package updatesite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * An update site in a folder. Files lie in it as {@code NAME-TIMESTAMP}, so that a server may hand them out for ever; the
 * list of what is on offer is replaced last, at one stroke.
 */
final class Site {

	private final Path folder;
	private final Map<String, Entry> entries;

	private Site(final Path folder, final Map<String, Entry> entries) {
		this.folder = folder;
		this.entries = entries;
	}

	/** @param folder may be missing, or hold what was published before, or only its {@code db.xml.gz} */
	static Site open(final Path folder) throws IOException {
		return new Site(folder, Index.read(folder));
	}

	/**
	 * Offers these files and no others. What has the checksum that is on offer already keeps its timestamp; what is no longer
	 * among the files is withdrawn.
	 *
	 * @param now {@code yyyyMMddHHmmss}, later than all that was published
	 * @return a line for each change
	 */
	List<String> offer(final List<SiteFile> files, final long now) throws IOException {
		final Map<String, Entry> offered = new TreeMap<>();
		final Map<Path, Path> copies = new TreeMap<>();
		for (final SiteFile file : files) {
			final Entry entry = offer(file, now);
			if (offered.put(entry.key(), entry) != null) throw new RefusedException(
				"Two files of the whitelist are the same component for the updater: " + entry.key() + ".");
			copies.put(stored(entry), file.source());
		}
		final Set<String> gone = new HashSet<>(entries.keySet());
		gone.removeAll(offered.keySet());
		gone.forEach(key -> offered.put(key, withdraw(entries.get(key), now)));
		final List<String> changes = offered.values().stream().filter(e -> !e.equals(entries.get(e.key()))).map(e -> (e
			.current().isPresent() ? "offered " : "withdrawn ") + e.filename()).toList();
		if (!changes.isEmpty()) checkIsLatest(now);
		for (final Map.Entry<Path, Path> copy : copies.entrySet()) {
			if (!Files.exists(copy.getKey())) write(copy.getKey(), copy.getValue());
		}
		publish(IndexWriter.write(offered.values()));
		return changes;
	}

	private Entry offer(final SiteFile file, final long now) throws IOException {
		final String checksum = Checksum.of(file.filename(), file.source());
		final Entry.Version version = new Entry.Version(checksum, now, Files.size(file.source()));
		final Entry fresh = new Entry(file.filename(), file.listed().platform(), file.listed().description(), Optional.of(
			version), List.of());
		final Entry known = entries.get(fresh.key());
		if (known == null) return fresh;
		final boolean same = known.filename().equals(fresh.filename()) && known.current().map(Entry.Version::checksum).filter(
			checksum::equals).isPresent();
		return same ? new Entry(fresh.filename(), fresh.platform(), fresh.description(), known.current(), known.previous())
			: known.replaced(file, version, now);
	}

	private static Entry withdraw(final Entry entry, final long now) {
		return entry.current().isPresent() ? entry.withdrawn(now) : entry;
	}

	/** Where the version on offer lies. */
	private Path stored(final Entry entry) {
		return folder.resolve(entry.filename() + "-" + entry.current().orElseThrow().timestamp());
	}

	/** The updater takes the version with the latest time for the newest. */
	private void checkIsLatest(final long now) {
		final long latest = entries.values().stream().flatMap(e -> e.current().stream()).mapToLong(Entry.Version::timestamp)
			.max().orElse(0);
		if (now <= latest) throw new RefusedException("The site has files of " + latest + ", which is not before " + now +
			". Give a later --timestamp.");
	}

	private void publish(final byte[] index) throws IOException {
		final Path fresh = folder.resolve(Index.NAME + ".new");
		Files.createDirectories(folder);
		Files.write(fresh, index);
		Files.move(fresh, folder.resolve(Index.NAME), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
	}

	private static void write(final Path target, final Path source) throws IOException {
		Files.createDirectories(target.getParent());
		final Path fresh = target.resolveSibling(target.getFileName() + ".new");
		Files.copy(source, fresh, StandardCopyOption.REPLACE_EXISTING);
		Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
	}
}
