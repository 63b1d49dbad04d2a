
package io.github.zimagefiji.provenance;

import java.io.IOException;
import java.util.List;

import com.google.gson.stream.JsonWriter;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.fields.Labelled;
import io.github.zimagefiji.request.Conditions;
import io.github.zimagefiji.request.IntensityMapping;
import io.github.zimagefiji.request.IntensityRange;
import io.github.zimagefiji.request.Task;

/**
 * The part of a provenance that tells what went in beside the prompt, as JSON; see
 * {@link ProvenanceJson}.
 */
final class ConditionsJson {

	private ConditionsJson() {
		// only static methods
	}

	static Conditions read(final JsonFields fields) {
		return new Conditions(task(fields.string("task")),
			fields.objects("inputs").stream().map(ConditionsJson::readInput).toList(),
			fields.numberOrNull("strength"), fields.integerOrNull("feather"), fields.integers("borders"),
			fields.string("tiles"), fields.bool("reference"),
			fields.isNull("control") ? null : readControl(fields.object("control")),
			fields.objects("loras").stream().map(ConditionsJson::readLora).toList());
	}

	private static Task task(final String label) {
		return Labelled.find(Task.values(), label)
			.orElseThrow(() -> new InvalidInputException("The provenance names the unknown task \"" +
				label + "\". A later version of this plugin may know it."));
	}

	private static Conditions.Input readInput(final JsonFields fields) {
		return new Conditions.Input(fields.string("role"), fields.string("name"),
			fields.integer("width"), fields.integer("height"), fields.string("sha256"),
			fields.isNull("mapping") ? null : readMapping(fields.object("mapping")));
	}

	private static IntensityMapping readMapping(final JsonFields fields) {
		return new IntensityMapping(IntensityRange.of(fields.string("range")),
			fields.string("pixel_type"), fields.numbers("low"), fields.numbers("high"));
	}

	private static Conditions.Control readControl(final JsonFields fields) {
		return new Conditions.Control(fields.string("name"), fields.string("fingerprint"),
			fields.number("scale"));
	}

	private static Conditions.Lora readLora(final JsonFields fields) {
		return new Conditions.Lora(fields.string("name"), fields.string("fingerprint"),
			fields.number("scale"), fields.integer("unused"),
			fields.has("strength") && !fields.isNull("strength") ? fields.string("strength") : null);
	}

	static void write(final JsonWriter json, final Conditions c) throws IOException {
		json.beginObject();
		json.name("task").value(c.task().label());
		writeInputs(json.name("inputs"), c.inputs());
		json.name("strength").value(c.strength());
		json.name("feather").value(c.feather());
		ProvenanceJson.writeNumbers(json.name("borders"), c.borders());
		json.name("tiles").value(c.tiles());
		json.name("reference").value(c.reference());
		writeControl(json.name("control"), c.control());
		writeLoras(json.name("loras"), c.loras());
		json.endObject();
	}

	private static void writeInputs(final JsonWriter json, final List<Conditions.Input> inputs)
		throws IOException
	{
		json.beginArray();
		for (final Conditions.Input input : inputs) {
			json.beginObject();
			json.name("role").value(input.role());
			json.name("name").value(input.name());
			json.name("width").value(input.width());
			json.name("height").value(input.height());
			json.name("sha256").value(input.sha256());
			writeMapping(json.name("mapping"), input.mapping());
			json.endObject();
		}
		json.endArray();
	}

	private static void writeMapping(final JsonWriter json, final IntensityMapping mapping)
		throws IOException
	{
		if (mapping == null) {
			json.nullValue();
			return;
		}
		json.beginObject();
		json.name("range").value(mapping.range().label());
		json.name("pixel_type").value(mapping.pixelType());
		ProvenanceJson.writeNumbers(json.name("low"), mapping.low());
		ProvenanceJson.writeNumbers(json.name("high"), mapping.high());
		json.endObject();
	}

	private static void writeControl(final JsonWriter json, final Conditions.Control control)
		throws IOException
	{
		if (control == null) {
			json.nullValue();
			return;
		}
		json.beginObject();
		json.name("name").value(control.name());
		json.name("fingerprint").value(control.fingerprint());
		json.name("scale").value(control.scale());
		json.endObject();
	}

	private static void writeLoras(final JsonWriter json, final List<Conditions.Lora> loras)
		throws IOException
	{
		json.beginArray();
		for (final Conditions.Lora lora : loras) {
			json.beginObject();
			json.name("name").value(lora.name());
			json.name("fingerprint").value(lora.fingerprint());
			json.name("scale").value(lora.scale());
			json.name("unused").value(lora.unused());
			json.name("strength").value(lora.strength());
			json.endObject();
		}
		json.endArray();
	}
}
