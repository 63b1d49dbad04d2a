
package io.github.zimagefiji.updatesite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;

import ij.IJ;
import io.github.zimagefiji.GeneratedImage;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.image.Images;
import io.github.zimagefiji.request.ComputeOptions;
import io.github.zimagefiji.request.TextToImageRequest;
import io.github.zimagefiji.service.ZImageService;

/**
 * A whole update site: built here for this machine's platform, or one that exists already and is
 * named by the system property {@code zimage.update-site} ({@code update-site/check} does that).
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
@Tag("process")
class UpdateSiteTest {

	private static final String PROMPT = "five round green nuclei";
	private static final int SEED = 42;

	/**
	 * What imagej-updater (commit ea5f12e, class UpdaterUtil) computes for these jars of Maven
	 * Central.
	 */
	private static final Map<String, String> CHECKSUMS =
		Map.of("jars/api-0.35.1.jar", "d1edc700629361df48cc456b0933f4ead1b90f25",
			"jars/pytorch-engine-0.35.1.jar", "f6b3c116ed795cf1900312e51e8dfa1f41340428",
			"jars/pytorch-jni-2.7.1-0.35.1.jar", "7ff45a27352f998cf808fbcc5867b0ee7de03c33",
			"jars/tokenizers-0.35.1.jar", "6051eac6a4157cd0195bb1f31474fc84c0d102a8");

	@TempDir
	static Path shared;

	@TempDir
	Path folder;

	private static Path site;

	@BeforeAll
	static void build() throws IOException, InterruptedException {
		final String given = System.getProperty("zimage.update-site");
		site = given == null ? build(shared.resolve("site")) : Path.of(given);
	}

	private static Path build(final Path output) throws IOException, InterruptedException {
		final SiteBuilder builder =
			SiteBuilder.compile(Files.createDirectories(shared.resolve("classes")));
		final Path plugin =
			JarFolder.write(shared.resolve("zimage-fiji-0.1.0.jar"), Path.of("target", "classes"), "");
		final SiteBuilder.Ended ended = builder.run(List.of("--plugin", plugin.toString(),
			"--libraries", SiteBuilder.CLASS_PATH.toString(), "--whitelist",
			SiteBuilder.SOURCES.resolve("whitelist.txt").toString(), "--core-jars",
			SiteBuilder.SOURCES.resolve("core-jars.txt").toString(), "--checkout", ".", "--timestamp",
			"20261124120000", "--output", output.toString(), "--platforms", OfferedFile.thisPlatform()));
		assertEquals(0, ended.code(), ended.output());
		return output;
	}

	@Test
	void anImageJInAnEmptyFolderGeneratesAnImageByMacro() throws IOException, InterruptedException {
		final ImageJFolder imagej = ImageJFolder.create(folder.resolve("ImageJ with blanks"));
		OfferedFile.install(site.toUri(), imagej.path());
		imagej.runMacro("run('Text to Image...', 'prompt=[" + PROMPT + "] seed=" + SEED +
			"'); saveAs('Tiff', getArgument() + 'nuclei.tif');");
		final int[] expected =
			(int[]) Images.toImagePlus(List.of(generated())).getProcessor().getPixels();
		assertArrayEquals(expected, (int[]) IJ.openImage(imagej.path().resolve("nuclei.tif").toString())
			.getProcessor().getPixels());
	}

	private static GeneratedImage generated() {
		try (Context context = new Context()) {
			final ZImageService service = context.service(ZImageService.class);
			return service.generate(service.builtInModel(), ComputeOptions.AUTO,
				TextToImageRequest.builder(PROMPT).seed(SEED).build(), Progress.NONE).images().get(0);
		}
	}

	@Test
	void aWebServerHandsOutTheFilesOfTheFolder() throws IOException {
		try (FileServer server = new FileServer(site)) {
			OfferedFile.install(server.address(), folder);
		}
		int installed = 0;
		for (final OfferedFile file : OfferedFile.of(site.toUri())) {
			final Path copy = folder.resolve(file.filename());
			if (!Files.exists(copy)) continue;
			assertEquals(-1, Files.mismatch(site.resolve(file.filename() + "-" + file.timestamp()), copy),
				file.filename());
			installed++;
		}
		assertTrue(installed > CHECKSUMS.size(), "files installed: " + installed);
	}

	@Test
	void checksumsAreThoseOfTheUpdater() throws IOException {
		final Map<String, String> offered = OfferedFile.of(site.toUri()).stream().collect(
			Collectors.toMap(OfferedFile::filename, OfferedFile::checksum, (a, b) -> a, TreeMap::new));
		CHECKSUMS.forEach((name, checksum) -> assertEquals(checksum, offered.get(name), name));
	}

	/**
	 * Fiji's launcher puts these folders on Java's module path, where libtorch's jars would stop Java
	 * at its start.
	 */
	@Test
	void nothingLiesInTheFoldersOfPlatforms() throws IOException {
		final List<OfferedFile> files = OfferedFile.of(site.toUri());
		assertFalse(files.isEmpty());
		for (final OfferedFile file : files) {
			assertTrue(
				file.filename().matches("(jars|plugins)/[^/]+\\.jar|licenses/zimage-fiji/(LICENSE|NOTICE)"),
				file.filename());
		}
	}

	@Test
	void whatTheStandInForFijiHasIsFijisOwn() throws IOException {
		final List<String> core = Files.readAllLines(SiteBuilder.SOURCES.resolve("core-jars.txt"))
			.stream().map(line -> line.replaceFirst("(-\\d.*)?(\\.jar)?$", "")).toList();
		assertTrue(core.containsAll(ImageJFolder.base()), ImageJFolder.base().toString());
	}
}
