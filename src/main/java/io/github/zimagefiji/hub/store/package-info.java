
/**
 * Models on this disk: folders, manifests, locks, and files that are not complete yet.
 */

package io.github.zimagefiji.hub.store;
