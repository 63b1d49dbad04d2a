
/**
 * What can go wrong, as exceptions whose message is a sentence for the user.
 */

@NullMarked
package io.github.zimagefiji.error;

import org.jspecify.annotations.NullMarked;
