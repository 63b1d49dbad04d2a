
/**
 * Hosts of models over HTTP: addresses, listings, tokens, errors and retries.
 */

package io.github.zimagefiji.hub.source;
