
package io.github.zimagefiji.weights;

import static io.github.zimagefiji.Refusals.assertRefused;
import static io.github.zimagefiji.weights.TestFiles.golden;
import static io.github.zimagefiji.weights.TestFiles.safetensors;
import static io.github.zimagefiji.weights.TestFiles.vector;
import static io.github.zimagefiji.weights.TestFiles.write;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {

	@TempDir
	Path folder;

	@Test
	void aSingleFileIsOpenedWithItsNumbers() {
		final Checkpoint vae = Checkpoint.open(golden("vae"));
		assertEquals(176, vae.entries().size());
		assertEquals(Map.of("format", "pt"), vae.metadata());
		final TensorEntry bias = vae.entry("decoder.conv_in.bias");
		assertSame(StoredType.F32, bias.type());
		assertArrayEquals(new long[] { 32 }, bias.shape());
		assertEquals(32, bias.elementCount());
		// The values as Python's struct module unpacks them.
		final ByteBuffer values = vae.read(bias);
		assertEquals(0.02473968081176281f, values.getFloat());
		assertEquals(-0.005076939705759287f, values.getFloat());
	}

	@Test
	void shardsAreOpenedAsOneInTheOrderOfTheIndex() throws Exception {
		final Checkpoint transformer = Checkpoint.open(golden("transformer"));
		final List<String> names = new ArrayList<>(transformer.entries().keySet());
		assertEquals(116, names.size());
		assertEquals("all_final_layer.2-1.adaLN_modulation.1.bias", names.get(0));
		assertEquals("x_pad_token", names.get(115));
		assertEquals(2, transformer.files().size());
		// total_size in the index
		assertEquals(1542176, transformer.byteCount());
		assertEquals("b9bf4e233bc2af58bbbb0586475eff0337ff504587cdcfd7720afbd665fa4a1b",
			sha256(transformer.read(transformer.entry("layers.0.adaLN_modulation.0.bias"))));
	}

	@Test
	void aPrefixIsDroppedWhereItIs() throws Exception {
		final Checkpoint encoder = Checkpoint.open(golden("text_encoder")).withoutPrefix("model.");
		assertFalse(encoder.has("model.layers.0.input_layernorm.weight"));
		final TensorEntry norm = encoder.entry("layers.0.input_layernorm.weight");
		assertEquals("layers.0.input_layernorm.weight", norm.name());
		assertEquals("ead31c9b4eb1189c47545d0bace16c534bb3243beb44be9550eabdc10e2d7886",
			sha256(encoder.read(norm)));
		assertEquals(encoder.entries(), encoder.withoutPrefix("model.").entries());
	}

	@Test
	void aNameThatIsNothingButThePrefixStays() {
		final Path file =
			write(folder.resolve("x.safetensors"), safetensors("{" + vector("model.", 1, 0) + "}", 4));
		assertTrue(Checkpoint.openFile(file).withoutPrefix("model.").has("model."));
	}

	@Test
	void equalNamesAfterDroppingAPrefixAreRefused() {
		final Path file = write(folder.resolve("x.safetensors"),
			safetensors("{" + vector("w", 1, 0) + "," + vector("model.w", 1, 4) + "}", 8));
		final Checkpoint both = Checkpoint.openFile(file);
		assertRefused(() -> both.withoutPrefix("model."), "\"w\"", file);
	}

	@Test
	void aMissingTensorIsNamedTogetherWithItsFolder() {
		final Checkpoint vae = Checkpoint.open(golden("vae"));
		assertFalse(vae.has("encoder.conv_in.typo"));
		assertRefused(() -> vae.entry("encoder.conv_in.typo"), "\"encoder.conv_in.typo\"",
			golden("vae"));
	}

	@Test
	void theBytesAreLittleEndianReadOnlyAndExactlyTheTensor() {
		final Path file =
			write(folder.resolve("x.safetensors"), safetensors(TestFiles.TWO_TENSORS, 24));
		final Checkpoint checkpoint = Checkpoint.openFile(file);
		final ByteBuffer b = checkpoint.read(checkpoint.entry("b"));
		assertEquals(0, b.position());
		assertEquals(8, b.capacity());
		assertEquals(ByteOrder.LITTLE_ENDIAN, b.order());
		assertTrue(b.isDirect());
		assertTrue(b.isReadOnly());
		assertEquals(0x13121110, b.getInt());
	}

	@Test
	void emptyTensorsAndSingleNumbersHaveTheirPlace() {
		final Path file = write(folder.resolve("x.safetensors"),
			safetensors("{\"none\":{\"dtype\":\"BF16\",\"shape\":[3,0],\"data_offsets\":[0,0]}," +
				"\"one\":{\"dtype\":\"F64\",\"shape\":[],\"data_offsets\":[0,8]}}   ", 8));
		final Checkpoint checkpoint = Checkpoint.openFile(file);
		assertEquals(0, checkpoint.read(checkpoint.entry("none")).capacity());
		assertEquals(0, checkpoint.entry("none").elementCount());
		assertEquals(1, checkpoint.entry("one").elementCount());
		assertEquals(8, checkpoint.read(checkpoint.entry("one")).capacity());
	}

	@Test
	void theEntriesCannotBeChanged() {
		final Checkpoint vae = Checkpoint.open(golden("vae"));
		assertThrows(UnsupportedOperationException.class, () -> vae.entries().clear());
		final TensorEntry entry = vae.entry("decoder.conv_in.bias");
		entry.shape()[0] = 7;
		assertEquals(32, entry.shape()[0]);
	}

	@Test
	void anIndexCanBeOpenedAsAFile() {
		final Path index =
			golden("transformer").resolve("diffusion_pytorch_model.safetensors.index.json");
		assertEquals(Checkpoint.open(golden("transformer")).entries(),
			Checkpoint.openFile(index).entries());
	}

	@Test
	void aFileThatBecameShorterIsRefusedInsteadOfEndingTheProgram() throws IOException {
		final Path file =
			write(folder.resolve("x.safetensors"), safetensors(TestFiles.TWO_TENSORS, 24));
		final Checkpoint checkpoint = Checkpoint.openFile(file);
		write(file, safetensors(TestFiles.TWO_TENSORS, 20));
		assertRefused(() -> checkpoint.read(checkpoint.entry("b")), file, "shorter");
		Files.delete(file);
		assertRefused(() -> checkpoint.read(checkpoint.entry("a")), file, "could not be read");
	}

	private static String sha256(final ByteBuffer bytes) throws Exception {
		final MessageDigest sha = MessageDigest.getInstance("SHA-256");
		sha.update(bytes);
		return HexFormat.of().formatHex(sha.digest());
	}
}
