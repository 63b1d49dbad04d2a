
/**
 * The contracts of the plugin: {@link io.github.zimagefiji.Host} makes images of a request, reports
 * to a {@link io.github.zimagefiji.Progress}, and gives results with their provenance.
 */

@NullMarked
package io.github.zimagefiji;

import org.jspecify.annotations.NullMarked;
