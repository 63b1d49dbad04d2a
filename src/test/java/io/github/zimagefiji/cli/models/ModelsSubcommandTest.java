
package io.github.zimagefiji.cli.models;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.zimagefiji.cli.Call;
import io.github.zimagefiji.cli.program.Cancellation;
import io.github.zimagefiji.golden.Golden;
import io.github.zimagefiji.hub.HubModels;
import io.github.zimagefiji.hub.store.Shelf;
import io.github.zimagefiji.hub.transfer.TestHost;
import io.github.zimagefiji.pipeline.ComfyFiles;

/**
 * {@code zimage models …} against a real site on the loopback, in a folder with blanks and Chinese
 * letters.
 */
@Tag("engine")
class ModelsSubcommandTest {

	@TempDir
	private Path folder;

	private Shelf shelf;

	@BeforeEach
	void start() throws IOException {
		shelf = new Shelf(folder);
	}

	@AfterEach
	void stop() {
		shelf.close();
	}

	private Call models(final String command, final String... args) {
		return models(new Cancellation(), command, args);
	}

	private Call models(final Cancellation cancellation, final String command, final String... args) {
		final List<String> all =
			new ArrayList<>(List.of("models", command, "--models", shelf.models().toString()));
		all.addAll(List.of(args));
		return Call.of(cancellation, false, all.toArray(String[]::new));
	}

	private Call download() {
		return models("download", Shelf.NAME, "--accept-license");
	}

	private static Call succeeds(final Call call) {
		assertEquals(0, call.code(), call.err());
		return call;
	}

	private static void fails(final Call call, final Object... parts) {
		assertEquals(2, call.code(), call.out() + call.err());
		for (final Object part : parts) {
			assertTrue(call.err().contains(part.toString()),
				() -> "\"" + part + "\" is not in: " + call.err());
		}
		assertFalse(call.err().contains("\tat "), call.err());
	}

	private static void says(final Call call, final String... parts) {
		for (final String part : parts) {
			assertTrue(call.out().contains(part), () -> "\"" + part + "\" is not in: " + call.out());
		}
	}

	private int[] image(final String name) throws IOException {
		final Path file = folder.resolve(name);
		succeeds(Call.of("text-to-image", "--model", shelf.model().toString(), "--prompt", "a cell",
			"--width", "32", "--height", "32", "--steps", "1", "--guidance", "0", "--seed", "1",
			"--precision", "bfloat16", "--device", "cpu", "--output", file.toString()));
		final BufferedImage image = ImageIO.read(file.toFile());
		return image.getRGB(0, 0, 32, 32, null, 0, 32);
	}

	@Test
	void aModelIsDownloadedListedUsedCheckedNarrowedAndRemoved() throws IOException {
		says(succeeds(models("list")), "There are no models in " + shelf.models());
		says(succeeds(models("catalogue")), Shelf.NAME, "CC0-1.0", "Z-Image-Turbo", "Apache-2.0",
			"12.3 GB");
		says(succeeds(download()), "owner/tiny on 127.0.0.1", "license apache-2.0",
			"Model: " + shelf.model());
		says(succeeds(models("list")), Shelf.NAME, "ready", "apache-2.0");
		final int[] before = image("before.png");
		says(succeeds(models("verify", Shelf.NAME)), ", wrong: 0, without a hash: 0");
		says(succeeds(models("narrow", Shelf.NAME)), " before, ", " now.");
		says(succeeds(models("list")), "ready, narrowed to bfloat16");
		says(succeeds(models("narrow", Shelf.NAME)), "nothing to narrow");
		succeeds(models("verify", Shelf.NAME));
		assertArrayEquals(before, image("after.png"),
			"the numbers are those that bfloat16 runs had before");
		shelf.damage();
		final Call damaged = models("verify", Shelf.NAME);
		fails(damaged, Shelf.NAME + " is damaged (1 of ");
		says(damaged, Shelf.WEIGHTS + " is damaged: its SHA-256 is ");
		fails(models("remove", Shelf.NAME), "Nothing was removed", "--yes", shelf.model());
		assertTrue(Files.exists(shelf.model()));
		says(succeeds(models("remove", Shelf.NAME, "--yes")), "Removed: " + Shelf.NAME);
		assertFalse(Files.exists(shelf.model()));
		says(succeeds(models("list")), "There are no models");
	}

	@Test
	void withoutTheLicenseNothingIsDownloaded() {
		final Call call = models("download", Shelf.NAME);
		fails(call, "Nothing was downloaded", "apache-2.0", "--accept-license",
			shelf.host().endpoint());
		says(call, " MB in ", "license apache-2.0");
		assertEquals(List.of(), shelf.host().asked());
		assertFalse(Files.exists(shelf.models().resolve(".zimage-staging")));
	}

	@Test
	void aCancelledDownloadKeepsWhatIsThereAndTheNextOneGoesOn() throws Exception {
		shelf.holdBackHalf(Shelf.WEIGHTS);
		final long half = Files.size(folder.resolve("published").resolve(Shelf.WEIGHTS)) / 2;
		final Cancellation cancellation = new Cancellation();
		final CompletableFuture<Call> first = CompletableFuture
			.supplyAsync(() -> models(cancellation, "download", Shelf.NAME, "--accept-license"));
		while (shelf.bytesOfPart(Shelf.WEIGHTS) < half) {
			assertFalse(first.isDone(), () -> first.join().err());
			Thread.sleep(20);
		}
		cancellation.cancel();
		assertEquals(130, first.get().code(), first.get().err());
		assertTrue(first.get().err().contains("What was received is kept"), first.get().err());
		assertEquals(half, shelf.bytesOfPart(Shelf.WEIGHTS));
		says(succeeds(models("list")), Shelf.NAME, "begun");
		fails(models("verify", Shelf.NAME), "not complete");
		succeeds(download());
		assertTrue(
			shelf.host().asked().stream().anyMatch(
				each -> each.path().equals(Shelf.WEIGHTS) && ("bytes=" + half + "-").equals(each.range())),
			shelf.host().asked().toString());
		succeeds(models("verify", Shelf.NAME));
	}

	@Test
	void aMirrorIsAskedInsteadOfTheHost() {
		succeeds(models("download", TestHost.ID, "--endpoint", shelf.host().endpoint().toString(),
			"--as", "copy", "--yes"));
		says(succeeds(models("list")), "copy", "ready");
		assertFalse(succeeds(models("download", Shelf.NAME, "--host", "huggingface", "--endpoint",
			shelf.host().endpoint().toString(), "--yes", "--quiet")).out().contains("Model"));
	}

	@ParameterizedTest
	@CsvSource({ "--host, modelscope, not published on ModelScope",
		"--host, gitlab, huggingface, modelscope or web", "--endpoint, http://example.org, https://",
		"--endpoint, not a url, no web address", "--endpoint, nonsense, no web address",
		"--catalogue, absent.json, absent.json", "--as, ../x, has a slash",
		"--as, .hidden, begins with a dot" })
	void whatCannotBeAskedIsRefused(final String option, final String value, final String words) {
		fails(models("download", Shelf.NAME, "--accept-license", option, value), words);
	}

	@Test
	void aNameThatIsNotInTheCatalogueIsAnsweredWithThoseThatAre() {
		fails(models("download", "Z-Image-Turbot", "--yes"), "no \"Z-Image-Turbot\"", "Z-Image-Turbo, ",
			Shelf.NAME);
		fails(models("verify", "absent"), "no model \"absent\"", "Download or import one first");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"unknown\": 1", "\"files\": [ { \"path\": \"../x.json\" } ]",
		"\"files\": [ { \"path\": \"/x.json\" } ]", "\"steps\": \"many\"", "\"steps\": 8 } " })
	void aBadCatalogueIsNamedAndNothingIsDownloaded(final String field) throws IOException {
		shelf.catalogue(field);
		fails(download(), shelf.models().resolve("catalogue.json"));
		fails(models("catalogue"), "catalogue.json");
		assertEquals(List.of(), shelf.host().asked());
	}

	@Test
	void aFolderIsImportedAsACopyOrUsedWhereItLies() throws IOException {
		final Path source = folder.resolve("published");
		says(succeeds(models("import", source.toString(), "--as", "copy")),
			"Model: " + shelf.models().resolve("copy"));
		says(succeeds(models("import", source.toString(), "--as", "there", "--reference")),
			"Model: " + source);
		says(succeeds(models("list")), "copy", "there", "elsewhere");
		fails(models("import", source.toString(), "--as", "copy"), "There is a model \"copy\"");
		succeeds(models("remove", "there", "--yes"));
		assertTrue(Files.exists(source.resolve(Shelf.WEIGHTS)));
	}

	@Test
	void aFolderWithTwoModelsAsksWhichOne() throws IOException {
		HubModels.copy(folder.resolve("two/a"));
		HubModels.copy(folder.resolve("two/b"));
		fails(models("import", folder.resolve("two").toString()), "holds 2 models (a, b)");
	}

	@Test
	void aFolderThatCannotBeWrittenIsNamed() throws IOException {
		final Path file = Files.writeString(folder.resolve("a file"), "x");
		fails(Call.of("models", "download", TestHost.ID, "--endpoint",
			shelf.host().endpoint().toString(), "--yes", "--models", file.resolve("models").toString()),
			file, "cannot be made");
	}

	@Test
	void singleFilesAreCombinedIntoAModelThatGivesTheSameImage() throws IOException {
		final Path transformer =
			ComfyFiles.transformer().write(folder.resolve("comfy ui/z image.safetensors"));
		final Path model = HubModels.copy(folder.resolve("diffusers"));
		final String[] parts = { "--transformer", transformer.toString(), "--text-encoder",
			model.resolve("text_encoder").toString(), "--vae", model.resolve("vae").toString(),
			"--tokenizer", model.resolve("tokenizer").toString() };
		fails(models("combine", with(parts, "--output", "Mein Modell.zimage.json")), "variant");
		assertFalse(Files.exists(shelf.models().resolve("Mein Modell.zimage.json")));
		fails(models("combine", with(parts, "--output", "x.zimage.json", "--variant", "big")),
			"[turbo, base]");
		final Path file = shelf.models().resolve("Mein Modell.zimage.json");
		says(
			succeeds(models("combine",
				with(parts, "--output", "Mein Modell.zimage.json", "--variant", "turbo"))),
			"Model: " + file);
		says(succeeds(models("list")), "Mein Modell ", "combination", "ready");
		fails(
			models("combine", with(parts, "--output", "Mein Modell.zimage.json", "--variant", "turbo")),
			"already");
		says(succeeds(models("verify", "Mein Modell")),
			transformer + " has no hash to compare it with.");
		assertArrayEquals(latents(Golden.model()), latents(file));
		fails(models("narrow", "Mein Modell"), "Only whole models can be narrowed");
		succeeds(models("remove", "Mein Modell", "--yes"));
		assertFalse(Files.exists(file));
		assertTrue(Files.exists(transformer));
	}

	private static String[] with(final String[] args, final String... more) {
		final List<String> all = new ArrayList<>(List.of(args));
		all.addAll(List.of(more));
		return all.toArray(String[]::new);
	}

	private byte[] latents(final Path model) throws IOException {
		final Path file = folder.resolve("latents.safetensors");
		succeeds(Call.of("text-to-image", "--model", model.toString(), "--prompt", "a cell", "--width",
			"32", "--height", "32", "--steps", "2", "--seed", "1", "--precision", "float32", "--guidance",
			"0", "--device", "cpu", "--output", folder.resolve("latents.png").toString(),
			"--save-latents", file.toString()));
		return Files.readAllBytes(file);
	}

	/**
	 * A part of a model is found by the name of its download, wherever in its repository the file
	 * lies.
	 */
	@Test
	void downloadedSingleFilesAreCombinedByTheirNames() throws IOException {
		final byte[] file =
			Files.readAllBytes(ComfyFiles.transformer().write(folder.resolve("t.safetensors")));
		shelf.host().file("split_files/diffusion_models/t.safetensors", file);
		final Path own = Files.writeString(folder.resolve("own.json"),
			"""
					{ "format": 1, "models": [ { "name": "Part", "kind": "transformer", "license": "x", "hosts": [ { "host":
					  "huggingface", "repository": "%s", "endpoint": "%s" } ], "files": [ { "path":
					  "split_files/diffusion_models/t.safetensors", "bytes": %d } ] } ] }
					"""
				.formatted(TestHost.ID, shelf.host().endpoint(), file.length));
		says(succeeds(models("catalogue", "--catalogue", own.toString())), "Part", "transformer");
		succeeds(models("download", "Part", "--catalogue", own.toString(), "--yes"));
		says(succeeds(models("list")), "Part", "files", "ready");
		final Path model = Golden.model();
		succeeds(models("combine", "--transformer", "Part", "--text-encoder", model.toString(), "--vae",
			model.toString(), "--tokenizer", model.toString(), "--variant", "turbo", "--output",
			"Whole"));
		assertTrue(Files.readString(shelf.models().resolve("Whole.zimage.json"))
			.contains("\"Part/split_files/diffusion_models/t.safetensors\""));
		says(succeeds(models("verify", "Whole")), "Right: 1, wrong: 0");
		HubModels.flip(shelf.models().resolve("Part/split_files/diffusion_models/t.safetensors"));
		fails(models("verify", "Whole"), "Whole is damaged (1 of 1 files)");
	}
}
