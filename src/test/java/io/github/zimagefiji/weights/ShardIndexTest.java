
package io.github.zimagefiji.weights;

import static io.github.zimagefiji.Refusals.assertRefused;
import static io.github.zimagefiji.weights.TestFiles.safetensors;
import static io.github.zimagefiji.weights.TestFiles.vector;
import static io.github.zimagefiji.weights.TestFiles.write;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardIndexTest {

	@TempDir
	Path root;

	private Path folder;
	private Path index;

	@BeforeEach
	void makeTwoShards() {
		folder = root.resolve("transformer");
		index = folder.resolve("model.safetensors.index.json");
		shard("one.safetensors", "a");
		shard("two.safetensors", "b");
	}

	@Test
	void shardsAreJoinedInTheOrderOfTheIndex() {
		index("\"b\":\"two.safetensors\",\"a\":\"one.safetensors\"");
		final Checkpoint checkpoint = Checkpoint.open(folder);
		assertEquals("[b, a]", checkpoint.entries().keySet().toString());
		assertEquals(folder.resolve("one.safetensors"), checkpoint.entry("a").file());
	}

	@Test
	void tensorsThatTheIndexForgetsAreThereAsInTheReference() {
		shard("one.safetensors", "a\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]},\"extra");
		index("\"b\":\"two.safetensors\",\"a\":\"one.safetensors\"");
		assertEquals("[b, a, extra]", Checkpoint.open(folder).entries().keySet().toString());
	}

	@Test
	void shardsMayLieInASubFolder() {
		shard("parts/three.safetensors", "c");
		index("\"c\":\"parts/three.safetensors\"");
		assertEquals("[c]", Checkpoint.open(folder).entries().keySet().toString());
	}

	@Test
	@EnabledOnOs({ OS.LINUX, OS.MAC })
	void shardsMayBeLinksToElsewhereAsInTheCacheOfHuggingFace() throws IOException {
		final Path blob =
			write(root.resolve("blobs").resolve("0123"), safetensors("{" + vector("c", 1, 0) + "}", 4));
		Files.createSymbolicLink(folder.resolve("linked.safetensors"),
			Path.of("../blobs").resolve(blob.getFileName()));
		index("\"c\":\"linked.safetensors\"");
		final Checkpoint checkpoint = Checkpoint.open(folder);
		assertEquals(0x03020100, checkpoint.read(checkpoint.entry("c")).getInt());
	}

	@ParameterizedTest
	@ValueSource(strings = { "../evil.safetensors", "/evil.safetensors", "x/../../evil.safetensors",
		"..\\\\evil.safetensors", "C:\\\\evil.safetensors", "C:evil.safetensors",
		"\\\\\\\\host\\\\evil.safetensors", "", "..", "./one.safetensors", "x//evil.safetensors",
		".. ./evil.safetensors", "evil\\u0000.safetensors" })
	void pathsOutOfTheFolderAreRefusedBeforeAnythingIsOpened(final String name) {
		write(root.resolve("evil.safetensors"), safetensors("{" + vector("a", 1, 0) + "}", 4));
		index("\"a\":\"" + name + "\"");
		assertRefused(() -> Checkpoint.open(folder), index, "not a plain file of the same folder");
	}

	@Test
	void aPickleInTheIndexIsRefused() {
		index("\"a\":\"pytorch_model.bin\"");
		assertRefused(() -> Checkpoint.open(folder), folder.resolve("pytorch_model.bin"),
			"can run code");
	}

	@Test
	void anotherFormatInTheIndexIsRefused() {
		index("\"a\":\"config.json\"");
		assertRefused(() -> Checkpoint.open(folder), index, "config.json");
	}

	@Test
	void aMissingShardIsNamed() {
		index("\"a\":\"one.safetensors\",\"c\":\"three.safetensors\"");
		assertRefused(() -> Checkpoint.open(folder), folder.resolve("three.safetensors"), "is missing",
			index.getFileName());
	}

	@Test
	void aDamagedShardIsNamed() {
		write(folder.resolve("two.safetensors"), "oops");
		index("\"a\":\"one.safetensors\",\"b\":\"two.safetensors\"");
		assertRefused(() -> Checkpoint.open(folder), folder.resolve("two.safetensors"),
			"Download that file again");
	}

	@Test
	void aTensorThatIsNotInItsShardIsNamed() {
		index("\"a\":\"one.safetensors\",\"b\":\"one.safetensors\"");
		assertRefused(() -> Checkpoint.open(folder), folder.resolve("one.safetensors"), "\"b\"",
			index.getFileName());
	}

	@Test
	void aTensorInTwoShardsIsRefused() {
		shard("two.safetensors", "a\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]},\"b");
		index("\"a\":\"one.safetensors\",\"b\":\"two.safetensors\"");
		assertRefused(() -> Checkpoint.open(folder), "\"a\"", folder.resolve("one.safetensors"),
			folder.resolve("two.safetensors"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{", "[]", "{}", "{\"weight_map\":{}}", "{\"weight_map\":[]}",
		"{\"weight_map\":null}", "{\"weight_map\":{\"a\":1}}",
		"{\"weight_map\":{\"a\":\"one.safetensors\",\"a\":\"two.safetensors\"}}",
		"{\"weight_map\":{\"a\":\"one.safetensors\"}} x" })
	void anIndexThatIsNotOneIsRefused(final String text) {
		write(index, text);
		assertRefused(() -> Checkpoint.open(folder), index, "Download that file again");
	}

	private void index(final String weightMap) {
		write(index,
			"{\"metadata\":{\"total_size\":8,\"more\":[1.5]},\"weight_map\":{" + weightMap + "}}");
	}

	private void shard(final String name, final String tensor) {
		write(folder.resolve(name), safetensors("{" + vector(tensor, 1, 0) + "}", 4));
	}
}
