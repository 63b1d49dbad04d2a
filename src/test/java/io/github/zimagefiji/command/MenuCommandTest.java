
package io.github.zimagefiji.command;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.zimagefiji.JavaMemoryException;

import org.junit.jupiter.api.Test;

class MenuCommandTest {

	/** Asks for more memory than any Java of these tests has. */
	private static class Greedy extends MenuCommand {

		private long[] numbers;

		@Override
		void work() {
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
