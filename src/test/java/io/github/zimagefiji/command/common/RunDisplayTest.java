
package io.github.zimagefiji.command.common;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.EventQueue;
import java.awt.event.KeyEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.scijava.Cancelable;
import org.scijava.Context;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;
import org.scijava.event.EventHandler;
import org.scijava.event.EventService;
import org.scijava.event.EventSubscriber;
import org.scijava.module.Module;
import org.scijava.module.event.ModuleExecutingEvent;
import org.scijava.prefs.PrefService;
import org.scijava.task.Task;
import org.scijava.task.event.TaskEvent;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import io.github.zimagefiji.command.TextToImage;
import io.github.zimagefiji.golden.Golden;
import io.github.zimagefiji.service.EscapeKey;

/**
 * Commands that run beside each other in a real SciJava context, are watched, wait and are
 * cancelled.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@Tag("engine")
class RunDisplayTest {

	/** More than any test waits for. */
	private static final int ENDLESS = 1000;

	/** What a task said, and when. */
	private record News(Task task, String status, long value) {}

	private final BlockingQueue<News> news = new LinkedBlockingQueue<>();
	private final BlockingQueue<Module> modules = new LinkedBlockingQueue<>();
	private final List<Task> tasks = new CopyOnWriteArrayList<>();
	private Context context;
	/** Kept, since SciJava forgets subscribers that nobody else knows. */
	private List<EventSubscriber<?>> subscribers;

	@BeforeEach
	void startScijava() {
		context = new Context();
		context.service(PrefService.class).clearAll();
		subscribers = context.service(EventService.class).subscribe(this);
	}

	@AfterEach
	void stop() {
		context.dispose();
		assertFalse(subscribers.isEmpty(), "or else nobody would have heard anything");
		assertNull(WindowManager.getIDList(), "no window was opened");
	}

	@EventHandler
	void onTask(final TaskEvent event) {
		final Task task = event.getTask();
		if (!tasks.contains(task)) tasks.add(task);
		news.add(new News(task, String.valueOf(task.getStatusMessage()), task.getProgressValue()));
	}

	@EventHandler
	void onModule(final ModuleExecutingEvent event) {
		modules.add(event.getModule());
	}

	private Future<CommandModule> start(final String prompt, final int steps) {
		final Map<String, Object> inputs =
			new HashMap<>(Map.of("model_folder", Golden.model().toString(), "prompt", prompt, "width", 32,
				"height", 32, "seed", 1L, "precision", "float32", "device", "cpu"));
		inputs.put("steps", steps);
		return context.service(CommandService.class).run(TextToImage.class, true, inputs);
	}

	/** Waits until some task says something. */
	private Task await(final Predicate<News> wanted) throws InterruptedException {
		while (true) {
			final News next =
				Objects.requireNonNull(news.poll(1, TimeUnit.MINUTES), "nothing more was said");
			if (wanted.test(next)) return next.task;
		}
	}

	private Task awaitForming() throws InterruptedException {
		return await(n -> n.status.startsWith("Forming the image: step"));
	}

	private Task awaitWaiting(final Task running) throws InterruptedException {
		return await(n -> n.task != running && n.status.startsWith("Waiting for another run…"));
	}

	private static void assertCanceled(final Future<CommandModule> run) throws Exception {
		final CommandModule module = run.get();
		assertTrue(module.isCanceled());
		assertNull(module.getOutput("image"));
	}

	private static int[] pixels(final Future<CommandModule> run) throws Exception {
		final ImagePlus image = (ImagePlus) run.get().getOutput("image");
		assertNotNull(image);
		return (int[]) image.getProcessor().getPixels();
	}

	@Test
	void aRunGoesThroughItsStagesToTheEnd() throws Exception {
		assertNotNull(start("cells", 2).get().getOutput("image"));
		assertEquals(1, tasks.size());
		assertTrue(tasks.get(0).isDone());
		final List<Long> values = new ArrayList<>();
		news.forEach(n -> values.add(n.value));
		assertEquals(values.stream().sorted().toList(), values, "progress went back");
		assertEquals("Text to Image", tasks.get(0).getName());
	}

	@Test
	void isCancelledThroughItsTask() throws Exception {
		final Future<CommandModule> run = start("cells", ENDLESS);
		awaitForming().cancel("enough");
		assertCanceled(run);
		assertEndedEarlyAndTheNextRunWorks();
	}

	@Test
	void isCancelledThroughTheCommand() throws Exception {
		final Future<CommandModule> run = start("cells", ENDLESS);
		awaitForming();
		((Cancelable) modules.take()).cancel("no longer wanted");
		assertCanceled(run);
		assertEndedEarlyAndTheNextRunWorks();
	}

	@Test
	void isCancelledByTheEscapeKey() throws Exception {
		final Future<CommandModule> run = start("cells", ENDLESS);
		awaitForming();
		IJ.setKeyDown(KeyEvent.VK_ESCAPE);
		assertCanceled(run);
		// The key that stopped this run does not stop the next one.
		assertEndedEarlyAndTheNextRunWorks();
	}

	private void assertEndedEarlyAndTheNextRunWorks() throws Exception {
		assertTrue(tasks.get(0).isDone());
		assertTrue(tasks.get(0).getProgressValue() < tasks.get(0).getProgressMaximum() / 2);
		assertEquals(32 * 32, pixels(start("cells", 1)).length);
	}

	@Test
	void theEscapeKeyCountsEvenIfTheNextCommandMakesImageJForgetIt() throws Exception {
		try (EscapeKey escape = new EscapeKey()) {
			IJ.setKeyDown(KeyEvent.VK_ESCAPE);
			while (!escape.isPressed()) {
				Thread.sleep(10);
			}
			try (EscapeKey next = new EscapeKey()) {
				assertTrue(escape.isPressed());
				assertFalse(next.isPressed());
			}
		}
	}

	@Test
	void runsWaitInLineAndThenComeOutRight() throws Exception {
		final int[] expected = pixels(start("cells", 2));
		news.clear();
		final Future<CommandModule> first = start("other cells", ENDLESS);
		final Task running = awaitForming();
		final Future<CommandModule> second = start("cells", 2);
		final Task waiting = awaitWaiting(running);
		final Future<CommandModule> third = start("cells", 2);
		await(n -> n.task != running && n.task != waiting &&
			n.status.equals("Waiting for another run… 2 are before this one"));
		running.cancel("enough");
		assertCanceled(first);
		assertArrayEquals(expected, pixels(second));
		assertArrayEquals(expected, pixels(third));
	}

	@Test
	void aRunThatWaitsIsCancelledWithoutDisturbingTheOne() throws Exception {
		final int[] expected = pixels(start("cells", 40));
		final Future<CommandModule> first = start("cells", 40);
		modules.clear();
		news.clear();
		final Task running = awaitForming();
		final Future<CommandModule> byTask = start("cells", ENDLESS);
		awaitWaiting(running).cancel("changed my mind");
		assertCanceled(byTask);
		assertArrayEquals(expected, pixels(first));
	}

	@Test
	void theThreadThatDrawsWindowsStaysFree() throws Exception {
		final List<Future<CommandModule>> started = new CopyOnWriteArrayList<>();
		EventQueue.invokeAndWait(() -> started.add(start("cells", ENDLESS)));
		final Task running = awaitForming();
		for (int i = 0; i < 20; i++) {
			EventQueue.invokeAndWait(() -> {});
		}
		assertFalse(started.get(0).isDone());
		running.cancel("enough");
		assertCanceled(started.get(0));
	}

	@Test
	void disposingOfTheContextStopsARunAlsoFromTheThreadThatDrawsWindows() throws Exception {
		final Future<CommandModule> run = start("cells", ENDLESS);
		awaitForming();
		EventQueue.invokeAndWait(context::dispose);
		assertCanceled(run);
	}
}
