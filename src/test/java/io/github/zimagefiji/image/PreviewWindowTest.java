
package io.github.zimagefiji.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.zimagefiji.ChildJvm;

/** A real window of ImageJ's, on a display that nobody sees. */
@Tag("process")
@Tag("window")
class PreviewWindowTest {

	@Test
	void followsTheRunAndObeysThePerson() throws Exception {
		final ChildJvm.Result result = ChildJvm.runWithDisplay(PreviewWindowScenario.class);
		assertTrue(result.output().contains("all is well"), result.output());
		assertFalse(result.output().contains("Exception"), result.output());
		assertEquals(0, result.exitCode());
	}
}
