
package io.github.zimagefiji.dataset.recipe.file;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.github.zimagefiji.dataset.recipe.Edits;
import io.github.zimagefiji.dataset.recipe.LabelReading;
import io.github.zimagefiji.dataset.recipe.LabelSource;
import io.github.zimagefiji.dataset.recipe.ObjectKind;
import io.github.zimagefiji.dataset.recipe.Population;
import io.github.zimagefiji.dataset.recipe.Range;
import io.github.zimagefiji.dataset.recipe.RecipeValueException;

/** Reads the section of a recipe that says where labels come from. */
final class LabelReader {

	private enum Source {
			SCENES, FOLDER, REAL
	}

	/** Keys that say how files are read. */
	private static final List<String> FILES = List.of("channel", "slice", "frame", "pieces");

	private final RecipeNode labels;
	private final Path base;

	LabelReader(final RecipeNode labels, final Path base) {
		this.labels = labels;
		this.base = base;
	}

	LabelSource read() {
		final Source source = labels.choice("source", Source.values(), Source.SCENES);
		return labels.make(() -> read(source));
	}

	private LabelSource read(final Source source) {
		demand(source == Source.SCENES, "objects", source);
		demand(source != Source.SCENES, "folder", source);
		demand(source == Source.REAL, "images", source);
		if (source != Source.REAL && labels.has("edits")) demand(false, "edits", source);
		for (final String key : FILES) {
			if (source == Source.SCENES && labels.has(key)) demand(false, key, source);
		}
		if (source == Source.SCENES) return new LabelSource.Scenes(populations());
		if (source == Source.FOLDER)
			return new LabelSource.Folder(labels.path("folder", base), reading());
		return new LabelSource.RealImages(labels.path("images", base), labels.path("folder", base),
			edits(), reading());
	}

	private LabelReading reading() {
		return new LabelReading(labels.plane(),
			labels.choice("pieces", LabelReading.Pieces.values(), LabelReading.Pieces.CHECK));
	}

	private void demand(final boolean wanted, final String key, final Source source) {
		if (labels.has(key) == wanted) return;
		final String name = source.name().toLowerCase(Locale.ROOT);
		throw new RecipeValueException(key, wanted
			? "The label source \"" + name + "\" needs the key \"" + key + "\"."
			: "The label source \"" + name + "\" has no use for the key \"" + key + "\". Leave it out.");
	}

	private List<Population> populations() {
		final List<Population> populations = new ArrayList<>();
		for (final RecipeNode object : labels.sections("objects", "kind", "class", "count", "radius",
			"elongation", "irregularity", "length", "bending", "clustering", "overlap", "gap"))
		{
			populations.add(object.make(() -> population(object)));
		}
		return populations;
	}

	private static Population population(final RecipeNode object) {
		final ObjectKind kind = object.choice("kind", ObjectKind.values(), ObjectKind.NUCLEI);
		final Population usual = Population.of(kind, object.text("class", kind.label()),
			object.range("count", new Range(3, 6)));
		return new Population(kind, usual.className(), usual.count(),
			object.range("radius", usual.radius()), object.range("elongation", usual.elongation()),
			object.number("irregularity", usual.irregularity()), object.range("length", usual.length()),
			object.number("bending", usual.bending()), object.number("clustering", usual.clustering()),
			object.number("overlap", usual.overlap()), object.integer("gap", usual.gap()));
	}

	private Edits edits() {
		final RecipeNode edits =
			labels.section("edits", "move", "distance", "scale", "factor", "remove", "duplicate");
		if (edits == null) return Edits.USUAL;
		return edits.make(
			() -> new Edits(edits.number("move", 0), edits.range("distance", Edits.USUAL.distance()),
				edits.number("scale", 0), edits.range("factor", Edits.USUAL.factor()),
				edits.number("remove", 0), edits.number("duplicate", 0)));
	}
}
