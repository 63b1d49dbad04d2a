
package io.github.zimagefiji.hub.store;

import static io.github.zimagefiji.Refusals.assertFails;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.google.gson.JsonParser;

import io.github.zimagefiji.Progress;
import io.github.zimagefiji.RecordingProgress;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.error.RunCanceledException;
import io.github.zimagefiji.hub.HubModels;
import io.github.zimagefiji.hub.maintenance.ModelCheck;
import io.github.zimagefiji.hub.maintenance.ModelImport;
import io.github.zimagefiji.hub.maintenance.ModelNarrowing;
import io.github.zimagefiji.hub.maintenance.ModelRemoval;
import io.github.zimagefiji.hub.store.ModelManifest.FileNote;
import io.github.zimagefiji.hub.transfer.TestHost;
import io.github.zimagefiji.model.folder.ModelFolder;
import io.github.zimagefiji.weights.Checkpoint;
import io.github.zimagefiji.weights.StoredType;
import io.github.zimagefiji.weights.TensorEntry;

/**
 * What can be done with a model that is there: checking, narrowing, removing.
 */
@Tag("slow")
class ModelCareTest {

	private static final String SHARD =
		"transformer/diffusion_pytorch_model-00001-of-00002.safetensors";
	private static final String INDEX = "transformer/diffusion_pytorch_model.safetensors.index.json";

	@TempDir
	private Path models;

	@TempDir
	private Path elsewhere;

	private Path source;
	private Path model;

	@BeforeEach
	void install() throws IOException {
		source = HubModels.copyWide(elsewhere.resolve("source"));
		model = ModelImport.copy(source, models, "m", Progress.NONE);
	}

	@Test
	void damageAndLossAreFoundAndNamed() throws IOException {
		HubModels.flip(model.resolve(SHARD));
		Files.delete(model.resolve("vae/config.json"));
		Files.writeString(model.resolve("scheduler/more.json"), "{}");
		final ModelCheck check = ModelCheck.of(model, Progress.NONE);
		assertEquals(Set.of(SHARD, "vae/config.json"), check.wrong().keySet());
		assertTrue(check.wrong().get(SHARD).startsWith("is damaged: its SHA-256 is "),
			check.toString());
		assertEquals("is missing", check.wrong().get("vae/config.json"));
		assertEquals(List.of("scheduler/more.json"), check.unknown());
		assertFalse(check.isGood());
	}

	@Test
	void withoutAManifestTheNotesOfHuggingFacesProgramsCount() throws IOException {
		final Path other = HubModels.copy(models.resolve("other"));
		final Path note = other.resolve(".cache/huggingface/download/" + SHARD + ".metadata");
		Files.createDirectories(note.getParent());
		Files.writeString(note,
			"commit\n" + TestHost.sha256(Files.readAllBytes(other.resolve(SHARD))) + "\n99999999999.0\n");
		assertEquals(List.of(SHARD), ModelCheck.of(other, Progress.NONE).right());
		HubModels.flip(other.resolve(SHARD));
		assertEquals(Set.of(SHARD), ModelCheck.of(other, Progress.NONE).wrong().keySet());
	}

	@ParameterizedTest
	@ValueSource(strings = { "{", "{\"format\":9,\"files\":{}}", "{\"format\":1}",
		"{\"format\":1,\"files\":{\"a\":{}}}",
		"{\"format\":1,\"files\":{\"../a\":{\"bytes\":1,\"sha256\":\"0\"}}}", "" })
	void aManifestThatWasChangedIsNamed(final String text) throws IOException {
		Files.writeString(model.resolve(ModelManifest.NAME), text);
		assertFails(InvalidInputException.class, () -> ModelCheck.of(model, Progress.NONE),
			ModelManifest.NAME);
	}

	@Test
	void everyNumberIsRoundedToTheNearestOfBfloat16() {
		final Checkpoint wide = Checkpoint.open(source.resolve("transformer"));
		assertTrue(ModelNarrowing.narrow(models, "m", Progress.NONE));
		final Checkpoint narrow = Checkpoint.open(model.resolve("transformer"));
		assertEquals(wide.entries().keySet(), narrow.entries().keySet());
		assertEquals(wide.byteCount(), 2 * narrow.byteCount());
		for (final TensorEntry entry : wide.entries().values()) {
			final TensorEntry after = narrow.entry(entry.name());
			assertEquals(StoredType.BF16, after.type());
			assertArrayEquals(entry.shape(), after.shape());
			final ByteBuffer numbers = wide.read(entry);
			final ByteBuffer halves = narrow.read(after);
			for (int i = 0; i < entry.elementCount(); i++) {
				assertEquals(nearest(numbers.getFloat(4 * i)), halves.getShort(2 * i), entry.name());
			}
		}
	}

	/**
	 * By exact arithmetic: of the two neighbours that share the upper half of the bits, the nearer,
	 * or the even one.
	 */
	private static short nearest(final float value) {
		final int down = Float.floatToRawIntBits(value) & 0xFFFF0000;
		final int up = down + 0x10000;
		final BigDecimal exact = new BigDecimal(value);
		final int order = exact.subtract(new BigDecimal(Float.intBitsToFloat(down))).abs()
			.compareTo(new BigDecimal(Float.intBitsToFloat(up)).subtract(exact).abs());
		final boolean takeUp = order > 0 || order == 0 && (down >>> 16 & 1) == 1;
		return (short) ((takeUp ? up : down) >>> 16);
	}

	@Test
	void theNarrowModelIsWholeAndKeepsTheHashesOfBoth() throws IOException {
		final String before = TestHost.sha256(Files.readAllBytes(model.resolve(SHARD)));
		ModelNarrowing.narrow(models, "m", Progress.NONE);
		final ModelFolder opened = ModelFolder.open(model);
		assertEquals(opened.transformerWeights().byteCount(),
			JsonParser.parseString(Files.readString(model.resolve(INDEX))).getAsJsonObject()
				.getAsJsonObject("metadata").get("total_size").getAsLong());
		final FileNote note = ModelManifest.read(model).orElseThrow().files().get(SHARD);
		assertEquals(TestHost.sha256(Files.readAllBytes(model.resolve(SHARD))), note.sha256());
		assertEquals(before, note.original().sha256());
		assertTrue(ModelCheck.of(model, Progress.NONE).isGood());
		assertFalse(ModelNarrowing.narrow(models, "m", Progress.NONE), "it is narrow already");
		assertFalse(Files.exists(models.resolve(".zimage-staging/m.narrow")));
	}

	@Test
	void aSwapThatWasCutOffLeavesAValidModelAndCanBeDoneAgain() throws IOException {
		final byte[] wide = Files.readAllBytes(model.resolve(SHARD));
		ModelNarrowing.narrow(models, "m", Progress.NONE);
		// as if the program had ended before this file took its place
		Files.write(model.resolve(SHARD), wide);
		ModelFolder.open(model);
		assertTrue(ModelCheck.of(model, Progress.NONE).isGood());
		assertTrue(ModelNarrowing.narrow(models, "m", Progress.NONE));
		assertTrue(ModelCheck.of(model, Progress.NONE).isGood());
		assertEquals(TestHost.sha256(wide),
			ModelManifest.read(model).orElseThrow().files().get(SHARD).original().sha256());
	}

	@Test
	void cancellingLeavesTheModelAsItWas() throws IOException {
		final byte[] before = Files.readAllBytes(model.resolve(SHARD));
		final AtomicInteger asked = new AtomicInteger();
		assertThrows(RunCanceledException.class, () -> ModelNarrowing.narrow(models, "m",
			new RecordingProgress(() -> asked.incrementAndGet() > 2)));
		assertArrayEquals(before, Files.readAllBytes(model.resolve(SHARD)));
		assertTrue(ModelCheck.of(model, Progress.NONE).isGood());
		assertFalse(Files.exists(models.resolve(".zimage-staging/m.narrow")));
	}

	@Test
	void filesOfTheCacheAreNotNarrowed() throws IOException {
		final Path blob = elsewhere.resolve("blob");
		Files.move(model.resolve(SHARD), blob);
		Files.createSymbolicLink(model.resolve(SHARD), blob);
		assertFails(InvalidInputException.class,
			() -> ModelNarrowing.narrow(models, "m", Progress.NONE), SHARD, "is a link to elsewhere");
	}

	@Test
	void aModelIsRemovedWithAllThatBelongsToIt() throws IOException {
		Files.createDirectories(Staging.root(models, "m").resolve("parts"));
		ModelRemoval.remove(models, "m", Progress.NONE);
		assertFalse(Files.exists(model) || Files.exists(Staging.root(models, "m")));
		assertEquals(List.of(), InstalledModel.in(List.of(models)));
		assertFails(InvalidInputException.class, () -> ModelRemoval.remove(models, "m", Progress.NONE),
			"\"m\"", models);
	}

	@ParameterizedTest
	@ValueSource(strings = { "../outside", "..", ".", "", "/etc", "m/vae" })
	void nothingOutsideTheFolderOfModelsIsRemoved(final String name) throws IOException {
		final Path inner = Files.createDirectories(models.resolve("inner"));
		HubModels.copy(models.resolve("outside"));
		assertFails(InvalidInputException.class, () -> ModelRemoval.remove(inner, name, Progress.NONE),
			"\"" + name + "\"");
		ModelFolder.open(models.resolve("outside"));
	}

	@Test
	void aLinkIsRemovedAndWhatItLeadsToStays() throws IOException {
		final Path outside = HubModels.copy(models.resolve("deep/outside"));
		Files.createSymbolicLink(models.resolve("link"), outside);
		ModelRemoval.remove(models, "link", Progress.NONE);
		assertFalse(Files.exists(models.resolve("link")));
		ModelFolder.open(outside);
	}

	@Test
	void aFolderThatIsNoModelIsNotRemoved() throws IOException {
		Files.createDirectories(models.resolve("thesis"));
		Files.writeString(models.resolve("thesis/chapter1.txt"), "x");
		assertFails(InvalidInputException.class,
			() -> ModelRemoval.remove(models, "thesis", Progress.NONE), "is not a model",
			"Nothing was removed");
		assertTrue(Files.exists(models.resolve("thesis/chapter1.txt")));
	}
}
