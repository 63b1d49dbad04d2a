
package io.github.zimagefiji.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;

/** Changes the tags of a TIFF file's directories, and where they lie. */
final class TiffChange {

	private static final int ENTRY = 12;
	private static final int[] TAGS =
		{ 254, 256, 257, 258, 259, 262, 266, 270, 273, 274, 277, 278, 279, 282, 283, 284, 296, 305, 317,
			320, 322, 323, 324, 325, 330, 338, 339, 347, 34412, 34665, 37724, 50838, 50839 };

	private final Random random;
	private final ByteChange bytes;

	TiffChange(final Random random) {
		this.random = random;
		bytes = new ByteChange(random);
	}

	byte[] change(final byte[] file) {
		final byte[] changed = file.clone();
		final ByteBuffer in = ByteBuffer.wrap(changed)
			.order(file[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
		try {
			int directory = in.getInt(4);
			for (int skip = random.nextInt(3); skip == 0; skip++)
				directory = next(in, directory);
			for (int i = random.nextInt(3); i >= 0; i--)
				changeOnce(in, directory);
		}
		catch (final IndexOutOfBoundsException e) {
			return bytes.change(changed, file); // the change before led elsewhere
		}
		return changed;
	}

	private static int next(final ByteBuffer in, final int directory) {
		final int after = in.getInt(directory + 2 + ENTRY * (in.getShort(directory) & 0xFFFF));
		return after == 0 ? directory : after;
	}

	private void changeOnce(final ByteBuffer in, final int directory) {
		final int count = in.getShort(directory) & 0xFFFF;
		final int entry = directory + 2 + ENTRY * random.nextInt(Math.max(1, count));
		switch (random.nextInt(11)) {
			case 0 -> in.putShort(entry, (short) TAGS[random.nextInt(TAGS.length)]);
			case 1 -> in.putShort(entry + 2, (short) random.nextInt(20));
			case 2, 3 -> in.putInt(entry + 4, (int) bytes.number());
			case 4, 5, 6 -> in.putInt(entry + 8, (int) bytes.number());
			case 7 -> in.putShort(entry + 8, (short) bytes.number());
			case 8 -> in.putInt(entry + 8, random.nextInt(in.capacity()));
			case 9 -> in.putShort(directory, (short) bytes.number());
			default -> in.putInt(directory + 2 + ENTRY * count,
				random.nextBoolean() ? directory : random.nextInt(in.capacity()));
		}
	}
}
