
package io.github.zimagefiji.service;

import java.awt.EventQueue;
import java.util.concurrent.CountDownLatch;

import org.scijava.Context;
import org.scijava.app.StatusService;
import org.scijava.event.EventHandler;
import org.scijava.event.EventService;
import org.scijava.task.TaskService;
import org.scijava.task.event.TaskEvent;
import org.scijava.thread.ThreadService;

import ij.ImageJ;
import io.github.zimagefiji.Preview;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.error.RunCanceledException;
import io.github.zimagefiji.image.PreviewWindow;
import io.github.zimagefiji.request.ComputeOptions;
import io.github.zimagefiji.request.Stage;
import io.github.zimagefiji.request.TextToImageRequest;

/**
 * What {@link ClosingTest} runs: everything is closed, in one way or another, while an image forms.
 */
final class ClosingScenario {

	private final Context context = new Context();
	private final CountDownLatch forming = new CountDownLatch(1);
	private final boolean windows;

	private ClosingScenario(final boolean windows) {
		this.windows = windows;
	}

	public static void main(final String[] arguments) throws InterruptedException {
		final boolean windows = "quit".equals(arguments[0]);
		if (windows) new ImageJ().exitWhenQuitting(true);
		final ClosingScenario scenario = new ClosingScenario(windows);
		scenario.context.service(EventService.class).subscribe(scenario);
		scenario.context.service(ThreadService.class).run(scenario::work);
		scenario.forming.await();
		switch (arguments[0]) {
			case "dispose" -> scenario.context.dispose();
			case "exit" -> System.exit(0);
			case "exit-on-event-thread" -> EventQueue.invokeLater(() -> System.exit(0));
			case "quit" -> ij.IJ.getInstance().quit();
			default -> throw new IllegalArgumentException(arguments[0]);
		}
	}

	/**
	 * Somebody listens to tasks, as Fiji's progress bars do: then SciJava waits for the event thread
	 * with each news.
	 */
	@EventHandler
	void onTask(final TaskEvent event) {
		if (event.getTask().isDone()) System.out.println("task done");
	}

	private void work() {
		try (
				TaskProgress task = new TaskProgress(context.service(TaskService.class).createTask("run"),
					context.service(StatusService.class), context.service(ThreadService.class), () -> false);
				PreviewWindow window = new PreviewWindow("nuclei"))
		{
			final ZImageService zimage = context.service(ZImageService.class);
			zimage.generate(zimage.builtInModel(), ComputeOptions.AUTO,
				TextToImageRequest.builder("three red nuclei").steps(1000).build(), watched(task, window));
			System.out.println("run ended");
		}
		catch (final RunCanceledException e) {
			System.out.println("run cancelled");
		}
		catch (final RuntimeException e) {
			e.printStackTrace(System.out);
			System.exit(1);
		}
	}

	private Progress watched(final TaskProgress task, final PreviewWindow window) {
		return new Progress() {

			@Override
			public void update(final Stage stage, final double fraction, final String message) {
				task.update(stage, fraction, message);
				if (message.startsWith("step 5 of")) forming.countDown();
			}

			@Override
			public boolean isCanceled() {
				return task.isCanceled();
			}

			@Override
			public boolean wantsPreviews() {
				return windows;
			}

			@Override
			public void preview(final Preview preview) {
				window.show(preview);
			}
		};
	}
}
