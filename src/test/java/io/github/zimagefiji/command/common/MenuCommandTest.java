
package io.github.zimagefiji.command.common;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import io.github.zimagefiji.error.JavaMemoryException;

class MenuCommandTest {

	/** Asks for more memory than any Java of these tests has. */
	private static class Greedy extends MenuCommand {

		private long[] numbers;

		@Override
		protected void work() {
			numbers = new long[Integer.MAX_VALUE - 8];
			numbers[0] = 1;
		}
	}

	@Test
	void memoryThatJavaLacksIsToldAsThat() {
		final String message = assertThrows(JavaMemoryException.class, new Greedy()::run).getMessage();
		assertTrue(message.contains("Edit > Options > Memory"), message);
	}
}
