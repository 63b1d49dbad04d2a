
package io.github.zimagefiji.engine;

import ai.djl.Device;

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
}
