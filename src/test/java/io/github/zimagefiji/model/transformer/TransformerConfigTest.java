
package io.github.zimagefiji.model.transformer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import io.github.zimagefiji.golden.Golden;

/**
 * Measures that follow from others, at sizes that the tiny reference model does not have.
 */
class TransformerConfigTest {

	private static TransformerConfig wide(final int width) {
		return new TransformerConfig(16, width, 30, 2, width / 128, 2560, 2, 1e-5, 256, 1000,
			List.of(32, 48, 48), List.of(1536, 512, 512), 0);
	}

	@ParameterizedTest
	@CsvSource({ "64, 170", "128, 341", "640, 1706", "3840, 10240" })
	void theFeedForwardWidthIsTruncatedOnce(final int width, final int expected) {
		assertEquals(expected, wide(width).feedForwardWidth());
	}

	@ParameterizedTest
	@CsvSource({ "64, 64", "256, 256", "3840, 256" })
	void theConditioningIsAtMost256Wide(final int width, final int expected) {
		assertEquals(expected, wide(width).conditioningWidth());
	}

	@Test
	void fewerHeadsForKeysAndValuesAreIgnoredAsInTheReference(@TempDir final Path folder)
		throws IOException
	{
		final Path original = Golden.path("model/transformer/config.json");
		final JsonObject json = JsonParser.parseString(Files.readString(original)).getAsJsonObject();
		json.addProperty("n_kv_heads", 1);
		final Path file = Files.writeString(folder.resolve("config.json"), json.toString());
		assertEquals(TransformerConfig.read(original), TransformerConfig.read(file));
	}
}
