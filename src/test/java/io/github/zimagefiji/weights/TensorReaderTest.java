
package io.github.zimagefiji.weights;

import static io.github.zimagefiji.Refusals.assertRefused;
import static io.github.zimagefiji.weights.TestFiles.TWO_TENSORS;
import static io.github.zimagefiji.weights.TestFiles.safetensors;
import static io.github.zimagefiji.weights.TestFiles.write;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TensorReaderTest {

	private static final int FIRST = 0x03020100;
	private static final int CHANGED = 0x7f7f7f7f;

	@TempDir
	Path folder;

	@AfterEach
	void clearProperty() {
		System.clearProperty(TensorReader.MAP_PROPERTY);
	}

	@ParameterizedTest
	@ValueSource(strings = { "always", "auto", "AUTO" })
	void aMapShowsLaterChangesOfTheFile(final String value) throws IOException {
		System.setProperty(TensorReader.MAP_PROPERTY, value);
		assertEquals(CHANGED, readThenChangeFile());
	}

	@Test
	void localFilesAreMappedUnlessToldOtherwise() throws IOException {
		assertEquals(CHANGED, readThenChangeFile());
	}

	@Test
	void aCopyKeepsWhatTheFileHeld() throws IOException {
		System.setProperty(TensorReader.MAP_PROPERTY, "never");
		assertEquals(FIRST, readThenChangeFile());
	}

	@Test
	void aCopyIsTheWholeTensorInTheSameForm() {
		final Path file = write(folder.resolve("x.safetensors"), safetensors(TWO_TENSORS, 24));
		final Checkpoint mapped = Checkpoint.openFile(file);
		System.setProperty(TensorReader.MAP_PROPERTY, "never");
		final Checkpoint copied = Checkpoint.openFile(file);
		for (final String name : mapped.entries().keySet()) {
			final ByteBuffer copy = copied.read(copied.entry(name));
			assertEquals(mapped.read(mapped.entry(name)), copy);
			assertEquals(ByteOrder.LITTLE_ENDIAN, copy.order());
			assertEquals(0, copy.position());
			assertEquals(true, copy.isReadOnly() && copy.isDirect());
		}
	}

	@Test
	void anotherValueOfThePropertyIsRefused() {
		final Path file = write(folder.resolve("x.safetensors"), safetensors(TWO_TENSORS, 24));
		System.setProperty(TensorReader.MAP_PROPERTY, "yes");
		assertRefused(() -> Checkpoint.openFile(file), "zimage.weights.map", "\"yes\"", "never");
	}

	@ParameterizedTest
	@ValueSource(strings = { "nfs", "nfs4", "cifs", "smb3", "smbfs", "afpfs", "fuse.sshfs", "9p",
		"davfs", "webdav", "fuse.rclone", "fuse.gvfsd-fuse", "NFS" })
	void networkDrivesAreKnownByTheirType(final String type) {
		assertEquals(true, NetworkDrive.isNetworkType(type));
	}

	@ParameterizedTest
	@ValueSource(strings = { "ext4", "xfs", "btrfs", "zfs", "tmpfs", "overlay", "NTFS", "ntfs3",
		"fuseblk", "apfs", "hfs", "exfat", "ReFS", "" })
	void localDrivesAreNotTakenForNetworkDrives(final String type) {
		assertEquals(false, NetworkDrive.isNetworkType(type));
	}

	private int readThenChangeFile() throws IOException {
		final Path file = write(folder.resolve("x.safetensors"), safetensors(TWO_TENSORS, 24));
		final Checkpoint checkpoint = Checkpoint.openFile(file);
		final TensorEntry entry = checkpoint.entry("a");
		final ByteBuffer bytes = checkpoint.read(entry);
		try (RandomAccessFile writer = new RandomAccessFile(file.toFile(), "rw")) {
			writer.seek(entry.position());
			writer.writeInt(CHANGED);
		}
		return bytes.getInt();
	}
}
