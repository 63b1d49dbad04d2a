
package io.github.zimagefiji.weights.lora;

import static io.github.zimagefiji.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.weights.Checkpoint;
import io.github.zimagefiji.weights.StoredType;
import io.github.zimagefiji.weights.TestFiles;
import io.github.zimagefiji.weights.writer.FloatTensor;
import io.github.zimagefiji.weights.writer.HeaderWriter;
import io.github.zimagefiji.weights.writer.SafetensorsWriter;

/** How strongly a LoRA counts by itself: alpha over rank, wherever it is. */
@Tag("engine")
class LoraStrengthTest {

	private static final String KEY = "lora_adapter_metadata";
	private static final String QUERY = "layers.0.attention.to_q";
	private static final Duration SHORT = Duration.ofSeconds(60);

	private final Checkpoint transformer = Checkpoint.open(TestFiles.golden("transformer"));
	private final Map<String, String> metadata = new LinkedHashMap<>();
	private Path file;
	private Path config;

	@BeforeEach
	void name(@TempDir final Path folder) {
		file = folder.resolve("style.safetensors");
		config = folder.resolve("adapter_config.json");
	}

	/** A LoRA of rank 2 of one layer. */
	private PlacedLora place() {
		final FloatTensor down = new FloatTensor(new long[] { 2, 64 }, new float[128]);
		final FloatTensor up = new FloatTensor(new long[] { 64, 2 }, new float[128]);
		SafetensorsWriter.write(file, Map.of("transformer." + QUERY + ".lora_A.weight", down,
			"transformer." + QUERY + ".lora_B.weight", up), metadata);
		return PlacedLora.of(LoraFile.open(file), transformer);
	}

	private double factor() {
		return place().changes(QUERY).get(0).factor();
	}

	@ParameterizedTest
	@CsvSource({ "I64, 0800000000000000", "I32, 08000000", "I16, 0800", "I8, 08", "U8, 08",
		"U16, 0800", "U32, 08000000", "F64, 0000000000002040", "F32, 00000041", "F16, 0048",
		"BF16, 0041", "F8_E4M3, 50", "F8_E5M2, 48" })
	void alphaMayBeOfAnyType(final StoredType type, final String hex) {
		write(type, hex);
		assertEquals("4", PlacedLora.of(LoraFile.open(file), transformer).strength());
	}

	/** Both factors of rank 2, and an alpha of some bytes. */
	private void write(final StoredType type, final String hex) {
		final byte[] alpha = java.util.HexFormat.of().parseHex(hex);
		final HeaderWriter header = new HeaderWriter(Map.of());
		header.add(QUERY + ".lora_down.weight", StoredType.F32, new long[] { 2, 64 }, 512);
		header.add(QUERY + ".lora_up.weight", StoredType.F32, new long[] { 64, 2 }, 512);
		header.add(QUERY + ".alpha", type, new long[] {}, alpha.length);
		final byte[] start = header.bytes();
		TestFiles.write(file, ByteBuffer.allocate(start.length + 1024 + alpha.length)
			.order(ByteOrder.LITTLE_ENDIAN).put(start).put(new byte[1024]).put(alpha).array());
	}

	@Test
	void anAlphaOfZeroIsRefused() {
		write(StoredType.F32, "00000000");
		assertRefused(() -> PlacedLora.of(LoraFile.open(file), transformer), file, "alpha", "is 0");
		write(StoredType.BOOL, "01");
		assertRefused(() -> PlacedLora.of(LoraFile.open(file), transformer), file, "BOOL");
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';',
		value = { "lora_adapter_metadata; {\"lora_alpha\": 8, \"r\": 2}; 4",
			"lora_adapter_metadata; {\"transformer.lora_alpha\": 8, \"transformer.r\": 2}; 4",
			"lora_adapter_metadata; {\"unet.lora_alpha\": 8}; 4",
			"lora_adapter_metadata; {\"text_encoder.lora_alpha\": 8, \"text_encoder.r\": 16}; 1",
			"lora_adapter_metadata; {\"peft_type\": \"LOHA\", \"alpha\": 3, \"r\": 2}; 1.5",
			"peft_config; {\"lora_alpha\": 8, \"r\": 2}; 4", "lora_alpha; 8; 4", "alpha; 8.0; 4",
			"network_alpha; 1e0; 0.5", "transformer.lora_alpha; 6; 3", "ss_network_alpha; 16; 1",
			"alpha_pattern; {\"to_q\": 5}; 2.5" })
	void settingsAreFoundInTheHeader(final String name, final String text, final double expected) {
		metadata.put(name, text);
		assertEquals(expected, factor(), 1e-12);
	}

	@Test
	void rootsOfRanksCountInEveryForm() {
		metadata.put("lora_alpha", "8");
		metadata.put("use_rslora", "True");
		assertEquals(8 / Math.sqrt(2), factor(), 1e-12);
		metadata.clear();
		metadata.put(KEY, "{\"lora_alpha\": 8, \"use_rslora\": true}");
		assertEquals(8 / Math.sqrt(2), factor(), 1e-12);
	}

	/** A root of the rank, and no number that it divides. */
	@ParameterizedTest
	@ValueSource(strings = { "use_rslora", "transformer.use_rslora" })
	void aHeaderThatSaysHowButNotHowMuchIsRefused(final String name) {
		metadata.put(name, "true");
		metadata.put("rank", "2");
		assertRefused(this::place, file, "do not say the alpha", "its header");
		metadata.put(name, "False");
		assertEquals(1, factor());
		metadata.remove(name);
		metadata.put("use_dora", "true");
		assertRefused(this::place, file, "lora_magnitude_vector");
	}

	@Test
	void settingsBesideTheFileCount() {
		TestFiles.write(config,
			"{\"peft_type\": \"LORA\", \"r\": 2, \"lora_alpha\": 8, \"target_modules\": [\"to_q\"]}");
		assertEquals(4, factor());
		assertEquals("alpha over rank by adapter_config.json", place().strengthSource());
		metadata.put("lora_alpha", "8");
		assertEquals(4, factor());
		metadata.put("lora_alpha", "2");
		assertRefused(this::place, file, "cannot be understood", QUERY, "4", "1", "adapter_config.json",
			"its header");
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', value = {
		"{\"lora_alpha\": 8, \"r\": 16}; the rank 2 in the file, and 16",
		"{\"lora_alpha\": 8, \"r\": 2, \"rank_pattern\": {\"to_q\": 4}}; the rank 2 in the file, and 4",
		"{\"r\": 2}; do not say the alpha", "{\"lora_alpha\": null, \"r\": 2}; do not say the alpha",
		"{\"lora_alpha\": 8, \"peft_type\": \"OFT\"}; kind OFT",
		"{\"lora_alpha\": 8, \"init_lora_weights\": \"pissa_niter_4\"}; changed weights",
		"{\"lora_alpha\": 8, \"use_dora\": true}; lora_magnitude_vector",
		"{\"lora_alpha\": 8, \"transformer.lora_alpha\": 4}; twice",
		"{\"lora_alpha\": 1e300}; strength", "{\"lora_alpha\": 1e999}; Infinity",
		"{\"lora_alpha\": true}; a number", "{\"lora_alpha\": NaN}; JSON",
		"{\"lora_alpha\": 8, \"alpha_pattern\": {\"(\": 1}}; expression",
		"{\"lora_alpha\": 8, \"alpha_pattern\": {\"(?P<a>to_q)\": 1}}; expression",
		"{\"lora_alpha\": 8, \"use_rslora\": \"maybe\"}; true or false" })
	void whatCannotBeUnderstoodIsRefused(final String text, final String part) {
		metadata.put(KEY, text);
		assertRefused(this::place, file, part);
		metadata.clear();
		TestFiles.write(config, text);
		assertRefused(this::place, file, part);
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "1e99999", "", "0x10", "8 apples" })
	void aPlainAlphaThatIsNoNumberIsRefused(final String alpha) {
		metadata.put("lora_alpha", alpha);
		assertRefused(this::place, file, "lora_alpha");
	}

	/** As Python's {@code re.match(rf"(.*\.)?({key})$", name)} decides. */
	@ParameterizedTest
	@CsvSource(delimiter = ';',
		value = { "to_q; 5", "attention.to_q; 5", "layers.0.attention.to_q; 5",
			"^layers.0.attention.to_q; 5", "^layers\\\\.0\\\\.attention\\\\.to_q; 5", "to.q; 5",
			"0.attention.to_q$; 5", ".*\\\\.0\\\\..*; 5", "layers\\\\.[0-3]\\\\.attention\\\\.to_[qk]; 5",
			"attention.(to_q|to_k); 5", "to_[kv]|to_q; 5", "(?:to_)q; 5", "attention; 8", "o_q; 8",
			"^attention.to_q; 8", "^to_q; 8", "layers.1.attention.to_q; 8", "to\\\\.q; 8",
			"transformer.layers.0.attention.to_q; 8", "TO_Q; 8", "to_[kv]; 8" })
	void patternsMatchAsInPeft(final String pattern, final double alpha) {
		metadata.put(KEY, "{\"lora_alpha\": 8, \"alpha_pattern\": {\"" + pattern + "\": 5}}");
		assertEquals(alpha / 2, factor());
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';',
		value = { "\"to_q\": 1, \"attention.to_q\": 2, \".*\": 3; 1",
			"\"attention.to_q\": 2, \"to_q\": 1; 2", "\".*\": 3, \"to_q\": 1; 3",
			"\"to_k\": 4, \"to_[q]\": 6, \"to_q\": 1; 6", "\"to_k\": 4, \"to_q\": 1, \"to_[q]\": 6; 1" })
	void theFirstPatternThatMatchesCounts(final String patterns, final double alpha) {
		metadata.put(KEY, "{\"lora_alpha\": 8, \"alpha_pattern\": {" + patterns + "}}");
		assertEquals(alpha / 2, factor());
	}

	@Test
	void aNameFromKohyaIsMatchedByTheModelsName() {
		final NamePatterns patterns = new NamePatterns(Map.of("layers.0.attention.to_q", 3.0));
		assertEquals(3, patterns.of(List.of(QUERY, "layers_0_attention_to_q")));
		assertNull(patterns.of(List.of("layers.0.attention.to_k")));
	}

	@Test
	void manyPatternsForManyNamesTakeASecond() {
		final Map<String, Double> many = new LinkedHashMap<>();
		for (int i = 0; i < 30_000; i++) {
			many.put("layers." + i + ".attention.to_q", (double) i);
		}
		final NamePatterns patterns = new NamePatterns(many);
		assertTimeoutPreemptively(SHORT, () -> {
			for (int i = 29_999; i >= 0; i--) {
				assertEquals(i, patterns.of(List.of("layers." + i + ".attention.to_q")));
			}
		});
	}

	/** None of which the model has, so that the file is refused in the end. */
	@Test
	void aFileOfManyLayersAndPatternsTakesASecond() {
		final FloatTensor one = new FloatTensor(new long[] { 1, 1 }, new float[1]);
		final Map<String, FloatTensor> tensors = new LinkedHashMap<>();
		final StringBuilder patterns = new StringBuilder();
		for (int i = 100; i < 30_100; i++) {
			final String name = "layers." + i + ".attention.to_q";
			tensors.put(name + ".lora_A.weight", one);
			tensors.put(name + ".lora_B.weight", one);
			patterns.append(i == 100 ? "" : ",").append("\"").append(name).append("\": ").append(i);
		}
		SafetensorsWriter.write(file, tensors,
			Map.of(KEY, "{\"lora_alpha\": 8, \"alpha_pattern\": {" + patterns + "}}"));
		assertTimeoutPreemptively(SHORT,
			() -> assertRefused(() -> PlacedLora.of(LoraFile.open(file), transformer), file,
				"another model"));
	}

	@Test
	void manyExpressionsForManyNamesAreGivenUp() {
		final Map<String, Double> many = new LinkedHashMap<>();
		for (int i = 0; i < 30_000; i++) {
			many.put("layers[.]" + i + "[.]x", 1.0);
		}
		final NamePatterns patterns = new NamePatterns(many);
		assertTimeoutPreemptively(SHORT,
			() -> assertThrows(NamePatterns.TooMuchWorkException.class, () -> {
				for (int i = 0; i < 30_000; i++) {
					patterns.of(List.of("layers." + i + ".attention.to_q"));
				}
			}));
	}

	@ParameterizedTest
	@ValueSource(strings = { "(([a-z0-9._]+)*)*!", "(a|a|.)*(a|.|b)*(.*)*!",
		".*.*.*.*.*.*.*.*.*.*.*.*!", "(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)!",
		"((((((((((.*)*)*)*)*)*)*)*)*)*)*!", "()?()?()?()?()?()?()?()?()?()?()?!",
		"()?()?()?()?()?()?()?()?()?()?()?()?()?()?()?()?()?()?()?()?()?()?()?()?()?!",
		"(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)!" })
	void expressionsThatWouldNeverEndAreGivenUp(final String pattern) {
		metadata.put(KEY, "{\"lora_alpha\": 8, \"alpha_pattern\": {\"" + pattern + "\": 5}}");
		assertTimeoutPreemptively(SHORT, () -> {
			try {
				assertEquals(4, factor());
			}
			catch (final InvalidInputException e) {
				assertRefused(this::place, file, "expression");
			}
		});
	}

	@Test
	void hostileSettingsAreRefusedOrReadInOneGo() {
		final String deep = "[".repeat(200_000) + "]".repeat(200_000);
		final String digits = "9".repeat(2_000_000);
		final StringBuilder keys = new StringBuilder("{\"lora_alpha\": 8");
		for (int i = 0; i < 300_000; i++) {
			keys.append(", \"k").append(i).append("\": ").append(i);
		}
		assertTimeoutPreemptively(SHORT, () -> {
			for (final String text : List.of("{\"lora_alpha\": 8, \"x\": " + deep + "}",
				"{\"lora_alpha\": " + deep + "}", "{\"lora_alpha\": " + digits + "}",
				"{\"lora_alpha\": 8, \"x\": " + digits + "}", deep))
			{
				TestFiles.write(config, text);
				assertRefused(this::place, file);
			}
			TestFiles.write(config, keys + "}");
			assertEquals(4, factor());
		});
		metadata.put("lora_alpha", digits);
		assertRefused(this::place, file, "lora_alpha");
	}
}
