
package io.github.zimagefiji.spark;

import java.io.Serializable;

/**
 * What a task tells the driver.
 *
 * @param worker name of the worker's machine
 * @param machine what the item was made on; null if it was not made
 * @param refusal the sentence that says why no attempt can succeed until the user has changed
 *          something; null if it was made
 */
record ItemReport(String worker, String machine, String refusal) implements Serializable {}
