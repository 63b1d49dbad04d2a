
package io.github.zimagefiji.command.common;

import java.util.Optional;

import org.scijava.command.ContextCommand;
import org.scijava.log.LogService;
import org.scijava.plugin.Parameter;
import org.scijava.ui.UIService;

import ij.IJ;
import ij.util.ThreadUtil;
import io.github.zimagefiji.error.JavaMemoryException;
import io.github.zimagefiji.error.RunCanceledException;
import io.github.zimagefiji.error.ZImageException;

/**
 * A command of the menu, and how it ends if it cannot do what it was asked: a macro that called it
 * stops with the reason, the user reads it, a script gets the exception.
 * <p>
 * Fiji hands the exception of a command to {@code ij.Executer}, which writes it down and lets the
 * macro go on with its next line. So a command that a macro called stops the macro itself, and then
 * ends as a cancelled one, about which Fiji says nothing more.
 * </p>
 */
public abstract class MenuCommand extends ContextCommand {

	@Parameter
	protected LogService log;

	@Parameter(required = false)
	protected UIService ui;

	/** Null if neither a macro nor a script's {@code IJ.run} called. */
	private MacroCall caller;
	private volatile boolean running;

	/**
	 * Does what the command is for.
	 *
	 * @throws ZImageException if that is not possible, with the reason
	 */
	protected abstract void work();

	@Override
	public final void run() {
		running = true;
		if (IJ.getInstance() == null) letProcessEnd();
		try (MacroWatch watch = new MacroWatch(caller, this)) {
			work();
		}
		catch (final OutOfMemoryError e) {
			super.cancel(reasonOfEnd(new JavaMemoryException(e)));
			return;
		}
		catch (final RuntimeException | Error e) {
			super.cancel(reasonOfEnd(e));
			return;
		}
		if (isCanceled()) stopCaller(getCancelReason());
	}

	/**
	 * Without windows a process ends when the command line is worked off; threads that ImageJ starts
	 * for its filters, and never ends, would keep it alive.
	 */
	private static void letProcessEnd() {
		ThreadUtil.threadPoolExecutor.setThreadFactory(work -> {
			final Thread thread = new Thread(work, "ImageJ filters");
			thread.setDaemon(true);
			return thread;
		});
	}

	/**
	 * Says what the user should know of a run that goes on all the same. Fiji opens its Console for a
	 * warning, so that is only for a Fiji without windows; else the place for words is ImageJ's Log,
	 * unless the dialog has said it.
	 */
	protected final void caution(final String sentence) {
		if (!HeadlessState.seesWindows(ui)) log.warn(sentence);
		else if (isTold(sentence)) log.info(sentence);
		else IJ.log(sentence);
	}

	/** Whether a dialog of this command has shown what a sentence says. */
	protected boolean isTold(final String sentence) {
		return false;
	}

	/** Keeps what called; known before anything else is done. */
	public void setCaller(final MacroCall caller) {
		this.caller = caller;
	}

	/**
	 * The call of {@code IJ.run} that waits for this command, if there is one.
	 */
	public Optional<MacroCall> caller() {
		return Optional.ofNullable(caller);
	}

	/**
	 * Cancels the command. Before its run, as by a dialog's Cancel, the macro that called it stops
	 * too; later the run itself sees to that when it ends.
	 */
	@Override
	public void cancel(final String reason) {
		super.cancel(reason);
		if (!running && caller != null) caller.stop(HeadlessState.readsMessages(ui) ? null : reason);
	}

	/**
	 * Tells why the command ends, before it does anything or while it runs.
	 *
	 * @param reason what was thrown
	 * @return the reason to cancel with; null if there is nothing more to say
	 * @throws RuntimeException the reason itself, where only an exception would be noticed
	 */
	public final String reasonOfEnd(final Throwable reason) {
		final boolean canceled = reason instanceof RunCanceledException;
		final boolean read = HeadlessState.readsMessages(ui);
		if (canceled) log.info(reason.getMessage());
		else if (!(reason instanceof ZImageException) && caller != null) log.error(reason);
		if (caller != null) {
			caller.stop(canceled && read ? null : sentence(reason));
			return null;
		}
		if (canceled) return read ? null : reason.getMessage();
		if (reason instanceof ZImageException && read) return MessageText.broken(reason.getMessage());
		if (reason instanceof Error error) throw error;
		throw (RuntimeException) reason;
	}

	private static String sentence(final Throwable reason) {
		return reason instanceof ZImageException ? reason.getMessage()
			: "The command failed: " + reason;
	}

	/** For work that was cancelled without an exception. */
	private void stopCaller(final String reason) {
		if (caller == null) return;
		caller.stop(HeadlessState.readsMessages(ui) ? null : reason);
		super.cancel(null);
	}
}
