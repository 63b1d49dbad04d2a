
package io.github.zimagefiji.dataset.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.zimagefiji.dataset.recipe.Split;
import io.github.zimagefiji.error.InvalidInputException;

/** What is noted of objects is refused if it is not what was written. */
class CocoRecordsTest {

	/** Of 4 × 3 pixels, two in the second column and one in the last. */
	private static final String RIGHT = "{\"width\":4,\"height\":3,\"objects\":[" +
		"{\"class\":\"cell\",\"area\":2,\"bbox\":[1,0,1,2]," +
		"\"polygons\":[[1,0,2,0,2,2,1,2]],\"counts\":[3,2,7]}," +
		"{\"class\":\"spot\",\"area\":1,\"bbox\":[3,2,1,1]," + "\"polygons\":[],\"counts\":[11,1]}]}";

	@TempDir
	Path root;

	private Path notes;

	@BeforeEach
	void makeTheFolder() throws IOException {
		notes = root.resolve("coco/.objects/set-0000.json");
		Files.createDirectories(notes.getParent());
	}

	private void write() {
		new CocoFile(root, "a test", List.of("cell", "spot")).write(Split.VAL, List.of("set-0000"));
	}

	private void refused() throws IOException {
		final String message = assertThrows(InvalidInputException.class, this::write).getMessage();
		assertEquals(notes + " is missing or damaged. Remove the item's record, " +
			"records/set-0000.json, and run again with --resume.", message);
		try (var files = Files.list(root.resolve("coco"))) {
			assertEquals(List.of(notes.getParent()), files.toList(), "nothing half-written");
		}
	}

	@Test
	void whatWasWrittenIsTakenOver() throws IOException {
		Files.writeString(notes, RIGHT);
		write();
		final String outlines = Files.readString(root.resolve("coco/instances_val.json"));
		assertTrue(
			outlines.contains(
				"\"images\":[{\"id\":1,\"file_name\":" + "\"val/set-0000.png\",\"width\":4,\"height\":3}]"),
			outlines);
		assertTrue(outlines.contains(
			"\"annotations\":[" + "{\"id\":1,\"image_id\":1,\"category_id\":1,\"iscrowd\":0,\"area\":2," +
				"\"bbox\":[1,0,1,2],\"segmentation\":[[1,0,2,0,2,2,1,2]]}," +
				"{\"id\":2,\"image_id\":1,\"category_id\":2,\"iscrowd\":0,\"area\":1," +
				"\"bbox\":[3,2,1,1],\"segmentation\":{\"size\":[3,4],\"counts\":[11,1]}}]"),
			outlines);
		assertTrue(Files.readString(root.resolve("coco/instances_val_rle.json"))
			.contains("\"segmentation\":{\"size\":[3,4],\"counts\":[3,2,7]}}"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '`',
		value = { "\"width\":4; \"width\":0", "\"width\":4; \"width\":-4", "\"width\":4; \"width\":4.5",
			"\"width\":4; \"width\":\"4\"", "\"width\":4; \"width\":99999999999",
			"\"width\":4; \"width\":5", "\"width\":4; \"width\":2000000000", "\"width\":4; \"wide\":4",
			"\"width\":4,\"height\":3; \"width\":65536,\"height\":65536",
			"\"width\":4; \"width\":4,\"width\":4", "\"cell\"; \"dog\"", "\"cell\"; null",
			"\"cell\"; [1]", "\"area\":2; \"area\":3", "\"area\":2; \"area\":-2",
			"\"area\":2; \"area\":1e400", "\"bbox\":[1,0,1,2]; \"bbox\":[1,0,1]",
			"\"bbox\":[1,0,1,2]; \"bbox\":[1,0,1,2,3]", "\"bbox\":[1,0,1,2]; \"bbox\":[1,0,4,2]",
			"\"bbox\":[1,0,1,2]; \"bbox\":[1,2,1,2]", "\"bbox\":[1,0,1,2]; \"bbox\":[1,0,0,2]",
			"\"bbox\":[1,0,1,2]; \"bbox\":{}", "[[1,0,2,0,2,2,1,2]]; [[1,0,2,0]]",
			"[[1,0,2,0,2,2,1,2]]; [[1,0,2,0,2,2,1,2,1]]", "[[1,0,2,0,2,2,1,2]]; [[1,0,2,0,2,4,1,4]]",
			"[[1,0,2,0,2,2,1,2]]; [[1,0,5,0,5,2,1,2]]", "[[1,0,2,0,2,2,1,2]]; [1,0,2,0,2,2,1,2]",
			"[[1,0,2,0,2,2,1,2]]; null", "[3,2,7]; [3,2,6]", "[3,2,7]; [2,3,7]", "[3,2,7]; [3,2,7,0]",
			"[3,2,7]; [3,0,0,2,7]", "[3,2,7]; [3,2,2000000000,2000000000]", "[3,2,7]; [3,-2,7]",
			"[3,2,7]; []", "[3,2,7]; [[3,2,7]]", "\"counts\":[3,2,7]; \"more\":1",
			",\"counts\":[3,2,7]; ``" })
	void wrongContentsAreRefused(final String part, final String other) throws IOException {
		assertTrue(RIGHT.contains(part));
		Files.writeString(notes, RIGHT.replace(part, other));
		refused();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{", "{}", "[]", "null", "\"x\"" })
	void whatIsNoListOfObjectsIsRefused(final String text) throws IOException {
		Files.writeString(notes, text);
		refused();
	}

	@Test
	void cutDeepAndLongTextsAreRefused() throws IOException {
		for (int end = 0; end < RIGHT.length(); end += 7) {
			Files.writeString(notes, RIGHT.substring(0, end));
			refused();
		}
		for (final String text : List.of("[".repeat(100_000), "{\"a\":".repeat(100_000),
			RIGHT.replace("\"area\":2", "\"area\":" + "2".repeat(10_000)),
			RIGHT.replace("[3,2,7]", "[" + "0,".repeat(1_000_000) + "3,2,7]"), RIGHT + RIGHT,
			RIGHT + "x"))
		{
			Files.writeString(notes, text);
			refused();
		}
	}

	@Test
	void missingNotesAndBytesThatAreNoTextAreRefused() throws IOException {
		refused();
		Files.write(notes, RIGHT.replace("cell", "cöll").getBytes(StandardCharsets.ISO_8859_1));
		refused();
	}
}
