
package io.github.zimagefiji.dataset.folder;

import java.io.IOException;
import java.nio.file.Path;

import io.github.zimagefiji.error.InvalidInputException;

/** Takes the lock of a folder and keeps it until the process is ended. */
public final class LockProcess {

	private LockProcess() {
		// only main()
	}

	/** @param args the folder, and whether the lock is shared */
	public static void main(final String[] args) throws IOException {
		try (DatasetLock lock = DatasetLock.of(Path.of(args[0]), Boolean.parseBoolean(args[1]))) {
			System.out.println("locked");
			System.out.println("ends at " + System.in.read() + lock.run());
		}
		catch (final InvalidInputException e) {
			System.out.println(e.getMessage());
		}
	}
}
