
package io.github.zimagefiji.service;

import java.io.File;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.zimagefiji.fuzz.Format;
import io.github.zimagefiji.fuzz.Target;
import io.github.zimagefiji.fuzz.Targets;

/** Readers of a script's values, and of lists of LoRAs. */
public final class ValueTargets {

	private ValueTargets() {
		// only in()
	}

	/** All of them. */
	public static List<Target> in(final Path folder) throws IOException {
		return List.of(
			new Target("script's values", Format.TEXT, Targets.file(folder, "script's values", "x.txt"),
				Targets.texts(
					"prompt=a cell;width=128;height=96;steps=9;guidance=1.5;seed=42;count=2;threads=1;keep=4",
					"prompt=a;negative_prompt=b;sigmas=1,0.5,0.1;max_tokens=512;precision=float32;device=cpu",
					"prompt=x;cfg_normalization=1;cfg_truncation=0.5;lora=a.safetensors:0.5"),
				(file, input, i) -> ScriptRun.of(values(Targets.text(input), i))),
			new Target("list of LoRAs", Format.TEXT, Targets.file(folder, "list of LoRAs", "x.txt"),
				Targets.texts("a.safetensors:0.5|/b/c d:1", "C:\\x.safetensors"),
				(file, input, i) -> LoraText.parse(Targets.text(input))));
	}

	/** Values as texts, numbers and other types, by turns. */
	private static Map<String, Object> values(final String text, final int number) {
		final Map<String, Object> values = new LinkedHashMap<>();
		int turn = number;
		for (final String part : text.split(";")) {
			final int equals = part.indexOf('=');
			if (equals < 0) continue;
			values.put(part.substring(0, equals), value(part.substring(equals + 1), turn++));
		}
		return values;
	}

	private static Object value(final String text, final int kind) {
		try {
			return switch (kind % 8) {
				case 0 -> Double.valueOf(text);
				case 1 -> Long.valueOf(text);
				case 2 -> text.length() < 1000 ? new BigDecimal(text) : text;
				case 3 -> new StringBuilder(text);
				case 4 -> text.contains(",") ? Arrays.asList(text.split(",")) : text;
				case 5 -> kind % 16 == 5 ? new File(text) : text;
				default -> text;
			};
		}
		catch (final NumberFormatException e) {
			return text.contains(",") ? List.of(text.split(",")) : text;
		}
	}
}
