
/**
 * Menu commands for models, the native library, the access token and diagnostics.
 */

package io.github.zimagefiji.command.models;
