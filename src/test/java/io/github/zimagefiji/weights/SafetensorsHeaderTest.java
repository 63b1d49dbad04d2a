
package io.github.zimagefiji.weights;

import static io.github.zimagefiji.Refusals.assertRefused;
import static io.github.zimagefiji.weights.TestFiles.TWO_TENSORS;
import static io.github.zimagefiji.weights.TestFiles.safetensors;
import static io.github.zimagefiji.weights.TestFiles.vector;
import static io.github.zimagefiji.weights.TestFiles.write;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every way in which a file can break the format is refused with a sentence that names the file.
 */
class SafetensorsHeaderTest {

	@TempDir
	Path folder;

	@Test
	void aMissingFile() {
		final Path file = folder.resolve("model.safetensors");
		assertRefused(() -> Checkpoint.openFile(file), file, "does not exist");
	}

	@Test
	void aFolderInThePlaceOfAFile() {
		assertRefused(() -> Checkpoint.openFile(folder), folder, "is not a file");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 7 })
	void aFileShorterThanTheLengthOfItsHeader(final int bytes) {
		refused(new byte[bytes], bytes + " bytes long");
	}

	@ParameterizedTest
	@ValueSource(longs = { -1, Long.MIN_VALUE, Long.MAX_VALUE, 100_000_001, 200 })
	void aHeaderLengthThatCannotBe(final long length) {
		final byte[] bytes = safetensors(TWO_TENSORS, 24);
		ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
		refused(bytes, "its header should be " + Long.toUnsignedString(length) + " bytes");
	}

	@Test
	void aPointerOfGitLfs() {
		refused("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n"
			.getBytes(StandardCharsets.UTF_8), "Git LFS");
	}

	@ParameterizedTest
	@ValueSource(strings = { "<!DOCTYPE html><html><head><title>Sign in</title></head>",
		"\n\n  <html lang=\"en\">", "\uFEFF<!doctype HTML>" })
	void aWebPage(final String page) {
		refused(page.getBytes(StandardCharsets.UTF_8), "is a web page (HTML)");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"error\":\"Unauthorized\",\"message\":\"log in\"}",
		"<?xml version=\"1.0\"?><Error>Unauthorized</Error>" })
	void aServersAnswer(final String answer) {
		refused(answer.getBytes(StandardCharsets.UTF_8), "a web server's answer");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "[]", "null", "\"a\"", " {}", "\ufeff{}" })
	void aHeaderThatDoesNotBeginAsAnObject(final String header) {
		refused(header, 0, "is not a JSON object");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{", "{}{}", "{} x", "{}\u0000", "{\"a\"}", "{a:1}", "{'a':{}}",
		"{\"a\":{}", "{\"\\u00zz\":{}}", "{\"a\":{},}", "{\"a\":{\"x\":[1,}}" })
	void aHeaderThatIsNotValidJson(final String header) {
		refused(header, 0, "");
	}

	@Test
	void aHeaderThatIsNotUtf8() {
		final byte[] header = TWO_TENSORS.getBytes(StandardCharsets.UTF_8);
		header[2] = (byte) 0xff;
		refused(safetensors(header, 24), "not UTF-8");
	}

	@Test
	void aHeaderNestedWithoutEnd() {
		refused("{\"a\":{\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}}", 0,
			"nested deeper");
	}

	@Test
	void twoTensorsOfOneName() {
		refused("{" + vector("a", 1, 0) + "," + vector("a", 1, 4) + "}", 8, "names \"a\" twice");
	}

	@Test
	void aNameWrittenTwiceInDifferentEscapes() {
		refused("{" + vector("a", 1, 0) + "," + vector("\\u0061", 1, 4) + "}", 8, "names \"a\" twice");
	}

	@Test
	void aTensorWithTwoTypes() {
		refused("{\"a\":{\"dtype\":\"F32\",\"dtype\":\"F16\",\"shape\":[1],\"data_offsets\":[0,4]}}", 4,
			"names \"dtype\" twice");
	}

	@ParameterizedTest
	@ValueSource(strings = { "F4", "f32", "", "FLOAT", "BF16 " })
	void aTypeThatIsNotKnown(final String type) {
		refused(tensor("\"" + type + "\"", "[1]", "[0,4]"), 4, "\"" + type + "\", which is not known");
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';',
		value = { "\"F32\";[-1];[0,4]", "\"F32\";[-2,-2];[0,16]",
			"\"U8\";[4294967296,4294967296];[0,0]", "\"F64\";[999999999999999999,2];[0,0]",
			"\"U8\";[999999999999999999,999999999999999999,0];[0,0]" })
	void aShapeThatCannotBe(final String type, final String shape, final String offsets) {
		refused(tensor(type, shape, offsets), 16, "impossible shape");
	}

	@ParameterizedTest
	@ValueSource(strings = { "[1.5]", "[1e1]", "[\"1\"]", "[null]", "[[1]]", "1", "{}", "null",
		"[9223372036854775808]", "[NaN]" })
	void aShapeThatIsNotAListOfWholeNumbers(final String shape) {
		refused(tensor("\"F32\"", shape, "[0,4]"), 4, "");
	}

	@Test
	void aShapeWithMoreDimensionsThanPyTorchHas() {
		refused(tensor("\"F32\"", Arrays.toString(new long[65]), "[0,0]"), 0, "more than 64 numbers");
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';',
		value = { "[4,0];impossible offsets", "[-4,0];impossible offsets",
			"[0];lacks its dtype, shape or data_offsets", "[0,4,8];more than 2 numbers",
			"[0,8];needs 4 bytes but has 8", "[0,3];needs 4 bytes but has 3", "[4,8];ends 4 bytes beyond",
			"[999999999999999996,1000000000000000000];below" })
	void offsetsThatCannotBe(final String offsets, final String words) {
		refused(tensor("\"F32\"", "[1]", offsets), 4, words);
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"shape\":[1],\"data_offsets\":[0,4]",
		"\"dtype\":\"F32\",\"data_offsets\":[0,4]", "\"dtype\":\"F32\",\"shape\":[1]", "" })
	void aTensorThatIsNotFullyDescribed(final String members) {
		refused("{\"a\":{" + members + "}}", 4, "\"a\" lacks");
	}

	@Test
	void tensorsThatOverlap() {
		refused("{" + vector("a", 2, 0) + "," + vector("b", 2, 4) + "}", 12, "\"b\" overlaps");
		refused("{" + vector("a", 2, 0) + "," + vector("b", 2, 0) + "}", 8, "overlaps");
	}

	@Test
	void bytesThatBelongToNoTensor() {
		refused("{" + vector("b", 1, 8) + "," + vector("a", 1, 0) + "}", 12,
			"\"b\" follows a gap of 4 bytes");
		refused("{" + vector("a", 1, 4) + "}", 8, "\"a\" follows a gap");
		refused(TWO_TENSORS, 25, "1 bytes at its end");
		refused("{}", 1, "1 bytes at its end");
	}

	@Test
	void aDownloadThatWasCutOff() {
		refused(TWO_TENSORS, 23, "\"b\" ends 1 bytes beyond the end of the file");
	}

	@ParameterizedTest
	@ValueSource(strings = { "1", "[]", "{\"x\":1}", "{\"x\":{}}", "{\"x\":\"1\",\"x\":\"2\"}" })
	void metadataThatAreNotTexts(final String metadata) {
		refused("{\"__metadata__\":" + metadata + "}", 0, "");
	}

	@Test
	void whatTheFormatAllowsIsRead() {
		final Path file = write(folder.resolve("ok.safetensors"), safetensors(
			"{\"__metadata__\":{\"k\":\"ü\"},\"later\":{\"future\":{\"a\":[1,null,true,\"x\"]},\"dtype\":\"F16\"," +
				"\"shape\":[2],\"data_offsets\":[4,8]}," +
				"\"図\":{\"data_offsets\":[0,4],\"dtype\":\"I32\",\"shape\":[]}}  ",
			8));
		final Checkpoint checkpoint = Checkpoint.openFile(file);
		assertEquals("[later, 図]", checkpoint.entries().keySet().toString());
		assertEquals(Map.of("k", "ü"), checkpoint.metadata());
		assertEquals(0, Checkpoint.openFile(write(file, safetensors("{}", 0))).byteCount());
	}

	private static String tensor(final String type, final String shape, final String offsets) {
		return "{\"a\":{\"dtype\":" + type + ",\"shape\":" + shape + ",\"data_offsets\":" + offsets +
			"}}";
	}

	private void refused(final String header, final int dataBytes, final String words) {
		refused(safetensors(header, dataBytes), words);
	}

	private void refused(final byte[] bytes, final String words) {
		final Path file = write(folder.resolve("bad ü.safetensors"), bytes);
		assertRefused(() -> Checkpoint.openFile(file), file, words);
	}
}
