
/**
 * What a model on disk is: a folder in the layout of Hugging Face, or a combination of files.
 */

package io.github.zimagefiji.model.folder;
