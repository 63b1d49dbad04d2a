
package io.github.zimagefiji.engine;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * Gives each test an engine on the processor, and a scope that is closed with it.
 */
public abstract class EngineFixture {

	protected TorchEngine engine;
	protected TensorScope scope;

	@BeforeEach
	void openEngine() {
		// Tiny tensors gain nothing from more threads, and lose much on a busy
		// machine.
		engine = TorchEngine.open("cpu", 1);
		scope = engine.scope();
	}

	@AfterEach
	void closeEngine() {
		scope.close();
		engine.close();
	}
}
