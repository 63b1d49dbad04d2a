
package io.github.zimagefiji.provenance;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

import com.google.gson.stream.JsonWriter;

import io.github.zimagefiji.ModelInfo;
import io.github.zimagefiji.ModelVariant;
import io.github.zimagefiji.Provenance;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.request.Conditions;
import io.github.zimagefiji.request.TextToImageRequest;
import io.github.zimagefiji.request.setting.Setting;
import io.github.zimagefiji.request.setting.Settings;
import io.github.zimagefiji.request.setting.ValueType;

/**
 * Provenance as JSON. Keys are the record components' names in snake case, always in the same
 * order; numbers keep every digit. Explicit latents are not written, only that there were some.
 * <p>
 * When reading, unknown keys are passed over, so that files of later versions can be read; missing
 * ones are refused, but for {@code conditions}: without them nothing but the prompt went in.
 * </p>
 */
public final class ProvenanceJson {

	private ProvenanceJson() {
		// only static methods
	}

	/**
	 * Several indented lines for people; well-formed as UTF-8 whatever the prompt holds.
	 */
	public static String pretty(final Provenance provenance) {
		return escape(write(provenance, "  "), false);
	}

	/**
	 * One line of printable ASCII. ImageJ 1.54p damages other characters when it reads a TIFF file of
	 * little-endian byte order ({@code TiffDecoder.getInfoProperty}), so they are escaped.
	 */
	public static String line(final Provenance provenance) {
		return escape(write(provenance, ""), true);
	}

	/**
	 * Reads what {@link #pretty} or {@link #line} wrote.
	 *
	 * @throws InvalidInputException if the text is not JSON, lacks a value, or holds one that is out
	 *           of range
	 */
	public static Provenance read(final String json) {
		final JsonFields fields = JsonFields.parse(json);
		return new Provenance(readRequest(fields.object("request")), readConditions(fields),
			fields.bool("explicit_latents"), readModel(fields.object("model")), fields.numbers("sigmas"),
			fields.string("precision"), fields.string("device"), fields.integer("threads"),
			fields.string("decoding"), fields.integer("dropped_tokens"), fields.string("plugin_version"),
			fields.string("engine_version"));
	}

	/** The first versions knew nothing but prompts, and wrote no conditions. */
	private static Conditions readConditions(final JsonFields fields) {
		return fields.has("conditions") ? ConditionsJson.read(fields.object("conditions"))
			: Conditions.NONE;
	}

	private static TextToImageRequest readRequest(final JsonFields fields) {
		final TextToImageRequest.Builder request = TextToImageRequest.builder("");
		for (final Setting<?> each : Settings.TEXT)
			if (!each.isLater() || fields.has(each.name())) each.read(request, value(fields, each));
		return request.build();
	}

	private static Object value(final JsonFields fields, final Setting<?> setting) {
		final String name = setting.name();
		if (setting.initial() == null && fields.isNull(name)) return null;
		if (setting.type() == ValueType.WHOLE) return fields.integer(name);
		if (setting.type() == ValueType.LONG) return fields.exactLong(name);
		if (setting.type() == ValueType.NUMBER) return fields.number(name);
		return setting.type() == ValueType.NUMBERS ? fields.numbers(name) : fields.string(name);
	}

	private static ModelInfo readModel(final JsonFields fields) {
		final String label = fields.string("variant");
		for (final ModelVariant variant : ModelVariant.values()) {
			if (variant.label().equals(label))
				return new ModelInfo(fields.string("name"), variant, fields.string("variant_reason"),
					fields.string("fingerprint"), fields.string("fingerprint_kind"));
		}
		throw new InvalidInputException("The provenance names the unknown model variant \"" + label +
			"\". A later version of this plugin may know it.");
	}

	private static String write(final Provenance provenance, final String indent) {
		final StringWriter text = new StringWriter();
		try (JsonWriter json = new JsonWriter(text)) {
			json.setIndent(indent);
			writeProvenance(json, provenance);
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e); // a StringWriter has no reason to fail
		}
		return text.toString();
	}

	private static void writeProvenance(final JsonWriter json, final Provenance p)
		throws IOException
	{
		json.beginObject();
		json.name("request");
		writeRequest(json, p.request());
		json.name("conditions");
		ConditionsJson.write(json, p.conditions());
		json.name("explicit_latents").value(p.explicitLatents());
		json.name("model");
		writeModel(json, p.model());
		writeNumbers(json.name("sigmas"), p.sigmas());
		json.name("precision").value(p.precision());
		json.name("device").value(p.device());
		json.name("threads").value(p.threads());
		json.name("decoding").value(p.decoding());
		json.name("dropped_tokens").value(p.droppedTokens());
		json.name("plugin_version").value(p.pluginVersion());
		json.name("engine_version").value(p.engineVersion());
		json.endObject();
	}

	private static void writeRequest(final JsonWriter json, final TextToImageRequest r)
		throws IOException
	{
		json.beginObject();
		for (final Setting<?> each : Settings.TEXT)
			if (!each.isLater() || each.isSetIn(r)) writeValue(json.name(each.name()), each.written(r));
		json.endObject();
	}

	private static void writeValue(final JsonWriter json, final Object value) throws IOException {
		if (value instanceof List<?> list) {
			json.beginArray();
			for (final Object each : list)
				writeValue(json, each);
			json.endArray();
		}
		else if (value instanceof Number number) json.value(number);
		else json.value(value == null ? null : value.toString());
	}

	private static void writeModel(final JsonWriter json, final ModelInfo m) throws IOException {
		json.beginObject();
		json.name("name").value(m.name());
		json.name("variant").value(m.variant().label());
		json.name("variant_reason").value(m.variantReason());
		json.name("fingerprint").value(m.fingerprint());
		json.name("fingerprint_kind").value(m.fingerprintKind());
		json.endObject();
	}

	static void writeNumbers(final JsonWriter json, final List<? extends Number> numbers)
		throws IOException
	{
		json.beginArray();
		for (final Number number : numbers)
			json.value(number);
		json.endArray();
	}

	/**
	 * Non-ASCII characters stand only inside JSON strings, where each may be written as an escape.
	 */
	private static String escape(final String json, final boolean all) {
		final StringBuilder text = new StringBuilder(json.length() + 16);
		for (int i = 0; i < json.length(); i++) {
			final char c = json.charAt(i);
			if (c >= 0x7f && all || isLoneSurrogate(json, i))
				text.append(String.format("\\u%04x", (int) c));
			else text.append(c);
		}
		return text.toString();
	}

	private static boolean isLoneSurrogate(final String text, final int index) {
		final char c = text.charAt(index);
		if (Character.isHighSurrogate(c))
			return index + 1 == text.length() || !Character.isLowSurrogate(text.charAt(index + 1));
		return Character.isLowSurrogate(c) &&
			(index == 0 || !Character.isHighSurrogate(text.charAt(index - 1)));
	}
}
