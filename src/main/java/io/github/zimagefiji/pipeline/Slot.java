
package io.github.zimagefiji.pipeline;

import java.util.function.Consumer;
import java.util.function.Supplier;

import io.github.zimagefiji.engine.TensorType;
import io.github.zimagefiji.pipeline.kind.Part;

/** The place of one network in memory: empty, or filled until it is released. */
final class Slot<T> {

	private final Part.Role role;
	private final Consumer<T> close;
	private T network;
	/** What the network was loaded from; null while the place is empty. Any thread may ask. */
	private volatile Part held;
	private String identity;

	/** @param close gives the memory of a network back */
	Slot(final Part.Role role, final Consumer<T> close) {
		this.role = role;
		this.close = close;
	}

	Part.Role role() {
		return role;
	}

	boolean isEmpty() {
		return network == null;
	}

	/**
	 * The network; another one that is in its place is released first.
	 *
	 * @throws io.github.zimagefiji.error.InvalidInputException if its files were changed since they
	 *           were opened
	 */
	T get(final Part wanted, final Supplier<T> load) {
		final String name = wanted.identity();
		if (network != null && !name.equals(identity)) release();
		if (network == null) {
			network = load.get();
			held = wanted;
			identity = name;
		}
		held.weights().checkUnchanged();
		return network;
	}

	/** Bytes that the network in this place takes; see {@link Part#bytes}. */
	long bytes(final TensorType type, final boolean mapped) {
		final Part now = held;
		return now == null ? 0 : now.bytes(type, mapped);
	}

	void release() {
		if (network != null) close.accept(network);
		network = null;
		held = null;
	}
}
