
package io.github.zimagefiji.engine.library;

import java.util.function.Function;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.zimagefiji.engine.ComputeDevice;

/**
 * How much DJL writes to the log. Fiji's logging is Logback, which writes all that is not mere
 * detail to the console; so the first run of a session would open a window with reports of DJL's
 * start, and with warnings that a computer without an NVIDIA driver has none.
 */
final class DjlLogging {

	private static final String DJL = "ai.djl";

	/**
	 * Counts GPUs also where the library in use has no use for them; whether one can be used is said
	 * by {@link ComputeDevice}.
	 */
	private static final String GPUS = "ai.djl.util.cuda.CudaUtils";

	private DjlLogging() {
		// only quieten()
	}

	/**
	 * Leaves warnings, and errors in the search for GPUs, unless the user has said otherwise. Other
	 * ways of logging are as they were set up.
	 */
	static void quieten() {
		quieten(LoggerFactory::getLogger);
	}

	/** @param loggers gives a logger by its name */
	static void quieten(final Function<String, Logger> loggers) {
		setLevel(loggers.apply(DJL), "WARN");
		setLevel(loggers.apply(GPUS), "ERROR");
	}

	/**
	 * The interface to logging cannot set levels, and this plugin does not bring Logback along.
	 */
	private static void setLevel(final Logger logger, final String level) {
		try {
			final Class<?> levels =
				Class.forName("ch.qos.logback.classic.Level", true, logger.getClass().getClassLoader());
			final Class<?> type = logger.getClass();
			if (type.getMethod("getLevel").invoke(logger) == null)
				type.getMethod("setLevel", levels).invoke(logger, levels.getField(level).get(null));
		}
		catch (final ReflectiveOperationException e) {
			// not Logback
		}
	}
}
