
package io.github.zimagefiji.engine;

import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.OptionalLong;

import ai.djl.engine.Engine;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.cuda.CudaUtils;
import io.github.zimagefiji.engine.library.EngineSettings;
import io.github.zimagefiji.engine.library.EngineStart;
import io.github.zimagefiji.engine.library.NativeLibrary;

/**
 * The computing engine on one device. Programs are compiled on first use and shared by all engines
 * of the device.
 */
public final class TorchEngine implements AutoCloseable {

	private final NativeLibrary library;
	private final ComputeDevice device;
	private final int threads;
	private final PtNDManager manager;

	private static final class DefaultThreads {

		// What the library chose for this computer, asked before anything changes
		// it.
		static final int COUNT = JniUtils.getNumThreads();
	}

	private TorchEngine(final NativeLibrary library, final ComputeDevice device, final int threads) {
		this.library = library;
		this.device = device;
		this.threads = threads;
		manager = (PtNDManager) Engine.getEngine("PyTorch").newBaseManager(device.toDjl());
	}

	/**
	 * Starts the engine, loading the native library if this process has not yet done so.
	 *
	 * @param device {@code cpu}, {@code cuda:N}, {@code mps}, or {@code auto}: what
	 *          {@link EngineSettings#device} says
	 * @param threads processor threads of one operation; 0 leaves the number to the native library
	 * @throws io.github.zimagefiji.error.EngineFailedException if the native library is missing or
	 *           does not fit
	 * @throws io.github.zimagefiji.error.InvalidInputException if there is no such device
	 */
	public static TorchEngine open(final String device, final int threads) {
		final NativeLibrary library = EngineStart.get();
		final int usual = DefaultThreads.COUNT;
		return new TorchEngine(library, ComputeDevice.choose(device, library),
			threads > 0 ? threads : usual);
	}

	/** What the engine computes with. */
	public NativeLibrary library() {
		return library;
	}

	/**
	 * The devices that can compute here.
	 *
	 * @return the processor first; then GPUs
	 * @throws io.github.zimagefiji.error.EngineFailedException as {@link #open}
	 */
	public static List<String> devices() {
		return ComputeDevice.present(EngineStart.get());
	}

	/** Where the engine computes. */
	public ComputeDevice device() {
		return device;
	}

	/** Processor threads of one operation. */
	public int threads() {
		return threads;
	}

	/**
	 * Free bytes of a GPU's own memory; nothing where tensors live in the computer's memory.
	 */
	public OptionalLong freeMemory() {
		if (!device.torchName().startsWith("cuda")) return OptionalLong.empty();
		final MemoryUsage usage = CudaUtils.getGpuMemory(device.toDjl());
		return OptionalLong.of(usage.getMax() - usage.getCommitted());
	}

	/** A few words on the versions in use. */
	public String version() {
		return "DJL " + NativeLibrary.djlVersion() + ", libtorch " + library.version() + " " +
			library.flavor();
	}

	/**
	 * A scope for tensors, to be closed by the caller, who computes on the thread that calls.
	 */
	public TensorScope scope() {
		// The native library keeps the number for each thread by itself; without
		// this another engine's would stay.
		JniUtils.setNumThreads(threads);
		return new TensorScope(this, (PtNDManager) manager.newSubManager());
	}

	/**
	 * A compiled program: the functions of {@code torchscript/common.py} and of one file or several,
	 * of which the later use the earlier.
	 *
	 * @param files names of files of that folder, without their ending
	 */
	public Program program(final String... files) {
		return Program.of(device, files);
	}

	Program tensors() {
		return program("tensors");
	}

	/** Frees every tensor that is left. */
	@Override
	public void close() {
		manager.close();
		if (!device.isProcessor() && device.torchName().startsWith("cuda")) JniUtils.emptyCudaCache();
	}
}
