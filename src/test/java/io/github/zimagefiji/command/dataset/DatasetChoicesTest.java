
package io.github.zimagefiji.command.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.scijava.plugin.Parameter;

import io.github.zimagefiji.dataset.recipe.ImageReading;
import io.github.zimagefiji.dataset.recipe.OutputFormat;
import io.github.zimagefiji.dataset.recipe.PixelKind;
import io.github.zimagefiji.dataset.recipe.Style;
import io.github.zimagefiji.dataset.recipe.Workflow;
import io.github.zimagefiji.fields.Labelled;

/** The dialog offers what recipes know, which annotations cannot ask for. */
class DatasetChoicesTest {

	private static Parameter parameter(final String input) throws NoSuchFieldException {
		return DatasetInputs.class.getDeclaredField(input).getAnnotation(Parameter.class);
	}

	private static List<String> labels(final Labelled[] constants, final String... before) {
		final List<String> labels = new ArrayList<>(List.of(before));
		Stream.of(constants).map(Labelled::label).forEach(labels::add);
		return labels;
	}

	private static List<String> choices(final String input) throws NoSuchFieldException {
		return List.of(parameter(input).choices());
	}

	@Test
	void choicesAreThoseOfRecipes() throws NoSuchFieldException {
		assertEquals(labels(Workflow.values()), choices("workflow"));
		assertEquals(labels(PixelKind.values(), DatasetInputs.AUTO), choices("pixels"));
		assertEquals(labels(Style.Use.values(), DatasetInputs.NO_STYLE), choices("style"));
		assertEquals(labels(ImageReading.Intensity.values()), choices("real_intensity"));
		assertEquals(labels(OutputFormat.values(), DatasetInputs.NOTHING_MORE), choices("add_layout"));
	}

	@Test
	void allLayoutsAreDescribed() throws NoSuchFieldException {
		final String layouts = String.join(", ", labels(OutputFormat.values()));
		assertTrue(parameter("outputs").description().endsWith(": " + layouts + "."), layouts);
	}
}
