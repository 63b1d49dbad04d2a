/**
 * Label scenes: drawn from seeds, the same on every machine; their plain rendering; and a camera's
 * model.
 */

package io.github.zimagefiji.dataset.scene;
