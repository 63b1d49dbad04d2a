
package io.github.zimagefiji.model.transformer;

import java.util.List;

import io.github.zimagefiji.engine.Program;
import io.github.zimagefiji.engine.Tensor;
import io.github.zimagefiji.engine.TensorMap;
import io.github.zimagefiji.engine.TensorScope;
import io.github.zimagefiji.model.transformer.Transformer.Parts;
import io.github.zimagefiji.model.transformer.Transformer.Sample;

/** One sample on its way through the blocks of a {@link Transformer}. */
final class SampleStream {

	private final Parts parts;
	private final TransformerConfig config;
	private final Program program;
	private final TensorScope scope;
	private final Sample sample;
	private final TokenGeometry geometry;
	private final Tensor conditioning;
	private final Runnable afterBlock;
	private final ControlStream control;
	private Tensor angles;
	private Tensor x;

	SampleStream(final Parts parts, final TensorScope scope, final Sample sample,
		final Runnable afterBlock)
	{
		this.parts = parts;
		config = parts.config();
		program = parts.program();
		this.scope = scope;
		this.sample = sample;
		this.afterBlock = afterBlock;
		geometry = new TokenGeometry((int) sample.latents().size(2) / config.patch(),
			(int) sample.latents().size(3) / config.patch(), (int) sample.caption().size(1));
		final float scaled = sample.time() * (float) config.timeScale();
		try (Tensor time = scope.floats(new float[] { scaled }, 1)) {
			conditioning = program.run(scope, "embed_timestep", time, parts.embedders());
		}
		x = program.run(scope, "embed_image", sample.latents(), parts.embedders(),
			"all_x_embedder." + Transformer.PATCH, (long) config.patch());
		angles = angles(geometry.imageAngles(parts.rotary()));
		final boolean controlled = sample.control() != null && sample.control().scale() != 0;
		control =
			controlled ? new ControlStream(scope, sample.control(), conditioning, afterBlock) : null;
		if (controlled) control.enter(x, angles, parts.embedders().tensors().get("x_pad_token"));
	}

	private Tensor angles(final float[] values) {
		return scope.floats(values, values.length / config.headWidth(), config.headWidth() / 2, 2);
	}

	void refine(final TensorMap block) {
		pass(block);
		if (control != null) control.refine(block, x, angles, config.normEps());
	}

	void addControl(final int layer) {
		if (control != null && control.adds(layer)) replace(control.add(x, angles));
	}

	void pass(final TensorMap block) {
		replace(program.run(scope, "block", x, conditioning, angles, block, (long) config.heads(),
			config.normEps()));
		afterBlock.run();
	}

	void joinCaption() {
		replace(program.run(scope, "join", x, sample.caption()));
		final Tensor caption =
			angles(TokenGeometry.captionAngles(parts.rotary(), geometry.captionTokens()));
		final Tensor image = angles;
		angles = scope.stack(List.of(image, caption));
		image.close();
		caption.close();
		if (control != null) control.join(x, sample.caption(), angles);
	}

	private void replace(final Tensor next) {
		x.close();
		x = next;
	}

	Tensor prediction() {
		return program.run(scope, "predict", x, conditioning, parts.embedders(),
			"all_final_layer." + Transformer.PATCH, (long) config.patch(), sample.latents().size(2),
			sample.latents().size(3));
	}
}
