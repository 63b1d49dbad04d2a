
package io.github.zimagefiji.engine;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import ai.djl.engine.Engine;
import ai.djl.pytorch.engine.PtNDManager;

/**
 * The programs of one device, compiled on first use and kept as long as the process runs, for all
 * engines: they hold no tensors, and compiling them again would be a good part of opening a small
 * model.
 */
final class CompiledPrograms {

	private static final Map<ComputeDevice, CompiledPrograms> OF_DEVICES = new ConcurrentHashMap<>();

	private final PtNDManager manager;
	private final Map<String, Program> programs = new ConcurrentHashMap<>();

	private CompiledPrograms(final ComputeDevice device) {
		manager = (PtNDManager) Engine.getEngine("PyTorch").newBaseManager(device.toDjl());
	}

	static CompiledPrograms of(final ComputeDevice device) {
		return OF_DEVICES.computeIfAbsent(device, CompiledPrograms::new);
	}

	/** @param files as for {@link TorchEngine#program} */
	Program get(final String... files) {
		return programs.computeIfAbsent(String.join(" ", files), key -> Program.load(manager, files));
	}
}
