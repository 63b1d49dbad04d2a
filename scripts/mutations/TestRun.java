import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Arrays;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs test classes, or single methods written as {@code Class#method}, until one fails. The last line that it prints
 * begins with {@code passed} and the number of tests, or is {@code failed}, the test, the class of what it threw and the
 * message, separated by tabs.
 */
final class TestRun implements TestExecutionListener {

	private int passed;

	private TestRun() {}

	/** @param tests full names */
	public static void main(final String[] tests) {
		final LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request().selectors(Arrays.stream(tests)
			.map(t -> t.contains("#") ? DiscoverySelectors.selectMethod(t) : selectClass(t)).toList()).build();
		final TestRun run = new TestRun();
		LauncherFactory.create().execute(request, run);
		System.out.println("\npassed\t" + run.passed);
		end(run.passed > 0 ? 0 : 1);
	}

	@Override
	public void executionFinished(final TestIdentifier test, final TestExecutionResult result) {
		if (result.getStatus() == TestExecutionResult.Status.SUCCESSFUL) {
			if (test.isTest()) passed++;
			return;
		}
		final Throwable why = result.getThrowable().orElseGet(() -> new IllegalStateException("aborted"));
		System.out.println("\nfailed\t" + name(test) + "\t" + kind(why) + "\t" + String.valueOf(why.getMessage()).replaceAll(
			"\\s+", " "));
		// One failure decides; the other tests would only take time.
		end(1);
	}

	@Override
	public void testPlanExecutionFinished(final TestPlan plan) {
		System.out.flush();
	}

	private static String name(final TestIdentifier test) {
		return test.getSource().filter(MethodSource.class::isInstance).map(MethodSource.class::cast).map(s -> s
			.getClassName().replaceAll(".*\\.", "") + "." + s.getMethodName()).orElse(test.getDisplayName());
	}

	private static String kind(final Throwable why) {
		return why instanceof AssertionError ? "assertion" : why.getClass().getSimpleName();
	}

	private static void end(final int status) {
		System.out.flush();
		// Native threads need not be waited for.
		Runtime.getRuntime().halt(status);
	}
}
