package io.github.zimagefiji.cli;

import java.io.PrintWriter;

/**
 * Where one call of the program writes to, and how it is stopped.
 *
 * @param out what was asked for
 * @param err progress, warnings and errors
 * @param terminal whether {@code err} is a terminal, where a line can be written over
 * @param cancellation tells whether to stop
 */
record Session(PrintWriter out, PrintWriter err, boolean terminal, Cancellation cancellation) {}
