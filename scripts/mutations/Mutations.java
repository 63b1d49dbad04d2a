import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.tools.ToolProvider;

/**
 * Damages the program in one place after the other and sees that a test notices. What is damaged, and by which tests it
 * has to be noticed, stands in {@code mutations.txt} beside this file.
 * <p>
 * The checkout is left alone: its files, as git lists them, are copied to a temporary folder and built there once with
 * Maven. Each mutant is one changed file, compiled to a separate folder that comes first on the class path of a new
 * JVM, which runs the tests until one fails.
 *
 * <pre>
 * java scripts/mutations/Mutations.java [--only PATTERN] [--output docs/mutations.md]
 * </pre>
 *
 * {@code --only} chooses the mutations whose entry contains a regular expression; {@code --output} writes the result into a
 * file. Exit status: 0 if each was noticed or is listed as tolerated, 1 if one was not, 2 if a mutation cannot be made or
 * the tests fail without any.
 */
public final class Mutations {

	private static final String RESULT = "## Result\n";
	private static final long SECONDS = 600;
	private static final String MAIN = "src/main/java/";
	private static final String RESOURCES = "src/main/resources/";
	private static final Pattern PLATFORM = Pattern.compile("junit-platform-engine-([0-9.]+)\\.jar");

	private final Path checkout;
	private final Path copy;
	private String classPath;

	private Mutations(final Path checkout, final Path copy) {
		this.checkout = checkout;
		this.copy = copy;
	}

	/**
	 * One entry of the list.
	 *
	 * @param fields {@code trap} and {@code what}; then either {@code reason}, if there is nothing to damage, or
	 *          {@code file}, {@code find} (text that occurs once, white space apart), {@code with} and {@code tests} (classes or
	 *          {@code Class#method}, below {@code io.github.zimagefiji}); {@code tolerated} says why no test need notice;
	 *          {@code failure} names the class of an exception by which a test may notice, else only assertions count
	 */
	private record Mutation(Map<String, String> fields) {

		String get(final String key) {
			return fields.getOrDefault(key, "");
		}

		boolean isReal() {
			return fields.containsKey("find");
		}

		String[] tests() {
			return Arrays.stream(get("tests").split(" +(?![^(]*\\))")).map(t -> "io.github.zimagefiji." + t).toArray(String[]::new);
		}
	}

	/** What became of a mutation; {@code by} is the test that noticed it. */
	private record Outcome(String verdict, String by) {}

	/** What a run of tests said last. */
	private record Verdict(boolean passed, String test, String kind, String message) {}

	/** @param arguments see the class */
	public static void main(final String[] arguments) throws IOException, InterruptedException {
		final List<String> options = List.of(arguments);
		final Path home = Path.of("").toAbsolutePath();
		final Path list = home.resolve("scripts/mutations/mutations.txt");
		if (!Files.isRegularFile(list)) fail("Run this in the root of the checkout.");
		final String only = options.contains("--only") ? options.get(options.indexOf("--only") + 1) : "";
		final List<Mutation> mutations = read(list).stream().filter(m -> m.fields().toString().matches("(?s).*(" + only +
			").*")).toList();
		final Path copy = Files.createTempDirectory("zimage-mutations");
		int status = 2;
		try {
			final Mutations campaign = new Mutations(home, copy);
			campaign.copyCheckout();
			campaign.build();
			campaign.checkTestsPass(mutations);
			final Map<Mutation, Outcome> outcomes = campaign.run(mutations);
			final String table = table(outcomes);
			System.out.println(table);
			if (options.contains("--output")) write(Path.of(options.get(options.indexOf("--output") + 1)), table);
			status = status(outcomes);
		}
		finally {
			delete(copy);
		}
		System.exit(status);
	}

	/** Records of {@code key: value} lines, separated by empty lines; a key that is repeated adds a line. */
	private static List<Mutation> read(final Path list) throws IOException {
		final List<Mutation> mutations = new ArrayList<>();
		for (final String block : Files.readString(list).replaceAll("(?m)^#.*\\R", "").strip().split("\\R{2,}")) {
			final Map<String, String> fields = new LinkedHashMap<>();
			for (final String line : block.strip().split("\\R")) {
				final int colon = line.indexOf(':');
				if (colon < 0) fail("not 'key: value' in mutations.txt: " + line);
				final String value = line.length() > colon + 2 ? line.substring(colon + 2) : "";
				fields.merge(line.substring(0, colon), value, (a, b) -> a + "\n" + b);
			}
			mutations.add(new Mutation(fields));
		}
		return mutations;
	}

	private void copyCheckout() throws IOException, InterruptedException {
		final Path names = Files.createTempFile(copy, "files", ".txt");
		if (command(checkout, names.toFile(), "git", "ls-files", "-z", "-c", "-o", "--exclude-standard") != 0) fail(
			"git does not list the files of this checkout.");
		for (final String name : Files.readString(names).split("\0")) {
			final Path target = copy.resolve(name);
			Files.createDirectories(target.getParent());
			if (Files.isRegularFile(checkout.resolve(name))) Files.copy(checkout.resolve(name), target,
				StandardCopyOption.REPLACE_EXISTING);
		}
	}

	private void build() throws IOException, InterruptedException {
		maven("test-compile", "dependency:build-classpath", "-Dmdep.outputFile=target/mutation-class-path.txt");
		classPath = Files.readString(copy.resolve("target/mutation-class-path.txt")).strip();
		final Matcher platform = PLATFORM.matcher(classPath);
		if (!platform.find()) fail("JUnit is not on the tests' class path.");
		// Maven's test plug-in brings the launcher itself, so it is not among the dependencies.
		maven("dependency:copy", "-Dartifact=org.junit.platform:junit-platform-launcher:" + platform.group(1),
			"-DoutputDirectory=target/launcher", "-Dmdep.useBaseVersion=true");
		classPath += File.pathSeparator + copy.resolve("target/launcher/junit-platform-launcher-" + platform.group(1) +
			".jar");
		if (!compiles(copy.resolve("scripts/mutations/TestRun.java"), copy.resolve("target/launcher"), classPath)) fail(
			"TestRun.java does not compile.");
		classPath = copy.resolve("target/classes") + File.pathSeparator + copy.resolve("target/test-classes") +
			File.pathSeparator + copy.resolve("target/launcher") + File.pathSeparator + classPath;
	}

	private void maven(final String... goals) throws IOException, InterruptedException {
		final List<String> line = new ArrayList<>(List.of(System.getProperty("os.name").startsWith("Windows") ? "mvn.cmd"
			: "mvn", "-q", "-B", "-ntp"));
		line.addAll(List.of(goals));
		if (command(copy, null, line.toArray(String[]::new)) != 0) fail("Maven failed: " + String.join(" ", line));
	}

	private static boolean compiles(final Path source, final Path target, final String classPath) {
		return ToolProvider.getSystemJavaCompiler().run(null, null, null, "-proc:none", "-encoding", "UTF-8", "-cp",
			classPath, "-d", target.toString(), source.toString()) == 0;
	}

	private void checkTestsPass(final List<Mutation> mutations) throws IOException, InterruptedException {
		final String[] tests = mutations.stream().filter(Mutation::isReal).flatMap(m -> Arrays.stream(m.tests())).distinct().toArray(String[]::new);
		final Verdict verdict = test("", tests);
		if (!verdict.passed()) fail("The tests fail without any mutation: " + verdict);
		System.out.println("Without a mutation " + verdict.message() + " tests pass.");
	}

	private Map<Mutation, Outcome> run(final List<Mutation> mutations) throws IOException, InterruptedException {
		final Map<Mutation, Outcome> outcomes = new LinkedHashMap<>();
		for (final Mutation mutation : mutations) {
			final Outcome outcome = mutation.isReal() ? run(mutation) : new Outcome("none", "");
			outcomes.put(mutation, outcome);
			if (mutation.isReal()) System.out.println(outcome.verdict() + ": " + mutation.get("what") + " (" + outcome.by() +
				")");
		}
		return outcomes;
	}

	/**
	 * Where a text is: as it is given or, if it is nowhere, with other white space, because the formatter breaks lines.
	 *
	 * @param times how often it occurs
	 * @param from its first character, at its first occurrence
	 * @param to the one after its last
	 */
	record Place(int times, int from, int to) {

		static Place find(final String text, final String find) {
			final int exact = text.indexOf(find);
			if (exact >= 0) return new Place(text.indexOf(find, exact + 1) < 0 ? 1 : 2, exact, exact + find.length());
			final int[] ink = ink(text).toArray();
			final String inked = of(text);
			final String wanted = of(find);
			final int at = inked.indexOf(wanted);
			if (at < 0) return new Place(0, 0, 0);
			final int times = inked.indexOf(wanted, at + 1) < 0 ? 1 : 2;
			return new Place(times, ink[at], ink[at + wanted.length() - 1] + 1);
		}

		private static IntStream ink(final String text) {
			return IntStream.range(0, text.length()).filter(i -> !Character.isWhitespace(text.charAt(i)));
		}

		private static String of(final String text) {
			return ink(text).mapToObj(i -> text.substring(i, i + 1)).collect(Collectors.joining());
		}
	}

	private Outcome run(final Mutation mutation) throws IOException, InterruptedException {
		final String file = mutation.get("file");
		final String text = Files.readString(copy.resolve(file));
		final Place place = Place.find(text, mutation.get("find"));
		if (place.times() != 1) return new Outcome("wrong", place.times() == 0 ? "the text is not found"
			: "the text occurs more than once");
		final String mutant = text.substring(0, place.from()) + mutation.get("with") + text.substring(place.to());
		final Path overlay = copy.resolve("target/mutant");
		delete(overlay);
		final boolean java = file.startsWith(MAIN);
		final Path changed = java ? copy.resolve("target/mutant/src").resolve(file) : overlay.resolve(file.substring(RESOURCES
			.length()));
		Files.createDirectories(changed.getParent());
		Files.writeString(changed, mutant);
		if (java && !compiles(changed, overlay, classPath)) return new Outcome("wrong", "it does not compile");
		final Verdict verdict = test(overlay + File.pathSeparator, mutation.tests());
		if (verdict.passed()) return new Outcome(mutation.get("tolerated").isEmpty() ? "SURVIVED" : "tolerated", "");
		// A mutant that cannot run at all proves nothing about the tests.
		final boolean counts = "assertion".equals(verdict.kind()) || verdict.kind().equals(mutation.get("failure"));
		return new Outcome(counts ? "killed" : "wrong", counts ? verdict.test() : verdict.toString());
	}

	private Verdict test(final String overlay, final String... tests) throws IOException, InterruptedException {
		final Path output = copy.resolve("target/mutation-output.txt");
		final List<String> line = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
			"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Djava.util.prefs.userRoot=" + copy.resolve("target/prefs"), "-Dfile.encoding=UTF-8",
			"-Djava.awt.headless=true", "-cp", overlay + classPath, "TestRun"));
		line.addAll(List.of(tests));
		command(copy, output.toFile(), line.toArray(String[]::new));
		final List<String> lines = Files.readAllLines(output).stream().filter(l -> l.matches("(passed|failed)\t.*")).toList();
		final String[] last = lines.isEmpty() ? new String[] { "failed", "?", "crash", "no verdict" } : lines.get(lines.size() -
			1).split("\t");
		return "passed".equals(last[0]) && !"0".equals(last[1]) ? new Verdict(true, "", "", last[1]) : new Verdict(false,
			last[1], last.length > 2 ? last[2] : "", last.length > 3 ? last[3] : "no test ran");
	}

	private static int command(final Path folder, final File output, final String... line) throws IOException,
		InterruptedException
	{
		final ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile()).redirectError(
			ProcessBuilder.Redirect.INHERIT);
		// Threads that wait by spinning make short runs several times longer on a busy machine.
		builder.environment().put("OMP_WAIT_POLICY", "PASSIVE");
		builder.redirectOutput(output == null ? ProcessBuilder.Redirect.INHERIT : ProcessBuilder.Redirect.to(output));
		final Process process = builder.start();
		if (process.waitFor(SECONDS, TimeUnit.SECONDS)) return process.exitValue();
		process.destroyForcibly().waitFor();
		return -1;
	}

	private static String table(final Map<Mutation, Outcome> outcomes) {
		final StringBuilder text = new StringBuilder("| trap | mutation | file | outcome | noticed by, or reason |\n" +
			"|---|---|---|---|---|\n");
		outcomes.forEach((mutation, outcome) -> {
			final String file = mutation.isReal() ? "`" + Path.of(mutation.get("file")).getFileName() + "`" : "";
			final String why = outcome.by().isEmpty() ? mutation.get("reason") + mutation.get("tolerated") : outcome.by();
			text.append("| ").append(String.join(" | ", mutation.get("trap"), mutation.get("what"), file, outcome.verdict(),
				why.replace("|", "\\|").replace('\n', ' '))).append(" |\n");
		});
		text.append('\n');
		for (final String verdict : List.of("killed", "tolerated", "SURVIVED", "wrong")) {
			text.append(count(outcomes, verdict)).append(' ').append(verdict).append(verdict.equals("wrong") ? ".\n" : ", ");
		}
		return text.toString();
	}

	/** Replaces what stands below the heading "Result" in a file, or writes a new one. */
	private static void write(final Path file, final String table) throws IOException {
		final String old = Files.exists(file) ? Files.readString(file) : "";
		final int heading = old.indexOf(RESULT);
		Files.writeString(file, (heading < 0 ? old : old.substring(0, heading)) + RESULT + "\nOn " + LocalDate.now(
			ZoneOffset.UTC) + ", by `java scripts/mutations/Mutations.java --output docs/mutations.md`:\n\n" + table);
	}

	private static int status(final Map<Mutation, Outcome> outcomes) {
		return count(outcomes, "wrong") > 0 ? 2 : count(outcomes, "SURVIVED") > 0 ? 1 : 0;
	}

	private static long count(final Map<Mutation, Outcome> outcomes, final String verdict) {
		return outcomes.values().stream().filter(o -> o.verdict().equals(verdict)).count();
	}

	private static void delete(final Path folder) throws IOException {
		if (!Files.exists(folder)) return;
		try (Stream<Path> paths = Files.walk(folder)) {
			paths.sorted(Comparator.reverseOrder()).forEach(path -> {
				try {
					Files.delete(path);
				}
				catch (final IOException exc) {
					throw new UncheckedIOException(exc);
				}
			});
		}
	}

	private static void fail(final String why) {
		throw new IllegalStateException(why);
	}
}
