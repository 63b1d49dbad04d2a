/**
 * What is here, whether it works, and what is wrong, in a form for people who help.
 */

package io.github.zimagefiji.hub.diagnosis;
