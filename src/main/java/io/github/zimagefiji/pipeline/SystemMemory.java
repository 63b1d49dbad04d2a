
package io.github.zimagefiji.pipeline;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

import javax.management.JMException;
import javax.management.ObjectName;

import io.github.zimagefiji.engine.ControlGroupMemory;
import io.github.zimagefiji.engine.TorchEngine;
import io.github.zimagefiji.error.InvalidInputException;

/**
 * How much memory the computer has to spare, and how much this process holds.
 */
public final class SystemMemory {

	/**
	 * Bytes that a run may take, as the user sets them, such as on a shared node.
	 */
	public static final String LIMIT = "zimage.memory.limit";

	/**
	 * Compiled code, buffers, freed blocks that stay with the process: measured 120 to 250 MB, Java's
	 * heap included, beyond the plan for pictures of 512 × 512 to 1024 × 1024.
	 */
	private static final long BESIDE_THE_PLAN = 128L << 20;
	/** By which the heap grows in a run, whatever it may. */
	private static final long MOST_HEAP = 256L << 20;

	private SystemMemory() {}

	/**
	 * Bytes that a run may take on the engine's device without pushing others out.
	 *
	 * @param held bytes that earlier runs left loaded; a run's needs include them, so they count as
	 *          available
	 */
	public static long available(final TorchEngine engine, final long held) {
		final OptionalLong ofDevice = engine.freeMemory();
		if (ofDevice.isEmpty() || System.getProperty(LIMIT) != null) return available(held);
		return ofDevice.getAsLong() + held;
	}

	/** The same for a device that shares the computer's memory. */
	public static long available(final long held) {
		final String limit = System.getProperty(LIMIT);
		return limit != null ? bytes(limit) : ofComputer() + held;
	}

	private static long ofComputer() {
		final var system =
			(com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
		// Inside a container the bean knows the container's bounds, its groups what
		// is left within them, and the kernel's file neither.
		final long total = system.getTotalMemorySize();
		final long linux = field(Path.of("/proc/meminfo"), "MemAvailable:");
		if (linux >= 0)
			return Math.min(Math.min(linux, total), withinGroups(ControlGroupMemory.left(), heapRoom()));
		// macOS counts file caches as used, so that what is free says little.
		return System.getProperty("os.name").startsWith("Mac") ? total / 2 : system.getFreeMemorySize();
	}

	/**
	 * What a run may plan with of what its control groups leave: beyond their limit the process is
	 * killed, so that what it takes beside the plan must fit too.
	 *
	 * @param left by the groups, if anything limits it
	 * @param heapRoom bytes by which Java's heap may grow
	 */
	static long withinGroups(final OptionalLong left, final long heapRoom) {
		if (left.isEmpty()) return Long.MAX_VALUE;
		return Math.max(0, left.getAsLong() - BESIDE_THE_PLAN - Math.min(heapRoom, MOST_HEAP));
	}

	private static long heapRoom() {
		final Runtime runtime = Runtime.getRuntime();
		return runtime.maxMemory() - runtime.totalMemory();
	}

	/**
	 * Asks the C library to give freed memory back to the system, where Java knows how (Linux with
	 * glibc, Java 17.0.9 and later). Freed blocks of up to 32 MB stay with the process otherwise,
	 * together a few hundred megabytes after a run.
	 */
	static void giveBack() {
		try {
			ManagementFactory.getPlatformMBeanServer().invoke(
				new ObjectName("com.sun.management:type=DiagnosticCommand"), "systemTrimNativeHeap", null,
				null);
		}
		catch (final JMException e) {
			// This Java or this system cannot; the next run uses the freed memory
			// again.
			return;
		}
	}

	/**
	 * Resident bytes of this process that no file backs; -1 where the system does not tell.
	 */
	public static long anonymous() {
		return field(Path.of("/proc/self/status"), "RssAnon:");
	}

	/**
	 * Resident bytes of this process that are views of files; -1 where the system does not tell.
	 */
	static long fileBacked() {
		return field(Path.of("/proc/self/status"), "RssFile:");
	}

	private static long field(final Path file, final String name) {
		if (!Files.isReadable(file)) return -1;
		try {
			for (final String line : Files.readAllLines(file)) {
				if (line.startsWith(name)) return Long.parseLong(line.replaceAll("\\D", "")) << 10;
			}
		}
		catch (final IOException e) {
			// The system does not tell after all.
			return -1;
		}
		return -1;
	}

	private static long bytes(final String text) {
		try {
			return Long.parseLong(text.strip());
		}
		catch (final NumberFormatException e) {
			throw new InvalidInputException(
				"The property " + LIMIT + " is \"" + text + "\"; it must be a number of bytes.", e);
		}
	}
}
