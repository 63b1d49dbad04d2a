
package io.github.zimagefiji.updatesite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * What the builder of the update site refuses, keeps and repeats, on a site of a few small files.
 */
@Tag("process")
class UpdateSiteRulesTest {

	private static final String FIRST = "20260101120000";
	private static final String SECOND = "20260202120000";
	private static final String PLUGIN = "plugins/zimage-fiji-0.1.0.jar";

	@TempDir
	static Path classes;

	@TempDir
	Path folder;

	private static SiteBuilder builder;
	private SmallSite small;

	@BeforeAll
	static void compile() throws IOException {
		builder = SiteBuilder.compile(classes);
	}

	@BeforeEach
	void prepare() throws IOException {
		small = new SmallSite(builder, folder);
	}

	private void build(final String timestamp) throws IOException, InterruptedException {
		final SiteBuilder.Ended ended = small.build(timestamp);
		assertEquals(0, ended.code(), ended.output());
	}

	private void assertRefused(final String timestamp, final String words)
		throws IOException, InterruptedException
	{
		final Map<String, List<Byte>> before = contents(small.site());
		final SiteBuilder.Ended ended = small.build(timestamp);
		assertEquals(2, ended.code(), ended.output());
		assertTrue(ended.output().startsWith("update-site: ") && ended.output().contains(words),
			ended.output());
		assertEquals(1, ended.output().lines().count(), ended.output());
		assertEquals(before, contents(small.site()));
	}

	private static Map<String, List<Byte>> contents(final Path site) throws IOException {
		final Map<String, List<Byte>> contents = new TreeMap<>();
		if (!Files.exists(site)) return contents;
		try (Stream<Path> files = Files.walk(site)) {
			for (final Path file : files.filter(Files::isRegularFile).toList()) {
				final List<Byte> bytes = new ArrayList<>();
				for (final byte value : Files.readAllBytes(file)) {
					bytes.add(value);
				}
				contents.put(site.relativize(file).toString().replace('\\', '/'), bytes);
			}
		}
		return contents;
	}

	@Test
	void onlyWhatIsListedGetsOntoTheSite() throws IOException, InterruptedException {
		build(FIRST);
		assertEquals(List.of("db.xml.gz", "jars/helper-1.0.jar-" + FIRST,
			"licenses/small/README.md-" + FIRST, PLUGIN + "-" + FIRST),
			List.copyOf(contents(small.site()).keySet()));
		assertEquals(List.of("jars/helper-1.0.jar", "licenses/small/README.md", PLUGIN),
			OfferedFile.of(small.site().toUri()).stream().map(OfferedFile::filename).sorted().toList());
	}

	@ParameterizedTest
	@CsvSource({ "core-one, 2.0", "core-two, 9.9" })
	void refusesToShadowAJarOfFiji(final String artifact, final String version)
		throws IOException, InterruptedException
	{
		small.library("org.fiji", artifact, version, "");
		small.whitelist("io.github.zimagefiji:zimage-fiji plugins/ -", "org.example:helper jars/ -",
			"org.fiji:" + artifact + " jars/ -");
		assertRefused(FIRST,
			artifact + "-" + version + ".jar is on the whitelist, but Fiji ships this jar itself");
	}

	@Test
	void refusesAJarThatNobodyListed() throws IOException, InterruptedException {
		small.library("org.example", "surprise", "1.0", "");
		assertRefused(FIRST, "surprise-1.0.jar (org.example:surprise) is neither");
	}

	@Test
	void refusesAJarOfTheListedNameFromAnotherGroup() throws IOException, InterruptedException {
		small.library("org.elsewhere", "helper", "1.0", "");
		assertRefused(FIRST, "helper-1.0.jar (elsewhere:helper) is neither");
	}

	@ParameterizedTest
	@CsvSource({ "org.example:absent jars/ -, org.example:absent",
		"LICENSE licenses/small/ -, LICENSE",
		"org.example:helper:mac jars/ macos-arm64, org.example:helper:mac" })
	void refusesWhenSomethingListedIsMissing(final String line, final String what)
		throws IOException, InterruptedException
	{
		small.whitelist("io.github.zimagefiji:zimage-fiji plugins/ -", "org.example:helper jars/ -",
			line);
		assertRefused(FIRST, "The whitelist names " + what + ", but ");
	}

	@ParameterizedTest
	@CsvSource({ "jars/linux64/, -, only plugins/", "../, -, only plugins/",
		"jars/, linux, known are" })
	void refusesOtherPlaces(final String place, final String platform, final String words)
		throws IOException, InterruptedException
	{
		small.whitelist("io.github.zimagefiji:zimage-fiji plugins/ -",
			"org.example:helper " + place + " " + platform);
		assertRefused(FIRST, words);
	}

	@Test
	void keepsWhatWasPublished() throws IOException, InterruptedException {
		build(FIRST);
		final OfferedFile old = offered(PLUGIN);
		small.plugin("0.2.0", "second");
		build(SECOND);
		assertTrue(Files.exists(small.site().resolve(PLUGIN + "-" + FIRST)));
		final Element plugin = plugin("plugins/zimage-fiji-0.2.0.jar");
		final Element previous = (Element) plugin.getElementsByTagName("previous-version").item(0);
		assertEquals(List.of(PLUGIN, old.checksum(), FIRST, SECOND),
			List.of(previous.getAttribute("filename"), previous.getAttribute("checksum"),
				previous.getAttribute("timestamp"), previous.getAttribute("timestamp-obsolete")));
		assertEquals(SECOND, offered("plugins/zimage-fiji-0.2.0.jar").timestamp());
		// What did not change keeps its time, so that nobody downloads it again.
		assertEquals(FIRST, offered("jars/helper-1.0.jar").timestamp());
		assertFalse(Files.exists(small.site().resolve("jars/helper-1.0.jar-" + SECOND)));
		small.plugin("0.3.0", "third");
		build("20260303120000");
		assertEquals(2,
			plugin("plugins/zimage-fiji-0.3.0.jar").getElementsByTagName("previous-version").getLength());
	}

	/**
	 * The updater removes a component that has previous versions but no current one.
	 */
	@Test
	void withdrawsWhatIsNoLongerListed() throws IOException, InterruptedException {
		build(FIRST);
		small.whitelist("io.github.zimagefiji:zimage-fiji plugins/ -", "org.example:other jars/ -");
		Files.writeString(folder.resolve("core.txt"), "core-one\nhelper\n");
		small.library("org.example", "other", "1.0", "");
		build(SECOND);
		final Element helper = plugin("jars/helper-1.0.jar");
		assertEquals(0, helper.getElementsByTagName("version").getLength());
		assertEquals(1, helper.getElementsByTagName("previous-version").getLength());
	}

	@Test
	void theSameFilesAndTimeGiveTheSameBytes() throws IOException, InterruptedException {
		build(FIRST);
		final Path again = folder.resolve("again");
		assertEquals(0, small.build(FIRST, again).code());
		assertEquals(contents(small.site()), contents(again));
		final byte[] index = Files.readAllBytes(again.resolve("db.xml.gz"));
		build(SECOND);
		assertArrayEquals(index, Files.readAllBytes(small.site().resolve("db.xml.gz")),
			"nothing changed");
	}

	@ParameterizedTest
	@CsvSource({ FIRST, "20251231235959" })
	void aNewVersionMustBeLater(final String timestamp) throws IOException, InterruptedException {
		build(FIRST);
		small.plugin("0.1.0", "changed");
		assertRefused(timestamp, "Give a later --timestamp");
	}

	@Test
	void refusesABrokenIndex() throws IOException, InterruptedException {
		build(FIRST);
		Files.write(small.site().resolve("db.xml.gz"), new byte[] { 1, 2, 3 });
		assertRefused(SECOND, "db.xml.gz cannot be read");
	}

	/**
	 * The expected values are what imagej-updater (commit ea5f12e, class UpdaterUtil) computes for
	 * these entries.
	 */
	@ParameterizedTest
	@CsvSource({
		"'#Tue Nov 24\na=1\n##\n#kept\nb=#2\n\n#kept too\n#gone\n', " +
			"94a2cea2c831262e18da1be9352c166ac7ccc4a0",
		"'#no end', 4194f9662bd1989a751b2a6234e852c8f2e24831" })
	void commentsCountAsTheUpdaterCountsThem(final String text, final String checksum)
		throws IOException, InterruptedException
	{
		small.pluginWith(Map.of("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nMain-Class: A\n",
			"pom.properties", text, "A.class", "first"));
		build(FIRST);
		assertEquals(checksum, offered(PLUGIN).checksum());
	}

	private OfferedFile offered(final String filename) throws IOException {
		return OfferedFile.of(small.site().toUri()).stream().filter(f -> f.filename().equals(filename))
			.findFirst().orElseThrow();
	}

	private Element plugin(final String filename) throws IOException {
		final NodeList plugins = OfferedFile.index(small.site().toUri()).getElementsByTagName("plugin");
		for (int i = 0; i < plugins.getLength(); i++) {
			if (((Element) plugins.item(i)).getAttribute("filename").equals(filename))
				return (Element) plugins.item(i);
		}
		throw new AssertionError(filename);
	}
}
