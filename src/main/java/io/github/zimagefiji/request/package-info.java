
/**
 * What can be asked for: one record for each kind of request, with the values that all have in
 * common.
 */

@NullMarked
package io.github.zimagefiji.request;

import org.jspecify.annotations.NullMarked;
