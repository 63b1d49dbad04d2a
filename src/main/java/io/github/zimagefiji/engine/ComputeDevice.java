
package io.github.zimagefiji.engine;

import java.util.ArrayList;
import java.util.List;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import io.github.zimagefiji.engine.library.EngineSettings;
import io.github.zimagefiji.engine.library.NativeLibrary;
import io.github.zimagefiji.error.InvalidInputException;

/**
 * A device that tensors live on.
 *
 * @param torchName {@code cpu}, {@code cuda:N} or {@code mps}, as libtorch and people name it
 */
public record ComputeDevice(String torchName) {

	static final ComputeDevice PROCESSOR = new ComputeDevice("cpu");

	/** Whether it is the processor, whose memory Java sees directly. */
	public boolean isProcessor() {
		return "cpu".equals(torchName);
	}

	Device toDjl() {
		if (isProcessor()) return Device.cpu();
		if ("mps".equals(torchName)) return Device.of("mps", 0);
		return Device.gpu(Integer.parseInt(torchName.substring("cuda:".length())));
	}

	/**
	 * Finds the device that is meant. One that is named but not there is an error, never a silent
	 * fall-back.
	 *
	 * @param wanted {@code cpu}, {@code cuda:N}, {@code mps}, or {@code auto}, which the settings
	 *          explain
	 * @throws InvalidInputException if there is no such device
	 */
	static ComputeDevice choose(final String wanted, final NativeLibrary library) {
		if ("auto".equals(wanted)) return automatic(EngineSettings.read().device(), library);
		if ("cpu".equals(wanted)) return PROCESSOR;
		if ("mps".equals(wanted)) return mps();
		final int index =
			wanted.contains(":") ? Integer.parseInt(wanted.substring(wanted.indexOf(':') + 1)) : 0;
		if (index < gpus(library)) return new ComputeDevice("cuda:" + index);
		throw new InvalidInputException("The device " + wanted + " is not there: " + whyNot(library) +
			" Use --device cpu, or install the CUDA build.");
	}

	/** @param setting {@code auto}, {@code cpu} or {@code gpu} */
	static ComputeDevice automatic(final String setting, final NativeLibrary library) {
		if (!"cpu".equals(setting) && gpus(library) > 0) return new ComputeDevice("cuda:0");
		if (!"gpu".equals(setting)) return PROCESSOR;
		if (isAppleSilicon()) return new ComputeDevice("mps");
		throw new InvalidInputException(
			"A GPU is required by the settings in Plugins>Z-Image>Engine..., but none can be used: " +
				whyNot(library) +
				" Install the CUDA build, or allow the processor there (zimage engine --device auto).");
	}

	/** All that can be named, the processor first. */
	static List<String> present(final NativeLibrary library) {
		final List<String> result = new ArrayList<>(List.of("cpu"));
		for (int i = 0; i < gpus(library); i++) {
			result.add("cuda:" + i);
		}
		if (isAppleSilicon()) result.add("mps");
		return result;
	}

	private static int gpus(final NativeLibrary library) {
		return library.flavor().startsWith("cu") ? CudaUtils.getGpuCount() : 0;
	}

	private static String whyNot(final NativeLibrary library) {
		if (library.flavor().startsWith("cu")) return gpus(library) + " NVIDIA GPUs were found.";
		return "the native library in use (libtorch " + library.version() + " " + library.flavor() +
			") computes on the processor only.";
	}

	private static boolean isAppleSilicon() {
		return NativeLibrary.system().equals("osx-aarch64");
	}

	private static ComputeDevice mps() {
		if (isAppleSilicon()) return new ComputeDevice("mps");
		throw new InvalidInputException(
			"The device mps exists on Macs with Apple silicon only; this is " +
				System.getProperty("os.name") + " " + System.getProperty("os.arch") +
				". Use --device cpu.");
	}
}
