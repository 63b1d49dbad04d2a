
package io.github.zimagefiji.engine;

import io.github.zimagefiji.error.EngineFailedException;

/** Loads a library of a PyTorch of another plugin, then starts the engine. */
public final class SecondPyTorch {

	private SecondPyTorch() {}

	public static void main(final String[] arguments) {
		System.load(arguments[0]);
		try (TorchEngine engine = TorchEngine.open("cpu", 1)) {
			System.out.println("started beside it");
		}
		catch (final EngineFailedException e) {
			System.out.println("refused: " + e.getMessage());
		}
	}
}
