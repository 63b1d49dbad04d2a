
package io.github.zimagefiji.golden;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;

/** The reference's token numbers. */
public final class Tokens {

	private Tokens() {}

	/** Token numbers of a prompt of {@code tokens.json}, template included. */
	public static long[] ofPrompt(final int index) {
		return JsonParser.parseString(Golden.text("golden/tokens.json")).getAsJsonObject()
			.getAsJsonArray("prompts").get(index).getAsJsonObject().getAsJsonArray("input_ids").asList()
			.stream().mapToLong(JsonElement::getAsLong).toArray();
	}
}
