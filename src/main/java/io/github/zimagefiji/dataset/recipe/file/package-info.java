
/**
 * Recipes as YAML and JSON, read and written.
 */

package io.github.zimagefiji.dataset.recipe.file;
