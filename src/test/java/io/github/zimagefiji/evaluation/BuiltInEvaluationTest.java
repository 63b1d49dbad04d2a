package io.github.zimagefiji.evaluation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;

import ij.process.ColorProcessor;
import io.github.zimagefiji.ComputeOptions;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.TextToImageRequest;
import io.github.zimagefiji.hub.BuiltInModel;
import io.github.zimagefiji.image.Images;
import io.github.zimagefiji.pipeline.Pipeline;

/**
 * The built-in model's pictures show what was asked for, as ImageJ's own analysis sees them. A fault of the engine that
 * garbles pictures fails here. {@code scripts/built-in-model/evaluate-in-java} runs all 300 prompts.
 */
class BuiltInEvaluationTest {

	/** System property: number of prompts. */
	private static final String PROMPTS = "zimage.evaluation.prompts";
	private static final int FEW = 64;
	private static final int ENOUGH_FOR_LANGUAGES = 300;
	private static final double LANGUAGE_GAP = 0.05;

	@Test
	void picturesShowWhatTheirPromptsAskFor() throws IOException {
		final List<EvaluationPrompt> prompts = EvaluationPrompt.all().subList(0, Integer.getInteger(PROMPTS, FEW));
		final Scores scores = new Scores();
		try (Pipeline pipeline = Pipeline.open(BuiltInModel.folder(), ComputeOptions.AUTO)) {
			for (final EvaluationPrompt prompt : prompts) {
				final TextToImageRequest request = TextToImageRequest.builder(prompt.text()).seed(prompt.seed()).build();
				scores.add(prompt, PictureAnalysis.of((ColorProcessor) Images.toImagePlus(pipeline.generate(request,
					Progress.NONE)).getProcessor()));
			}
		}
		Files.writeString(Files.createDirectories(Path.of("target")).resolve("evaluation.md"), "All " + prompts.size() +
			" prompts\n\n" + scores.table() + "\nEnglish\n\n" + scores.of("en").table() + "\nChinese\n\n" + scores.of("zh")
				.table());
		assertGood(scores);
		// A tenth of the prompts would say little about either language alone.
		if (prompts.size() >= ENOUGH_FOR_LANGUAGES) assertChineseIsUnderstoodAsWell(scores.of("en"), scores.of("zh"));
	}

	private static void assertGood(final Scores scores) {
		assertTrue(scores.colour() >= 0.95, scores.table());
		for (final String kind : new String[] { "nuclei", "spots", "filaments" }) {
			assertTrue(scores.kind(kind) >= 0.9, scores.table());
		}
		assertTrue(scores.shape() >= 0.85, scores.table());
		assertTrue(scores.countWithinOne() >= 0.8, scores.table());
	}

	private static void assertChineseIsUnderstoodAsWell(final Scores english, final Scores chinese) {
		final String both = english.table() + chinese.table();
		assertTrue(chinese.colour() >= english.colour() - LANGUAGE_GAP, both);
		assertTrue(chinese.shape() >= english.shape() - LANGUAGE_GAP, both);
		assertTrue(chinese.countWithinOne() >= english.countWithinOne() - LANGUAGE_GAP, both);
	}
}
