
package io.github.zimagefiji.command;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.scijava.Context;
import org.scijava.prefs.PrefService;

/**
 * A SciJava context of its own for each test, which remembers nothing of earlier ones.
 */
public abstract class ScijavaFixture {

	protected Context context;

	@BeforeEach
	final void startScijava() {
		context = new Context();
		context.service(PrefService.class).clearAll();
	}

	@AfterEach
	final void stopScijava() {
		context.dispose();
	}
}
