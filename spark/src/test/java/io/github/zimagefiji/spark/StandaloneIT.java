
package io.github.zimagefiji.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The assembled jar on a real cluster of processes: master, workers, their executors, and
 * {@code spark-submit}'s program.
 */
class StandaloneIT {

	private static final int ITEMS = 16;

	@TempDir
	static Path shared;

	private static Sample sample;
	private static StandaloneCluster cluster;

	@TempDir
	Path folder;

	private Path output;

	@BeforeAll
	static void makeTheSame() throws IOException, InterruptedException {
		sample = Sample.make(shared, ITEMS);
		cluster = new StandaloneCluster(shared.resolve("cluster"));
	}

	@AfterAll
	static void endAll() {
		cluster.close();
	}

	@BeforeEach
	void nameTheOutput() {
		output = folder.resolve("out");
	}

	@AfterEach
	void endWorkersAndJobs() {
		cluster.clear();
	}

	private boolean isDone(final int items) {
		return Sample.done(output) >= items;
	}

	@Test
	void twoWorkersGiveTheBytesOfOneMachine() throws Exception {
		cluster.worker();
		cluster.worker();
		final SparkProcess job = cluster.submit(sample.recipe(), "--output", output);
		assertEquals(0, job.end(), job.said());
		assertTrue(job.said().contains("Made " + ITEMS + " of " + ITEMS + " items"), job.said());
		assertTrue(job.said().contains("2 executors"), job.said());
		sample.assertSame(output);
	}

	@Test
	void aKilledWorkerLosesNothing() throws Exception {
		cluster.worker();
		final SparkProcess victim = cluster.worker();
		final SparkProcess job = cluster.submit(sample.recipe(), "--output", output);
		// from then on both have an item in hand all the time
		job.await(() -> isDone(3) && job.said().contains("2 executors"));
		victim.close();
		final int done = Sample.done(output);
		assertTrue(done < ITEMS, done + " items were done when the worker was killed");
		assertEquals(0, job.end(), job.said());
		assertTrue(job.said().contains("Lost executor"), job.said());
		sample.assertSame(output);
	}

	@Test
	void whenAllWorkersDieTheRunEndsAndCanBeGoneOnWith() throws Exception {
		final SparkProcess worker = cluster.worker();
		final SparkProcess job = cluster.submit(sample.recipe(), "--output", output, "--wait", "30");
		job.await(() -> isDone(2));
		worker.close();
		assertEquals(3, job.end(), job.said());
		assertTrue(job.said().contains("zimage: No worker was there for 30 s."), job.said());
		assertFalse(job.said().contains("\tat io.github"), job.said());
		final int done = Sample.done(output);
		assertTrue(done >= 2 && done < ITEMS, done + " items were done when the worker was killed");

		cluster.worker();
		final SparkProcess again = cluster.submit(sample.recipe(), "--output", output, "--resume");
		assertEquals(0, again.end(), again.said());
		assertTrue(again.said().contains("Made " + (ITEMS - done) + " of " + ITEMS + " items"),
			again.said());
		sample.assertSame(output);
	}

	@Test
	void aKilledDriverCanBeGoneOnWithAtOnce() throws Exception {
		cluster.worker();
		final SparkProcess job = cluster.submit(sample.recipe(), "--output", output);
		job.await(() -> isDone(2));
		// its executor lives on for a while, with an item in hand
		job.close();
		final SparkProcess again = cluster.submit(sample.recipe(), "--output", output, "--resume");
		assertEquals(0, again.end(), again.said());
		sample.assertSame(output);
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void aWorkerThatCannotSeeTheFolderSaysSo() throws Exception {
		cluster.worker();
		// every process sees another folder under this path, as machines do that
		// share no disk
		final SparkProcess job = cluster.submit(sample.recipe(), "--output", "/proc/self/cwd/out");
		assertEquals(2, job.end(), job.said());
		assertTrue(
			job.said().contains(
				"zimage: Worker 127.0.0.1: The dataset in /proc/self/cwd/out cannot be seen from here."),
			job.said());
		assertTrue(job.said().contains("must be on a shared file system"), job.said());
	}
}
