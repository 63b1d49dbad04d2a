
package io.github.zimagefiji.scripting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scijava.script.ScriptModule;
import org.scijava.util.FileUtils;

import io.github.zimagefiji.ChildJvm;
import io.github.zimagefiji.host.PatchedImageJ;

/**
 * Every template runs in every language with the built-in model, and what it makes is what it
 * promises.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
@Tag("process")
class ScriptTemplatesTest {

	@TempDir
	private Path folder;

	@Test
	void theScriptEditorFindsEveryTemplateInEveryLanguage() {
		final TreeSet<String> expected = new TreeSet<>();
		for (final Template template : Template.values()) {
			for (final String language : Template.LANGUAGES)
				expected.add(template.path(language));
		}
		assertEquals(expected,
			new TreeSet<>(FileUtils.findResources(null, Template.FOLDER, null).keySet()));
	}

	/** Each in one language; the headless process runs the other languages. */
	@ParameterizedTest
	@ValueSource(strings = { "groovy", "py" })
	void templatesRunInThisProcess(final String language) throws Exception {
		try (Scripts scripts = new Scripts()) {
			for (final Template template : Template.values()) {
				if (!language.equals(languageHere(template))) continue;
				final Path output = Files.createDirectories(output(template, language));
				final ScriptModule script =
					scripts.run(template.file(language), template.prepare(language, output));
				ScriptProcess.saveImages(script, output);
				template.check(language, output);
			}
		}
	}

	private static String languageHere(final Template template) {
		return template.ordinal() % 2 == 0 ? "groovy" : "py";
	}

	@ParameterizedTest
	@ValueSource(strings = { "groovy", "py" })
	void aBatchThatIsRunAgainWritesOnlyWhatIsMissing(final String language) throws Exception {
		try (Scripts scripts = new Scripts()) {
			final Map<String, Object> inputs = Template.PROMPTS.prepare(language, folder);
			assertEquals(2, scripts.run(Template.PROMPTS.file(language), inputs).getOutput("written"));
			Files.delete(folder.resolve("images/line-0003-seed-1.png"));
			assertEquals(1, scripts.run(Template.PROMPTS.file(language), inputs).getOutput("written"));
			assertEquals(0, scripts.run(Template.PROMPTS.file(language), inputs).getOutput("written"));
			Template.PROMPTS.check(language, folder);
		}
	}

	/** Measurements in every language, to compare them. */
	private static boolean runsHeadless(final Template template, final String language) {
		return template == Template.MEASURE || !language.equals(languageHere(template));
	}

	@Test
	void templatesRunInAHeadlessProcessAndAgreeAcrossLanguages() throws Exception {
		final List<String> arguments = new ArrayList<>();
		for (final String language : Template.LANGUAGES) {
			for (final Template template : Template.values()) {
				if (!runsHeadless(template, language)) continue;
				final Path output = Files.createDirectories(output(template, language));
				arguments
					.addAll(List.of("--script", template.file(language).toString(), output.toString()));
				template.prepare(language, output)
					.forEach((name, value) -> arguments.add(name + "=" + value));
			}
		}
		run(arguments);
		for (final String language : Template.LANGUAGES) {
			for (final Template template : Template.values()) {
				if (runsHeadless(template, language)) template.check(language, output(template, language));
			}
			assertEquals(table("groovy"), table(language));
		}
	}

	private Path output(final Template template, final String language) {
		return folder.resolve(template.name() + "-" + language);
	}

	private String table(final String language) throws IOException {
		return Files.readString(output(Template.MEASURE, language).resolve("objects.csv"));
	}

	private void run(final List<String> arguments) throws IOException, InterruptedException {
		final List<String> command = ChildJvm.java(
			List.of("-Xmx512m", "-Djava.awt.headless=true",
				"-Djava.util.prefs.userRoot=" + folder.resolve("prefs"), PatchedImageJ.option()),
			PatchedImageJ.classPath(true), ScriptProcess.class, arguments.toArray(String[]::new));
		final Path log = folder.resolve("log.txt");
		final ProcessBuilder builder =
			new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
		builder.environment().remove("DISPLAY");
		final Process process = builder.start();
		try {
			assertTrue(process.waitFor(10, TimeUnit.MINUTES),
				() -> "The process did not end:\n" + read(log));
			assertEquals(0, process.exitValue(), () -> read(log));
		}
		finally {
			process.destroyForcibly();
		}
	}

	private static String read(final Path log) {
		try {
			return Files.readString(log);
		}
		catch (final IOException e) {
			return e.toString();
		}
	}
}
