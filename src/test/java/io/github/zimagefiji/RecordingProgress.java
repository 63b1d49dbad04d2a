
package io.github.zimagefiji;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;

import io.github.zimagefiji.request.Stage;

/** Keeps what it is told, may do something about it, and may be cancelled. */
public final class RecordingProgress implements Progress {

	/** Does something about what is told. */
	public interface Listener {

		void update(Stage stage, double fraction, String message);
	}

	public final List<Stage> stages = Collections.synchronizedList(new ArrayList<>());
	public final List<Double> fractions = Collections.synchronizedList(new ArrayList<>());

	/** With the names of their stages in front. */
	public final List<String> lines = Collections.synchronizedList(new ArrayList<>());

	/** Without their stages. */
	public final List<String> messages = Collections.synchronizedList(new ArrayList<>());

	private final Listener listener;
	private final BooleanSupplier canceled;

	/** One that is never cancelled. */
	public RecordingProgress() {
		this(() -> false);
	}

	/** @param canceled asked each time */
	public RecordingProgress(final BooleanSupplier canceled) {
		this((stage, fraction, message) -> {}, canceled);
	}

	/** One that is never cancelled. */
	public RecordingProgress(final Listener listener) {
		this(listener, () -> false);
	}

	/** @param canceled asked each time */
	public RecordingProgress(final Listener listener, final BooleanSupplier canceled) {
		this.listener = listener;
		this.canceled = canceled;
	}

	@Override
	public void update(final Stage stage, final double fraction, final String message) {
		stages.add(stage);
		fractions.add(fraction);
		lines.add(stage.line(message));
		messages.add(message);
		listener.update(stage, fraction, message);
	}

	@Override
	public boolean isCanceled() {
		return canceled.getAsBoolean();
	}
}
