
/**
 * What can go wrong, as exceptions whose message is a sentence for the user.
 */

package io.github.zimagefiji.error;
