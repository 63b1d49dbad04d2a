
package io.github.zimagefiji.dataset.recipe.file;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import com.google.gson.stream.JsonWriter;

import io.github.zimagefiji.dataset.recipe.Camera;
import io.github.zimagefiji.dataset.recipe.Edits;
import io.github.zimagefiji.dataset.recipe.LabelReading;
import io.github.zimagefiji.dataset.recipe.LabelSource;
import io.github.zimagefiji.dataset.recipe.Look;
import io.github.zimagefiji.dataset.recipe.OutputFormat;
import io.github.zimagefiji.dataset.recipe.Population;
import io.github.zimagefiji.dataset.recipe.PromptTemplate;
import io.github.zimagefiji.dataset.recipe.QualityLimits;
import io.github.zimagefiji.dataset.recipe.Range;
import io.github.zimagefiji.dataset.recipe.Recipe;
import io.github.zimagefiji.dataset.recipe.Sampling;
import io.github.zimagefiji.dataset.recipe.SegmentationCommand;
import io.github.zimagefiji.image.source.PlaneChoice;
import io.github.zimagefiji.request.LoraChoice;

/**
 * A recipe's text with every value named, in one fixed order, so that equal recipes have equal
 * texts. It is JSON, which {@link RecipeReader} reads as any other YAML.
 */
public final class RecipeWriter {

	private final JsonWriter json;
	private final UnaryOperator<Path> place;

	private RecipeWriter(final JsonWriter json, final UnaryOperator<Path> place) {
		this.json = json;
		this.place = place;
	}

	/** Writes the text, with a line break at its end. */
	public static String write(final Recipe recipe) {
		return write(recipe, UnaryOperator.identity());
	}

	/**
	 * Writes a text that does not tell in which folder files and folders lie, so that it is the same
	 * wherever they are. It is no recipe to be read again.
	 */
	public static String writeWithoutPlaces(final Recipe recipe) {
		return write(recipe, path -> path.getFileName() == null ? path : path.getFileName());
	}

	private static String write(final Recipe recipe, final UnaryOperator<Path> place) {
		final StringWriter text = new StringWriter();
		try (JsonWriter json = new JsonWriter(text)) {
			json.setIndent("  ");
			json.setSerializeNulls(false);
			new RecipeWriter(json, place).recipe(recipe);
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e); // a StringWriter has no reason to fail
		}
		return text + "\n";
	}

	private void recipe(final Recipe r) throws IOException {
		json.beginObject().name("name").value(r.name()).name("seed").value(r.seed()).name("items")
			.value(r.items());
		json.name("variants").value(r.variants()).name("workflow").value(r.workflow().label());
		json.name("model").value(orBuiltIn(r.model()));
		if (r.control() != null) {
			json.name("control").beginObject().name("network").value(orBuiltIn(r.control().network()));
			json.name("scale").value(r.control().scale()).endObject();
		}
		json.name("loras").beginArray();
		for (final LoraChoice lora : r.loras()) {
			json.beginObject().name("file").value(text(lora.file())).name("scale").value(lora.scale());
			if (lora.partial()) json.name("partial").value(true);
			json.endObject();
		}
		json.endArray();
		prompt(r.prompt());
		sampling(r.sampling());
		if (r.labels() != null) labels(r.labels());
		look(r.look());
		json.name("reading").beginObject().name("intensity").value(r.reading().intensity().label());
		plane(r.reading().plane());
		json.endObject();
		if (r.style() != null) {
			json.name("style").beginObject().name("images").value(text(r.style().images()));
			json.name("as").value(r.style().as().label()).endObject();
		}
		if (r.variation() != null) {
			json.name("variation").beginObject();
			range("brightness", r.variation().brightness());
			json.endObject();
		}
		json.name("splits").beginObject().name("train").value(r.splits().train()).name("val")
			.value(r.splits().val());
		json.name("test").value(r.splits().test()).endObject();
		json.name("outputs").beginArray();
		for (final OutputFormat output : r.outputs())
			json.value(output.label());
		json.endArray().name("pixels").value(r.pixels().label());
		if (r.camera() != null) camera(r.camera());
		quality(r.quality());
		json.endObject();
	}

	private void prompt(final PromptTemplate prompt) throws IOException {
		json.name("prompt").beginObject().name("text").value(prompt.text()).name("negative")
			.value(prompt.negative());
		json.name("values").beginObject();
		for (final Map.Entry<String, List<String>> table : prompt.values().entrySet()) {
			json.name(table.getKey()).beginArray();
			for (final String value : table.getValue())
				json.value(value);
			json.endArray();
		}
		json.endObject().endObject();
	}

	private void sampling(final Sampling s) throws IOException {
		json.name("size").beginObject().name("width").value(s.width()).name("height").value(s.height())
			.endObject();
		json.name("sampling").beginObject();
		if (s.steps() != null) json.name("steps").value(s.steps());
		if (s.guidance() != null) json.name("guidance").value(s.guidance());
		json.name("strength").value(s.strength()).name("feather").value(s.feather()).endObject();
	}

	private void labels(final LabelSource source) throws IOException {
		json.name("labels").beginObject();
		if (source instanceof LabelSource.Scenes scenes) {
			json.name("source").value("scenes").name("objects").beginArray();
			for (final Population p : scenes.objects())
				population(p);
			json.endArray();
		}
		else if (source instanceof LabelSource.Folder files) {
			json.name("source").value("folder").name("folder").value(text(files.folder()));
			reading(files.reading());
		}
		else if (source instanceof LabelSource.RealImages real) {
			json.name("source").value("real").name("images").value(text(real.images())).name("folder")
				.value(text(real.folder()));
			final Edits e = real.edits();
			json.name("edits").beginObject().name("move").value(e.move());
			range("distance", e.distance());
			json.name("scale").value(e.scale());
			range("factor", e.factor());
			json.name("remove").value(e.remove()).name("duplicate").value(e.duplicate()).endObject();
			reading(real.reading());
		}
		json.endObject();
	}

	private void reading(final LabelReading reading) throws IOException {
		plane(reading.plane());
		json.name("pieces").value(reading.pieces().label());
	}

	private void plane(final PlaneChoice plane) throws IOException {
		json.name("channel").value(plane.channel()).name("slice").value(plane.slice()).name("frame")
			.value(plane.frame());
	}

	private void population(final Population p) throws IOException {
		json.beginObject().name("kind").value(p.kind().label()).name("class").value(p.className());
		range("count", p.count());
		range("radius", p.radius());
		range("elongation", p.elongation());
		json.name("irregularity").value(p.irregularity());
		range("length", p.length());
		json.name("bending").value(p.bending()).name("clustering").value(p.clustering()).name("overlap")
			.value(p.overlap());
		json.name("gap").value(p.gap()).endObject();
	}

	private void look(final Look look) throws IOException {
		json.name("look").beginObject().name("colour").value(look.colour());
		range("brightness", look.brightness());
		json.name("background").value(look.background());
		if (look.backgrounds() != null) json.name("backgrounds").value(text(look.backgrounds()));
		json.endObject();
	}

	private void camera(final Camera c) throws IOException {
		json.name("camera").beginObject().name("blur").value(c.blur()).name("photons")
			.value(c.photons());
		json.name("background").value(c.background()).name("read-noise").value(c.readNoise())
			.name("gain").value(c.gain());
		json.name("offset").value(c.offset()).endObject();
	}

	private void quality(final QualityLimits q) throws IOException {
		json.name("quality").beginObject().name("min-iou").value(q.minIou());
		if (q.maxCountError() != null) json.name("max-count-error").value(q.maxCountError());
		json.name("retries").value(q.retries()).name("smoothing").value(q.smoothing());
		if (q.realImages() != null) json.name("real-images").value(text(q.realImages()));
		if (q.segmentation() != null) segmentation(q.segmentation());
		json.endObject();
	}

	private void segmentation(final SegmentationCommand segmentation) throws IOException {
		json.name("segmentation").beginObject().name("command").beginArray();
		for (final String word : segmentation.command())
			json.value(word);
		json.endArray().name("timeout").value(segmentation.timeout()).endObject();
	}

	private void range(final String name, final Range range) throws IOException {
		json.name(name).beginArray().value(range.least()).value(range.most()).endArray();
	}

	private String orBuiltIn(final Path path) {
		return path == null ? "built-in" : text(path);
	}

	/** The same text on every system. */
	private String text(final Path path) {
		return place.apply(path).toString().replace('\\', '/');
	}
}
