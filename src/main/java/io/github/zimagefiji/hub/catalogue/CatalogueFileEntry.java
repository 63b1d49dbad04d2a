
package io.github.zimagefiji.hub.catalogue;

/**
 * A file that the catalogue knows.
 *
 * @param path relative to the repository, with slashes
 * @param bytes its size; null if it is not known
 * @param sha256 64 lower-case hexadecimal digits; null if it is not known
 */
public record CatalogueFileEntry(String path, Long bytes, String sha256) {}
