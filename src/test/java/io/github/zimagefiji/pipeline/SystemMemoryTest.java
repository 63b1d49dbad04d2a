
package io.github.zimagefiji.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalLong;

import org.junit.jupiter.api.Test;

class SystemMemoryTest {

	private static final long MB = 1 << 20;

	/** Within a limit, what Java itself takes must fit too. */
	@Test
	void ofWhatControlGroupsLeaveSomeIsKeptForJava() {
		assertEquals(Long.MAX_VALUE, SystemMemory.withinGroups(OptionalLong.empty(), 100 * MB));
		assertEquals(372 * MB, SystemMemory.withinGroups(OptionalLong.of(600 * MB), 100 * MB));
		assertEquals(0, SystemMemory.withinGroups(OptionalLong.of(200 * MB), 100 * MB));
		assertEquals(9616 * MB, SystemMemory.withinGroups(OptionalLong.of(10_000 * MB), 4000 * MB));
	}
}
