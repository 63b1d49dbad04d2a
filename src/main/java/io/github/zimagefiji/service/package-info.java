/**
 * What commands, scripts and other plugins call in Fiji: the model that is loaded, the queue of
 * runs, progress.
 */

package io.github.zimagefiji.service;
