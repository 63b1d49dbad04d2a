
/**
 * What can be done with models on this disk: check, combine, import, narrow, remove.
 */

package io.github.zimagefiji.hub.maintenance;
