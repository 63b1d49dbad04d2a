
package io.github.zimagefiji.cli.program;

import java.util.Locale;

import io.github.zimagefiji.Progress;
import io.github.zimagefiji.ProgressLine;
import io.github.zimagefiji.request.Stage;

/**
 * Shows progress on standard error: on a terminal as one line that is written over, elsewhere (log
 * files, pipes) as a line for each stage and each tenth of the run.
 */
public final class ProgressPrinter implements Progress, AutoCloseable {

	private static final String ERASE_LINE = "\r\u001B[K";

	private final Session session;
	private final boolean quiet;
	private final ProgressLine words = new ProgressLine();
	private Stage lastStage;
	private int lastTenth = -1;
	private boolean lineOpen;

	public ProgressPrinter(final Session session, final boolean quiet) {
		this.session = session;
		this.quiet = quiet;
	}

	@Override
	public void update(final Stage stage, final double fraction, final String message) {
		if (quiet) return;
		final String line = String.format(Locale.ROOT, "%3d %%  %s", Math.round(fraction * 100),
			words.after(stage, fraction, message));
		if (session.terminal()) {
			session.err().print(ERASE_LINE + line);
			session.err().flush();
			lineOpen = true;
		}
		else if (isWorthALine(stage, fraction)) session.err().println(line);
	}

	@Override
	public boolean isCanceled() {
		return session.cancellation().isCanceled();
	}

	/** Removes the line that was written over. */
	@Override
	public void close() {
		if (lineOpen) session.err().print(ERASE_LINE);
		session.err().flush();
		lineOpen = false;
	}

	private boolean isWorthALine(final Stage stage, final double fraction) {
		final int tenth = (int) (fraction * 10);
		final boolean worth = stage != lastStage || tenth > lastTenth;
		lastStage = stage;
		lastTenth = Math.max(lastTenth, tenth);
		return worth;
	}
}
