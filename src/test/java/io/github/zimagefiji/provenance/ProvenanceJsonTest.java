
package io.github.zimagefiji.provenance;

import static io.github.zimagefiji.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.zimagefiji.Provenance;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.image.Examples;
import io.github.zimagefiji.request.Conditions;
import io.github.zimagefiji.request.Task;
import io.github.zimagefiji.request.TextToImageRequest;

class ProvenanceJsonTest {

	static Stream<String> prompts() {
		return Stream.of(Examples.PROMPTS);
	}

	@ParameterizedTest
	@MethodSource("prompts")
	void everyComponentSurvivesBothForms(final String prompt) {
		final Provenance provenance = Examples.provenance(prompt, 42);
		assertEquals(provenance, ProvenanceJson.read(ProvenanceJson.line(provenance)));
		final byte[] utf8 = ProvenanceJson.pretty(provenance).getBytes(StandardCharsets.UTF_8);
		assertEquals(provenance, ProvenanceJson.read(new String(utf8, StandardCharsets.UTF_8)));
	}

	@ParameterizedTest
	@MethodSource("prompts")
	void everyConditionSurvivesBothForms(final String name) {
		final Provenance provenance = conditioned(Examples.conditions(name));
		assertEquals(provenance, ProvenanceJson.read(ProvenanceJson.line(provenance)));
		assertEquals(provenance, ProvenanceJson.read(ProvenanceJson.pretty(provenance)));
	}

	@ParameterizedTest
	@EnumSource(Task.class)
	void conditionsWithoutAnythingThatCanBeLeftOutSurvive(final Task task) {
		final Conditions conditions =
			new Conditions(task, List.of(), null, null, List.of(), "whole", false, null, List.of());
		assertEquals(conditions,
			ProvenanceJson.read(ProvenanceJson.line(conditioned(conditions))).conditions());
	}

	@Test
	void filesFromBeforeThereWereConditionsHaveNone() {
		final Provenance provenance = Examples.provenance("p", 1);
		final String before =
			ProvenanceJson.line(provenance).replaceAll("\"conditions\":\\{[^{}]*\\},", "");
		assertFalse(before.contains("conditions"));
		assertEquals(provenance, ProvenanceJson.read(before));
	}

	@Test
	void conditionsAreWrittenInOrder() {
		assertEquals(
			"{\"task\":\"control\",\"inputs\":[{\"role\":\"image\",\"name\":\"n\",\"width\":40,\"height\":30," +
				"\"sha256\":\"" + "ab".repeat(32) +
				"\",\"mapping\":{\"range\":\"percentiles\",\"pixel_type\":\"16-bit\"," +
				"\"low\":[12.5,-0.0],\"high\":[4095.0,0.3333333333333333]}},{\"role\":\"mask\",\"name\":\"n\",\"width\":40," +
				"\"height\":30,\"sha256\":\"" + "cd".repeat(32) +
				"\",\"mapping\":null}],\"strength\":0.6,\"feather\":3," +
				"\"borders\":[1,0,16384,2],\"tiles\":\"tiles of 512, overlap 64\",\"reference\":true,\"control\":{\"name\":\"n\"," +
				"\"fingerprint\":\"f00d\",\"scale\":0.75},\"loras\":[{\"name\":\"n\",\"fingerprint\":\"beef\",\"scale\":-1.5," +
				"\"unused\":2,\"strength\":\"0.5 to 2\"},{\"name\":\"second\",\"fingerprint\":\"cafe\",\"scale\":1.0," +
				"\"unused\":0,\"strength\":null}]}",
			conditionsJson());
	}

	@Test
	void everyMissingConditionIsNamed() {
		final String json = conditionsJson();
		final List<String> keys = Pattern.compile("\"([a-z_0-9]+)\":").matcher(json).results()
			.map(m -> m.group(1)).distinct().toList();
		assertEquals(22, keys.size());
		for (final String key : keys) {
			final String without =
				whole().replace(json, json.replace("\"" + key + "\":", "\"was_" + key + "\":"));
			final InvalidInputException e =
				assertThrows(InvalidInputException.class, () -> ProvenanceJson.read(without));
			assertTrue(
				e.getMessage().matches(".*lacks \"conditions\\.([a-z_0-9\\[\\]]+\\.)*" + key + "\".*"),
				e.getMessage());
		}
	}

	@Test
	void conditionsOfTheWrongKindAreRefused() {
		for (final String[] change : new String[][] { { "\"control\",\"inputs", "\"dream\",\"inputs" },
			{ "[1,0,", "[1.5,0," }, { "[1,0,", "[null,0," }, { "16384", "9999999999" },
			{ "\"inputs\":[{", "\"inputs\":[7,{" }, { "\"percentiles\"", "\"all\"" },
			{ "\"strength\":0.6", "\"strength\":\"0.6\"" }, { "[12.5,", "[4096," },
			{ "[12.5,-0.0]", "[]" }, { "\"unused\":2", "\"unused\":2.5" },
			{ "\"control\":{", "\"control\":[],\"was\":{" }, { "\"loras\":[", "\"loras\":{},\"was\":[" },
			{ "\"reference\":true", "\"reference\":1" } })
		{
			final String json = whole().replace(change[0], change[1]);
			assertFalse(json.equals(whole()), change[0]);
			assertThrows(InvalidInputException.class, () -> ProvenanceJson.read(json), change[1]);
		}
	}

	private static Provenance conditioned(final Conditions conditions) {
		return Examples.provenance(Examples.request("p", 1, 48, 32), conditions);
	}

	private static String whole() {
		return ProvenanceJson.line(conditioned(Examples.conditions("n")));
	}

	private static String conditionsJson() {
		final String json = whole();
		return json.substring(json.indexOf("\"conditions\":") + 13,
			json.indexOf(",\"explicit_latents\""));
	}

	@ParameterizedTest
	@MethodSource("prompts")
	void theLineIsOneLineOfPrintableAscii(final String prompt) {
		assertTrue(ProvenanceJson.line(Examples.provenance(prompt, 42)).matches("[ -~]+"));
	}

	@Test
	void keysAreSnakeCaseAndInOrder() {
		assertEquals(
			"{\"request\":{\"prompt\":\"p\",\"negative_prompt\":\"\\u6a21\\u7cca: \\\"blur\\\"\\n\"," +
				"\"width\":32,\"height\":16,\"steps\":2,\"guidance\":0.1,\"cfg_normalization\":0.3333333333333333," +
				"\"cfg_truncation\":0.7," +
				"\"sigmas\":[1.0,0.3],\"max_tokens\":77,\"seed\":42,\"count\":1}," +
				"\"conditions\":{\"task\":\"text-to-image\",\"inputs\":[],\"strength\":null,\"feather\":null,\"borders\":[]," +
				"\"tiles\":\"whole\",\"reference\":false,\"control\":null,\"loras\":[]},\"explicit_latents\":true,\"model\":{\"name\":" +
				"\"Z-Image-Turbo \\u00fc\",\"variant\":\"turbo\",\"variant_reason\":\"scheduler shift 3.0\",\"fingerprint\":" +
				"\"0123abcd\",\"fingerprint_kind\":\"sampled\"},\"sigmas\":[1.0,0.5625,4.9E-324,0.0]," +
				"\"precision\":\"bfloat16\",\"device\":\"cuda:1\",\"threads\":7,\"decoding\":\"tiles of 512\",\"dropped_tokens\":3," +
				"\"plugin_version\":" + "\"0.1.0\",\"engine_version\":\"DJL 0.35.1, libtorch 2.7.1\"}",
			ProvenanceJson.line(Examples.provenance("p", 42)));
	}

	@Test
	void theFormForPeopleKeepsTheirScript() {
		assertTrue(ProvenanceJson.pretty(Examples.provenance("水墨画 🔬", 1))
			.contains("\n    \"prompt\": \"水墨画 🔬\",\n"));
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, (1L << 53) + 1, Long.MAX_VALUE - 1, Long.MAX_VALUE })
	void everyDigitOfASeedSurvives(final long seed) {
		final String json = ProvenanceJson.line(Examples.provenance("p", seed));
		assertTrue(json.contains("\"seed\":" + seed + ","), json);
		assertEquals(seed, ProvenanceJson.read(json).request().seed());
	}

	@Test
	void unsetStepsAndGuidanceStayUnset() {
		final Provenance provenance = Examples.provenance(TextToImageRequest.builder("p").build());
		final Provenance read = ProvenanceJson.read(ProvenanceJson.line(provenance));
		assertEquals(provenance, read);
		assertEquals(null, read.request().steps());
	}

	@Test
	void latentsAreNotWrittenButTheirUseIs() {
		final TextToImageRequest request =
			TextToImageRequest.builder("p").size(16, 16).latents(new float[64]).build();
		final String json = ProvenanceJson.line(Examples.provenance(request));
		assertFalse(json.contains("\"latents\""));
		assertTrue(ProvenanceJson.read(json).explicitLatents());
	}

	@Test
	void unknownKeysOfLaterVersionsArePassedOver() {
		final Provenance provenance = Examples.provenance("p", 1);
		final String json = ProvenanceJson.line(provenance).replace("\"model\":{",
			"\"new\":[{\"a\":null}],\"model\":{\"b\":1,");
		assertEquals(provenance, ProvenanceJson.read(json));
	}

	@Test
	void everyMissingKeyIsNamed() {
		final String json = ProvenanceJson.line(Examples.provenance("p", 1));
		final List<String> keys =
			Pattern.compile("\"([a-z_]+)\":").matcher(json).results().map(m -> m.group(1)).toList();
		assertEquals(38, keys.size());
		for (final String key : keys) {
			if (key.equals("conditions")) continue;
			final String without = json.replace("\"" + key + "\":", "\"was_" + key + "\":");
			final InvalidInputException e =
				assertThrows(InvalidInputException.class, () -> ProvenanceJson.read(without));
			assertTrue(e.getMessage().matches(".*lacks \"([a-z_]+\\.)*" + key + "\".*"), e.getMessage());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"seed\":9223372036854775808", "\"seed\":-1", "\"seed\":1.5",
		"\"seed\":1e3", "\"seed\":1e999999999", "\"seed\":\"1\"", "\"seed\":null", "\"seed\":[]",
		"\"seed\":{}", "\"seed\":NaN", "\"seed\":01", "\"seed\":true", "\"seed\":" })
	void aSeedThatIsNotOneIsRefusedInASentence(final String seed) {
		final String json =
			ProvenanceJson.line(Examples.provenance("p", 1)).replace("\"seed\":1", seed);
		assertRefused(() -> ProvenanceJson.read(json));
	}

	@Test
	void valuesOfTheWrongKindAreRefused() {
		for (final String[] change : new String[][] { { "\"threads\":7", "\"threads\":2147483648" },
			{ "\"prompt\":\"p\"", "\"prompt\":5" },
			{ "\"explicit_latents\":true", "\"explicit_latents\":\"true\"" },
			{ "[1.0,0.3]", "[1.0,null]" }, { "[1.0,0.3]", "1.0" }, { "0.7", "1e400" },
			{ "\"model\":{", "\"model\":3,\"other\":{" }, { "\"turbo\"", "\"omni\"" },
			{ "\"width\":32", "\"width\":33" } })
		{
			final String json =
				ProvenanceJson.line(Examples.provenance("p", 1)).replace(change[0], change[1]);
			assertThrows(InvalidInputException.class, () -> ProvenanceJson.read(json), change[1]);
		}
	}

	@Test
	void whatIsNotJsonIsRefused() {
		final String json = ProvenanceJson.line(Examples.provenance("p", 1));
		for (final String text : new String[] { "", " ", "null", "3", "[]", "\"", "{", "}", "\u0000",
			"{]", json + "x", json + json, "[".repeat(200000), "{\"a\":".repeat(200000),
			json.replace("\"request\"", "request"), "9".repeat(100000) })
			assertThrows(InvalidInputException.class, () -> ProvenanceJson.read(text));
	}

	@Test
	void everyCutOffTextIsRefused() {
		final String json = ProvenanceJson.line(Examples.provenance("水\n", 1));
		for (int length = 0; length < json.length(); length++) {
			final String cut = json.substring(0, length);
			assertThrows(InvalidInputException.class, () -> ProvenanceJson.read(cut));
		}
	}

	@Test
	void anyOtherCharacterAnywhereGivesAProvenanceOrASentence() {
		final String json = ProvenanceJson.line(Examples.provenance("p", 1));
		int refused = 0;
		for (int i = 0; i < json.length(); i++) {
			for (final char c : "\u0000\"{]0e-.\\".toCharArray()) {
				try {
					ProvenanceJson.read(json.substring(0, i) + c + json.substring(i + 1));
				}
				catch (final InvalidInputException e) {
					refused++;
				}
			}
		}
		assertTrue(refused > json.length(), "only " + refused + " refused");
	}
}
