
package io.github.zimagefiji.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;

/**
 * What the control groups of this process (Linux: containers, jobs of a cluster) leave it of
 * memory: of its group and of each one above, the limit less what is used, where cached contents of
 * files count as free, since the kernel gives them up first. A process beyond a limit is killed
 * without a message.
 *
 * @see <a href= "https://docs.kernel.org/admin-guide/cgroup-v2.html">cgroup-v2</a>,
 *      <a href= "https://docs.kernel.org/admin-guide/cgroup-v1/memory.html">cgroup-v1</a>
 */
public final class ControlGroupMemory {

	/** Version 1 writes no limit as the largest number of whole pages. */
	private static final long UNLIMITED = 1L << 60;

	private final Path system;

	/** @param system the root of the file system */
	ControlGroupMemory(final Path system) {
		this.system = system;
	}

	/** Bytes that are left to this process; nothing where nothing limits it. */
	public static OptionalLong left() {
		return new ControlGroupMemory(Path.of("/")).leastLeft();
	}

	/** A place where groups are seen as folders. */
	private record Mount(Path folder, String root, boolean second) {}

	OptionalLong leastLeft() {
		long least = Long.MAX_VALUE;
		for (final Mount mount : mounts()) {
			final String group = groups().get(mount.second ? "" : "memory");
			if (group == null) continue;
			@Nullable
			Path at = folder(mount, group);
			while (at != null && at.startsWith(mount.folder)) {
				least = Math.min(least, mount.second ? left(at) : leftInFirst(at));
				at = at.getParent();
				if (at != null && !mount.second && number(at.resolve("memory.use_hierarchy"), 1) == 0)
					break;
			}
		}
		return least == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(least);
	}

	/**
	 * A group's name begins at the root of the hierarchy, and so does what is mounted; within a
	 * container either may be unseen.
	 */
	private static Path folder(final Mount mount, final String group) {
		final String root = "/".equals(mount.root) ? "" : mount.root;
		final boolean below = group.equals(root) || group.startsWith(root + "/");
		final Path folder =
			mount.folder.resolve("." + (below ? group.substring(root.length()) : "")).normalize();
		return below && folder.startsWith(mount.folder) && Files.isDirectory(folder) ? folder
			: mount.folder;
	}

	/** Version 2. */
	private static long left(final Path group) {
		// Beyond "high" a process is slowed down almost to a stop.
		final long limit = Math.min(number(group.resolve("memory.max"), Long.MAX_VALUE),
			number(group.resolve("memory.high"), Long.MAX_VALUE));
		final long used = number(group.resolve("memory.current"), -1);
		if (limit >= UNLIMITED || used < 0) return Long.MAX_VALUE;
		final Map<String, Long> statistics = statistics(group);
		return left(limit, used,
			statistics.getOrDefault("inactive_file", 0L) + statistics.getOrDefault("active_file", 0L));
	}

	private static long leftInFirst(final Path group) {
		final Map<String, Long> statistics = statistics(group);
		// The least of the groups above, which a container may not see.
		final long limit = Math.min(number(group.resolve("memory.limit_in_bytes"), Long.MAX_VALUE),
			statistics.getOrDefault("hierarchical_memory_limit", Long.MAX_VALUE));
		final long used = number(group.resolve("memory.usage_in_bytes"), -1);
		if (limit >= UNLIMITED || used < 0) return Long.MAX_VALUE;
		return left(limit, used, statistics.getOrDefault("total_inactive_file", 0L) +
			statistics.getOrDefault("total_active_file", 0L));
	}

	private static long left(final long limit, final long used, final long files) {
		return Math.max(0, limit - Math.max(0, used - files));
	}

	private static Map<String, Long> statistics(final Path group) {
		final Map<String, Long> result = new HashMap<>();
		for (final String line : lines(group.resolve("memory.stat"))) {
			final String[] words = line.split(" ", -1);
			if (words.length == 2) result.put(words[0], number(words[1], 0));
		}
		return result;
	}

	/** Names of this process' groups: version 1's memory, version 2's "". */
	private Map<String, String> groups() {
		final Map<String, String> result = new HashMap<>();
		for (final String line : lines(system.resolve("proc/self/cgroup"))) {
			final String[] parts = line.split(":", 3);
			if (parts.length < 3) continue;
			for (final String controller : parts[1].split(",", -1)) {
				result.put(controller, parts[2]);
			}
		}
		return result;
	}

	/**
	 * @see <a href= "https://man7.org/linux/man-pages/man5/proc_pid_mountinfo.5.html">mountinfo</a>
	 */
	private List<Mount> mounts() {
		final List<Mount> result = new ArrayList<>();
		for (final String line : lines(system.resolve("proc/self/mountinfo"))) {
			final String[] halves = line.split(" - ", 2);
			if (halves.length < 2) continue;
			final String[] before = halves[0].split(" ", -1);
			final String[] after = halves[1].split(" ", -1);
			if (before.length < 5 || after.length < 3) continue;
			final boolean second = after[0].equals("cgroup2");
			final boolean first =
				after[0].equals("cgroup") && List.of(after[2].split(",")).contains("memory");
			if (first || second)
				result.add(new Mount(system.resolve(plain(before[4]).substring(1)).normalize(),
					plain(before[3]), second));
		}
		return result;
	}

	/** Blanks are written as octal numbers there. */
	private static String plain(final String text) {
		return text.replace("\\040", " ").replace("\\134", "\\");
	}

	private static long number(final Path file, final long otherwise) {
		final List<String> lines = lines(file);
		return lines.isEmpty() ? otherwise : number(lines.get(0).strip(), otherwise);
	}

	/** The word "max" is no limit, as are numbers that are too long. */
	private static long number(final String text, final long otherwise) {
		try {
			return Long.parseLong(text);
		}
		catch (final NumberFormatException e) {
			return otherwise;
		}
	}

	private static List<String> lines(final Path file) {
		if (!Files.isReadable(file)) return List.of();
		try {
			return Files.readAllLines(file);
		}
		catch (final IOException e) {
			return List.of(); // the system does not tell after all
		}
	}
}
