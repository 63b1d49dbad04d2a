
package io.github.zimagefiji.pipeline;

import java.util.List;

import io.github.zimagefiji.ModelVariant;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.pipeline.picture.Canvas;
import io.github.zimagefiji.request.GenerationRequest;
import io.github.zimagefiji.request.TextToImageRequest;

/** Fills in what a request leaves to the model. */
final class RequestDefaults {

	private RequestDefaults() {}

	static TextToImageRequest fill(final ModelVariant variant, final GenerationRequest asked,
		final Canvas canvas)
	{
		final TextToImageRequest request = asked.text();
		final boolean stepsNamed = request.steps() != null || !request.sigmas().isEmpty();
		if (variant == ModelVariant.UNKNOWN && (!stepsNamed || request.guidance() == null))
			throw new InvalidInputException(
				"This model is recognised neither as Z-Image-Turbo nor as Z-Image. Say the number of steps and the guidance " +
					"(Turbo: 8 steps, guidance 0; Z-Image: 28 to 50 steps, guidance 3 to 5).");
		final TextToImageRequest.Builder filled = request.toBuilder();
		if (!request.sigmas().isEmpty()) filled.steps(request.sigmas().size());
		else if (request.steps() == null) filled.steps(variant.defaultSteps());
		filled.size(canvas.width(), canvas.height());
		if (request.guidance() == null) filled.guidance(variant.defaultGuidance(asked.task()));
		return filled.build();
	}

	static float[] floats(final List<Double> values) {
		final float[] result = new float[values.size()];
		for (int i = 0; i < result.length; i++) {
			result[i] = values.get(i).floatValue();
		}
		return result;
	}
}
