/**
 * The entries of Fiji's menu <i>Plugins &gt; Z-Image</i>: parameters, messages, a call of the
 * service, an output. Names of parameters are lower-case with underscores because they are also the
 * keys of recorded macros.
 */

package io.github.zimagefiji.command;
