
package io.github.zimagefiji.weights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Tells whether a file comes over a network. If such a drive goes away, touching a mapped file ends
 * the whole program without an error that could be caught; reading gives an exception.
 */
final class NetworkDrive {

	/**
	 * Beginnings of file system types; folders shared by a virtual machine's host behave alike.
	 */
	private static final List<String> TYPES = List.of("nfs", "cifs", "smb", "afp", "afs", "ncpfs",
		"9p", "v9fs", "webdav", "davfs", "sshfs", "rclone", "gvfs", "s3fs", "gcsfuse", "blobfuse",
		"goofys", "glusterfs", "osxfuse", "macfuse", "vboxsf", "vmhgfs", "prl_fs");

	private NetworkDrive() {
		// only static methods
	}

	/**
	 * Whether a file lies on a network drive; links are followed. A drive letter of Windows is taken
	 * for local.
	 */
	static boolean holds(final Path file) {
		try {
			return isUnc(file.toRealPath()) || isNetworkType(Files.getFileStore(file).type());
		}
		catch (final IOException e) {
			// Some containers do not know the mount point of their files; their
			// drives are local in all but name.
			return false;
		}
	}

	/**
	 * Whether a type, as of {@link java.nio.file.FileStore#type()}, is one of a network drive.
	 */
	static boolean isNetworkType(final String type) {
		final String lower = type.toLowerCase(Locale.ROOT);
		final String bare = lower.startsWith("fuse.") ? lower.substring("fuse.".length()) : lower;
		return TYPES.stream().anyMatch(bare::startsWith);
	}

	private static boolean isUnc(final Path absolute) {
		return absolute.toString().startsWith("\\\\");
	}
}
