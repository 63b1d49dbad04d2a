
package io.github.zimagefiji.engine.library;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.NOPLogger;

import ai.djl.util.cuda.CudaUtils;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.ContextInitializer;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.read.ListAppender;

/**
 * What DJL writes with Fiji's logging: Logback, which without a configuration writes everything
 * from DEBUG on.
 */
class DjlLoggingTest {

	private static final String ENGINE = "ai.djl.pytorch.engine.PtEngine";

	private final LoggerContext logging = (LoggerContext) LoggerFactory.getILoggerFactory();
	private final ListAppender<ILoggingEvent> written = new ListAppender<>();

	@BeforeEach
	void start() {
		logging.reset();
		written.setContext(logging);
		written.start();
		final Logger root = logging.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
		root.setLevel(Level.DEBUG);
		root.addAppender(written);
	}

	@AfterEach
	void stop() throws JoranException {
		logging.reset();
		new ContextInitializer(logging).autoConfig();
	}

	private List<String> written() {
		return written.list.stream().map(ILoggingEvent::getMessage).toList();
	}

	@Test
	void doesNotOpenTheConsoleAtItsStart() {
		DjlLogging.quieten();
		logging.getLogger(ENGINE).info("Number of inter-op threads is 1");
		logging.getLogger(CudaUtils.class).warn("Failed to detect GPU count");
		assertEquals(List.of(), written());
	}

	@Test
	void warnsAndFailsAloud() {
		DjlLogging.quieten();
		logging.getLogger(ENGINE).warn("warning");
		logging.getLogger(CudaUtils.class).error("error");
		logging.getLogger("org.other.Plugin").debug("of others");
		assertEquals(List.of("warning", "error", "of others"), written());
	}

	@Test
	void saysWhatTheUserHasAskedFor() {
		logging.getLogger("ai.djl").setLevel(Level.DEBUG);
		DjlLogging.quieten();
		logging.getLogger(ENGINE).debug("asked for");
		assertEquals(List.of("asked for"), written());
	}

	@Test
	void isLeftAloneInOtherWaysOfLogging() {
		assertDoesNotThrow(() -> DjlLogging.quieten(name -> NOPLogger.NOP_LOGGER));
	}
}
