
package io.github.zimagefiji.model.transformer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import io.github.zimagefiji.engine.Program;
import io.github.zimagefiji.engine.Tensor;
import io.github.zimagefiji.engine.TensorMap;
import io.github.zimagefiji.engine.TensorScope;

/**
 * One sample's way through a ControlNet, in step with its way through the transformer. Where the
 * reference computes the transformer's embeddings, refiners and captions anew, it takes those that
 * are there; only from the first refiner block on after which the ControlNet's tokens differ from
 * the transformer's does it keep its own copy.
 */
final class ControlStream {

	private final TensorScope scope;
	private final ControlNet network;
	private final ControlNetConfig config;
	private final Program program;
	private final ControlNet.Condition condition;
	private final Tensor time;
	private final Runnable afterBlock;
	/**
	 * States of the refinement after which something is added, with their blocks; in the order of the
	 * places.
	 */
	private final Deque<Hint> refinerHints = new ArrayDeque<>();
	private int refined;
	private int added;
	/** The picture's tokens. */
	private Tensor state;
	/**
	 * The ControlNet's copy of the image's tokens; null while it is the transformer's.
	 */
	private Tensor copy;

	private record Hint(Tensor state, TensorMap block) {}

	/** @param time the embedded time */
	ControlStream(final TensorScope scope, final ControlNet.Condition condition, final Tensor time,
		final Runnable afterBlock)
	{
		this.scope = scope;
		this.condition = condition;
		this.time = time;
		this.afterBlock = afterBlock;
		network = condition.network();
		config = network.config();
		program = network.program();
	}

	/** Embeds the picture and refines it, beside the image's embedded tokens. */
	void enter(final Tensor x, final Tensor angles, final Tensor padToken) {
		state = network.embed(scope, condition.picture(), padToken);
		final List<Tensor> states = new ArrayList<>();
		for (int i = 0; i < config.refinements(); i++) {
			final TensorMap block = network.refiner().get(i);
			final boolean looks = i == 0 && config.refinement() != ControlNetConfig.Refinement.PLAIN;
			final Tensor next =
				looks ? first(x, angles, block) : pass(state, angles, block, config.normEps());
			if (!states.contains(state)) state.close();
			state = next;
			if (i < config.refinerPlaces().size()) {
				states.add(state);
				refinerHints.add(new Hint(state, block));
			}
		}
	}

	/**
	 * Follows the transformer's noise refiner by one block.
	 *
	 * @param block the one that made {@code x}
	 * @param x the transformer's tokens after it
	 * @param normEps the transformer's
	 */
	void refine(final TensorMap block, final Tensor x, final Tensor angles, final double normEps) {
		if (copy != null) replaceCopy(pass(copy, angles, block, normEps));
		if (config.refinerPlaces().contains(refined)) {
			final Hint hint = refinerHints.remove();
			replaceCopy(program.run(scope, "add_hint", copy == null ? x : copy, hint.state(),
				hint.block(), condition.scale()));
			if (hint.state() != state) hint.state().close();
		}
		refined++;
	}

	/**
	 * Adds the captions, and runs the first block, which looks at what the transformer's first main
	 * layer will see.
	 *
	 * @param x the transformer's tokens with the caption
	 */
	void join(final Tensor x, final Tensor caption, final Tensor angles) {
		replaceState(program.run(scope, "join", state, caption));
		if (copy != null) replaceCopy(program.run(scope, "join", copy, caption));
		replaceState(first(copy == null ? x : copy, angles, network.layers().get(0)));
		if (copy != null) copy.close();
		copy = null;
	}

	/** Whether something is added after a main layer. */
	boolean adds(final int layer) {
		return added < config.places().size() && config.places().get(added) == layer;
	}

	/**
	 * The transformer's tokens after a main layer, with what is added to them there.
	 */
	Tensor add(final Tensor x, final Tensor angles) {
		final TensorMap block = network.layers().get(added);
		if (added > 0) replaceState(pass(state, angles, block, config.normEps()));
		added++;
		return program.run(scope, "add_hint", x, state, block, condition.scale());
	}

	private Tensor first(final Tensor x, final Tensor angles, final TensorMap block) {
		final Tensor next = program.run(scope, "first_control_block", state, x, time, angles, block,
			(long) config.heads(), config.normEps());
		afterBlock.run();
		return next;
	}

	private Tensor pass(final Tensor tokens, final Tensor angles, final TensorMap block,
		final double normEps)
	{
		final Tensor next =
			program.run(scope, "block", tokens, time, angles, block, (long) config.heads(), normEps);
		afterBlock.run();
		return next;
	}

	private void replaceState(final Tensor next) {
		state.close();
		state = next;
	}

	private void replaceCopy(final Tensor next) {
		if (copy != null) copy.close();
		copy = next;
	}
}
