
package io.github.zimagefiji.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Control groups as files, laid out as kernels of Linux do. */
class ControlGroupMemoryTest {

	private static final String V2 =
		"30 23 0:26 ROOT /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate\n";
	private static final String V1 = "31 23 0:28 / /sys/fs/cgroup rw - tmpfs tmpfs rw,mode=755\n" +
		"32 31 0:29 ROOT /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu\n" +
		"35 31 0:32 ROOT /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n";
	/** Version 1 with a second one that has no controllers. */
	private static final String BOTH =
		V1 + "41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n";

	@TempDir
	Path system;

	private void write(final String file, final String text) throws IOException {
		final Path path = system.resolve(file);
		Files.createDirectories(path.getParent());
		Files.writeString(path, text);
	}

	private void process(final String groups, final String mounts, final String root)
		throws IOException
	{
		write("proc/self/cgroup", groups);
		write("proc/self/mountinfo", mounts.replace("ROOT", root));
	}

	private void second(final String group, final Object max, final long used, final long files)
		throws IOException
	{
		final String folder = "sys/fs/cgroup" + group;
		write(folder + "/memory.max", max + "\n");
		write(folder + "/memory.high", "max\n");
		write(folder + "/memory.current", used + "\n");
		write(folder + "/memory.stat", "anon " + (used - files) + "\nfile " + files +
			"\ninactive_file " + files / 4 + "\nactive_file " + (files - files / 4) + "\n");
	}

	private void first(final String group, final long limit, final long used, final long files,
		final long above) throws IOException
	{
		final String folder = "sys/fs/cgroup/memory" + group;
		write(folder + "/memory.limit_in_bytes", limit + "\n");
		write(folder + "/memory.usage_in_bytes", used + "\n");
		write(folder + "/memory.use_hierarchy", "1\n");
		write(folder + "/memory.stat",
			"cache 5\ninactive_file 7\ntotal_cache " + files + "\nhierarchical_memory_limit " + above +
				"\ntotal_inactive_file " + files / 4 + "\ntotal_active_file " + (files - files / 4) + "\n");
	}

	private void assertLeft(final long expected) {
		assertEquals(OptionalLong.of(expected), new ControlGroupMemory(system).leastLeft());
	}

	private void assertUnlimited() {
		assertEquals(OptionalLong.empty(), new ControlGroupMemory(system).leastLeft());
	}

	@Test
	void ofALimitWhatIsUsedIsTakenAwayButCachedFilesAreNot() throws IOException {
		process("0::/\n", V2, "/");
		second("", 1000, 700, 0);
		assertLeft(300);
		second("", 1000, 700, 400);
		assertLeft(700);
		second("", 1000, 1200, 0);
		assertLeft(0);
		second("", "max", 700, 0);
		assertUnlimited();
	}

	@Test
	void theGroupsAboveCountToo() throws IOException {
		process("0::/job/step 1/task\n", V2, "/");
		second("", "max", 5000, 0);
		second("/job", 1000, 900, 50);
		second("/job/step 1", "max", 800, 0);
		second("/job/step 1/task", 800, 100, 0);
		assertLeft(150);
		second("/job", "max", 900, 50);
		assertLeft(700);
	}

	@Test
	void beyondTheHighMarkAProcessIsSlowedDown() throws IOException {
		process("0::/job\n", V2, "/");
		second("/job", 1000, 100, 0);
		write("sys/fs/cgroup/job/memory.high", "500\n");
		assertLeft(400);
	}

	@Test
	void firstVersionsGroupsAreNamedByTheirController() throws IOException {
		process("5:cpu:/other\n4:devices,memory:/job/step\n0::/\n", BOTH, "/");
		final long none = 9223372036854771712L;
		first("", none, 9000, 0, none);
		first("/job", 1000, 900, 200, 1000);
		first("/job/step", none, 300, 100, 1000);
		assertLeft(300);
		first("/job", none, 900, 200, none);
		first("/job/step", none, 300, 100, none);
		assertUnlimited();
		// The limit is that of a group that cannot be seen.
		first("/job/step", none, 300, 100, 600);
		assertLeft(400);
	}

	@Test
	void groupsThatDoNotPassOnTheirLimitDoNotCount() throws IOException {
		process("4:memory:/job/step\n", V1, "/");
		final long none = 9223372036854771712L;
		first("/job", 1000, 900, 0, 1000);
		write("sys/fs/cgroup/memory/job/memory.use_hierarchy", "0\n");
		first("/job/step", 800, 100, 0, 800);
		assertLeft(700);
		first("", none, 9000, 0, none);
		assertLeft(700);
	}

	/** Containers see their own group where the root would be. */
	@Test
	void whatAContainerSeesIsItsOwnGroup() throws IOException {
		for (final String[] names : new String[][] { { "/docker/4a5b", "/docker/4a5b" },
			{ "/", "/docker/4a5b" }, { "/../../x", "/" }, { "/docker/4a5b", "/" } })
		{
			process("0::" + names[0] + "\n", V2, names[1]);
			second("", 1000, 400, 100);
			assertLeft(700);
		}
		process("4:memory:/docker/4a5b\n", V1, "/docker/4a5b");
		first("", 2000, 400, 100, 2000);
		assertLeft(1700);
	}

	@Test
	void whatCannotBeUnderstoodLimitsNothing() throws IOException {
		assertUnlimited();
		process("nonsense\n::\n0::\n", "x\n - \n1 2 3 4 - cgroup2\n" + V2, "/");
		assertUnlimited();
		second("", "18446744073709551615", 5, 0);
		write("sys/fs/cgroup/memory.stat", "anon\n\nfile x y\ninactive_file z\n");
		assertUnlimited();
		write("sys/fs/cgroup/memory.max", "");
		assertUnlimited();
		write("sys/fs/cgroup/memory.max", "100\n");
		assertLeft(95);
	}
}
