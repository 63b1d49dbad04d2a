
package io.github.zimagefiji.fuzz;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Changes what the entries of an archive hold, and packs them again. */
final class ZipChange {

	private final Random random;

	ZipChange(final Random random) {
		this.random = random;
	}

	byte[] change(final byte[] file) {
		final List<byte[]> contents = new ArrayList<>();
		final List<String> names = new ArrayList<>();
		try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(file))) {
			for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
				names.add(entry.getName());
				contents.add(in.readAllBytes());
			}
			return packed(names, contents);
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	private String name(final int number) {
		final String text = new Hostile(random).text();
		return text.substring(0, Math.min(text.length(), 1000)).replace("\uD800", "") + number + ".roi";
	}

	private byte[] packed(final List<String> names, final List<byte[]> contents) throws IOException {
		final int chosen = random.nextInt(names.size());
		final ByteArrayOutputStream out = new ByteArrayOutputStream();
		try (ZipOutputStream zip = new ZipOutputStream(out)) {
			for (int i = 0; i < names.size(); i++) {
				if (i == chosen && random.nextInt(10) == 0) continue;
				// no archive holds two entries of one name, or one with a long name
				zip.putNextEntry(
					new ZipEntry(i == chosen && random.nextInt(10) == 0 ? name(names.size()) : names.get(i)));
				zip.write(i == chosen ? new ByteChange(random).change(contents.get(i),
					contents.get(random.nextInt(contents.size()))) : contents.get(i));
			}
			if (names.size() == 1) zip.putNextEntry(new ZipEntry("last/"));
		}
		return out.toByteArray();
	}
}
