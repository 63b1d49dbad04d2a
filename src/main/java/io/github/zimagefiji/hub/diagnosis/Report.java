
package io.github.zimagefiji.hub.diagnosis;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Findings as Markdown to paste into a forum: without the name of the user, which paths would tell.
 */
public final class Report {

	private final Pattern home;
	private final Pattern user;

	/** A report of this user. */
	public Report() {
		this(System.getProperty("user.home"), System.getProperty("user.name"));
	}

	Report(final String home, final String user) {
		this.home = Pattern.compile(Pattern.quote(home) + "(?![^/\\\\\\s:;,)\"'.])");
		this.user = Pattern.compile("(?<=[/\\\\])" + Pattern.quote(user) + "(?![^/\\\\\\s:;,)\"'.])");
	}

	/** The line that a report begins with. */
	public String heading() {
		return "### Z-Image diagnostics\n";
	}

	/** One item of the list. */
	public String line(final Finding finding) {
		final String verdict = switch (finding.verdict()) {
			case GOOD -> "";
			case NOTE -> "(note) ";
			case WRONG -> "**WRONG** ";
		};
		return "- " + verdict + finding.topic() + ": " +
			withoutNames(finding.text()).replaceAll("\\R", " ").strip();
	}

	/** The line that a report ends with. */
	public String verdict(final List<Finding> findings) {
		final long wrong = wrong(findings);
		return "\n" + (wrong == 0 ? "Nothing is wrong."
			: wrong == 1 ? "1 thing is wrong." : wrong + " things are wrong.");
	}

	/** The whole. */
	public String text(final List<Finding> findings) {
		final StringBuilder text = new StringBuilder(heading()).append('\n');
		findings.forEach(finding -> text.append(line(finding)).append('\n'));
		return text.append(verdict(findings)).append('\n').toString();
	}

	/** How many findings say that something is wrong. */
	public static long wrong(final List<Finding> findings) {
		return findings.stream().filter(finding -> finding.verdict() == Finding.Verdict.WRONG).count();
	}

	private String withoutNames(final String text) {
		final String short1 = home.matcher(text).replaceAll(Matcher.quoteReplacement("~"));
		return user.matcher(short1).replaceAll("USER");
	}
}
