/**
 * The values that a request is made of, each said once: name, type, default, range, help, and where
 * it stands in the request. Scripts, the command line, dialogs and provenance read this table.
 */

package io.github.zimagefiji.request.setting;
