
package io.github.zimagefiji.cli.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import com.sun.management.ThreadMXBean;

import io.github.zimagefiji.ChildJvm;
import io.github.zimagefiji.cli.ZImage;
import io.github.zimagefiji.cli.program.Cancellation;
import io.github.zimagefiji.cli.program.Session;
import io.github.zimagefiji.dataset.plan.Plan;
import io.github.zimagefiji.dataset.recipe.file.RecipeReader;

/** A plan of 100,000 items stays small, whatever heap Java chooses. */
@Tag("process")
public class LargePlanTest {

	private static final int ITEMS = 100_000;
	private static final long MOST_MEGABYTES = 300;

	@TempDir
	Path folder;

	private Path recipe() throws IOException {
		return Files.writeString(folder.resolve("many.yaml"),
			Files.readString(Path.of("scripts", "dataset", "nuclei.yaml")).replace("items: 200",
				"items: " + ITEMS));
	}

	/**
	 * Plans, and tells the most memory that the process has had, as Linux counts it.
	 */
	public static void main(final String[] args) throws IOException {
		final Counter counter = new Counter();
		final PrintWriter out = new PrintWriter(counter);
		final int code = ZImage.run(new String[] { "dataset", "plan", args[0] },
			new Session(out, new PrintWriter(System.err, true), false, new Cancellation()));
		out.flush();
		System.out.println("code " + code + ", lines " + counter.lines);
		System.out.println(Files.readString(Path.of("/proc/self/status")));
	}

	private static final class Counter extends Writer {

		private int lines;

		@Override
		public void write(final char[] characters, final int from, final int length) {
			for (int i = from; i < from + length; i++)
				if (characters[i] == '\n') lines++;
		}

		@Override
		public void flush() {
			// nothing is kept
		}

		@Override
		public void close() {
			// nothing is open
		}
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void itsProcessTakesLessThan300Megabytes() throws Exception {
		final ChildJvm.Result result = ChildJvm.run(LargePlanTest.class, recipe().toString());
		assertTrue(result.output().contains("code 0, lines " + ITEMS), result.output());
		final Matcher most = Pattern.compile("VmHWM:\\s+(\\d+) kB").matcher(result.output());
		assertTrue(most.find(), result.output());
		final long megabytes = Long.parseLong(most.group(1)) / 1000;
		assertTrue(megabytes < MOST_MEGABYTES, megabytes + " MB");
	}

	/** What is thrown away counts where Java collects late. */
	@Test
	void anItemLeavesLessThanOneKilobyteBehind() throws IOException {
		final ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		final Plan plan = Plan.of(RecipeReader.read(recipe()));
		assertEquals(ITEMS, plan.size());
		plan.item(0);
		final long before = memory.getThreadAllocatedBytes(Thread.currentThread().getId());
		for (int i = 0; i < ITEMS; i++)
			plan.item(i);
		final long each =
			(memory.getThreadAllocatedBytes(Thread.currentThread().getId()) - before) / ITEMS;
		assertTrue(each < 1000, each + " bytes for each item");
	}
}
