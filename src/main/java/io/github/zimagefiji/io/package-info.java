
/**
 * Files and folders: whole or not at all, caches, SHA-256, and the reasons of the system in words.
 */

@NullMarked
package io.github.zimagefiji.io;

import org.jspecify.annotations.NullMarked;
