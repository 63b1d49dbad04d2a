
package io.github.zimagefiji.host;

import java.awt.EventQueue;
import java.awt.Rectangle;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import javax.swing.JButton;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JProgressBar;
import javax.swing.WindowConstants;

import org.scijava.Context;
import org.scijava.event.EventHandler;
import org.scijava.event.EventService;
import org.scijava.event.EventSubscriber;
import org.scijava.task.Task;
import org.scijava.task.event.TaskEvent;

import net.miginfocom.swing.MigLayout;

/**
 * A window with every SciJava task that runs: its name, what it does, how far it is, and a button
 * that cancels it.
 */
public final class TaskWindow {

	/** The window's title. */
	public static final String TITLE = "Progress";

	private static final int WIDTH = 420;

	private final JFrame frame = new JFrame(TITLE);
	private final Map<Task, Row> rows = new HashMap<>();
	/** SciJava holds subscribers weakly. */
	private final List<EventSubscriber<?>> subscribers;

	/**
	 * Begins to watch the tasks of a context; the window shows itself when there is one.
	 */
	TaskWindow(final Context context) {
		frame.setLayout(new MigLayout("wrap 1, fillx", "[fill,grow]"));
		frame.setFocusableWindowState(false);
		frame.setDefaultCloseOperation(WindowConstants.HIDE_ON_CLOSE);
		subscribers = context.service(EventService.class).subscribe(this);
	}

	@EventHandler
	private void onTask(final TaskEvent event) {
		EventQueue.invokeLater(() -> show(event.getTask()));
	}

	private void show(final Task task) {
		if (task.isDone()) {
			final Row row = rows.remove(task);
			if (row != null) frame.remove(row.panel);
			frame.setVisible(!rows.isEmpty());
			return;
		}
		if (!rows.containsKey(task)) add(task);
		rows.get(task).update(task);
	}

	private void add(final Task task) {
		final Row row = new Row(task);
		rows.put(task, row);
		frame.add(row.panel);
		frame.pack();
		final Rectangle screen = frame.getGraphicsConfiguration().getBounds();
		frame.setLocation(screen.width - frame.getWidth() - 20, screen.height - frame.getHeight() - 40);
		frame.setVisible(true);
	}

	private static final class Row {

		private final JPanel panel = new JPanel(new MigLayout("wrap 2, fillx", "[fill,grow][]"));
		private final JLabel status = new JLabel(" ");
		private final JProgressBar bar = new JProgressBar();

		private Row(final Task task) {
			final JButton cancel = new JButton("Cancel");
			cancel.setName("cancel");
			cancel.addActionListener(e -> {
				cancel.setEnabled(false);
				task.cancel("Cancelled by the person at the window.");
			});
			bar.setName("bar");
			bar.setStringPainted(true);
			panel.add(new JLabel(task.getName()), "span");
			panel.add(bar, "width " + WIDTH + "!");
			panel.add(cancel);
			status.setName("status");
			panel.add(status, "span, width " + WIDTH + "!");
		}

		private void update(final Task task) {
			bar.setMaximum((int) Math.max(1, task.getProgressMaximum()));
			bar.setValue((int) task.getProgressValue());
			status.setText(task.getStatusMessage() == null ? " " : task.getStatusMessage());
		}
	}
}
