
package io.github.zimagefiji.dataset;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

import io.github.zimagefiji.dataset.folder.ItemRecord;

/**
 * Tells once of each machine that differs from the one that a dataset was begun on. Not for several
 * threads.
 */
public final class MachineWatch {

	private final Set<String> others = new HashSet<>();
	private String first;

	/**
	 * @param first what the items that are done were made on; null if none are
	 */
	MachineWatch(final String first) {
		this.first = first;
	}

	/**
	 * A sentence if an item was made on a machine of a kind that was not reported yet.
	 *
	 * @param machine see {@link ItemRecord#machine()}
	 */
	public Optional<String> look(final String machine) {
		if (first == null) first = machine;
		if (machine.equals(first) || !others.add(machine)) return Optional.empty();
		return Optional
			.of("The items that are done were made on \"" + first + "\", others are made on \"" +
				machine + "\". Their pixels may differ in the last bits from those of one machine.");
	}
}
