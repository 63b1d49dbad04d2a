/**
 * Scripts as Fiji runs them: the templates and the examples of the docs in Groovy, Jython and the
 * macro language, in this process and in a headless one of their own. The script languages are
 * Fiji's; here they are put together from the libraries that Fiji's are made of.
 */

package io.github.zimagefiji.scripting;
