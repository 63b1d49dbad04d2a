package updatesite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Builds a Fiji update site, or brings one up to date, from what Maven built. {@code update-site/build} calls it.
 *
 * <pre>
 * updatesite.Build --plugin JAR --libraries CLASS-PATH-FILE --whitelist FILE --core-jars FILE --checkout FOLDER
 *     --timestamp yyyyMMddHHmmss --output FOLDER [--platforms linux64,win64]
 * </pre>
 *
 * Exit status: 0, or 2 with a sentence on standard error; then nothing in the folder has changed.
 */
public final class Build {

	private static final String PLUGIN = "io.github.zimagefiji:zimage-fiji";
	private static final Set<String> OPTIONS = Set.of("--plugin", "--libraries", "--whitelist", "--core-jars", "--checkout",
		"--timestamp", "--output", "--platforms");

	private final Map<String, String> options;

	private Build(final Map<String, String> options) {
		this.options = options;
	}

	/** @param arguments see the class */
	public static void main(final String[] arguments) throws IOException {
		try {
			new Build(parse(arguments)).run();
		}
		catch (final RefusedException exc) {
			System.err.println("update-site: " + exc.getMessage());
			System.exit(2);
		}
	}

	private static Map<String, String> parse(final String[] arguments) {
		final Map<String, String> options = new HashMap<>();
		for (int i = 0; i < arguments.length; i += 2) {
			if (!OPTIONS.contains(arguments[i]) || i + 1 == arguments.length) throw new RefusedException("What does \"" +
				arguments[i] + "\" mean? Known are " + OPTIONS.stream().sorted().toList() + ", each with a value.");
			options.put(arguments[i], arguments[i + 1]);
		}
		return options;
	}

	private void run() throws IOException {
		final String timestamp = option("--timestamp");
		if (!timestamp.matches("20\\d{12}")) throw new RefusedException("The timestamp \"" + timestamp +
			"\" is not of the form yyyyMMddHHmmss.");
		final Selection selection = new Selection(file("--whitelist"), CoreJars.read(file("--core-jars")), file("--plugin"),
			PLUGIN, file("--libraries"));
		final String platforms = options.getOrDefault("--platforms", "");
		final List<SiteFile> files = selection.files(platforms.isEmpty() ? Set.of() : Set.of(platforms.split(",")), Path.of(
			option("--checkout")));
		final Path output = Path.of(option("--output"));
		final List<String> changes = Site.open(output).offer(files, Long.parseLong(timestamp));
		changes.forEach(System.out::println);
		System.out.println(files.size() + " files on offer in " + output + ", " + changes.size() + " of them changed.");
	}

	private String option(final String name) {
		if (!options.containsKey(name)) throw new RefusedException("The option " + name + " is missing.");
		return options.get(name);
	}

	private Path file(final String name) {
		final Path file = Path.of(option(name));
		if (!Files.isRegularFile(file)) throw new RefusedException(file + ", named by " + name +
			", is missing. Run the build first, as docs/releasing.md says.");
		return file;
	}
}
