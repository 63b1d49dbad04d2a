
package io.github.zimagefiji.fuzz;

/** How an input is taken apart before it is changed. */
public enum Format {
		/** Values, members and lists. */
		JSON,
		/** Lines, keys, indentation, values. */
		YAML,
		/** Words and separators. */
		TEXT,
		/** A length, JSON, then data. */
		SAFETENSORS,
		/** Chunks with lengths and checksums. */
		PNG,
		/** Directories of tags. */
		TIFF,
		/** Entries of an archive. */
		ZIP,
		/** Bytes, and numbers of 1 to 8 bytes in both orders. */
		BYTES
}
