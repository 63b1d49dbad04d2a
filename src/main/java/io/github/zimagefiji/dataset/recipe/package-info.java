/**
 * What a dataset is to be: a recipe as plain data, its YAML text, and a builder.
 */

package io.github.zimagefiji.dataset.recipe;
