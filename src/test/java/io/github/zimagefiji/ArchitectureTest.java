
package io.github.zimagefiji;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.tools.ToolProvider;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/** The picture and the table of docs/architecture.md show the packages of the code. */
class ArchitectureTest {

	private static final String ROOT = "io.github.zimagefiji";
	private static final Path SCRIPT = Path.of("scripts/architecture/Architecture.java");
	private static final Path PICTURE = Path.of("docs/images/architecture.svg");
	private static final Path PAGE = Path.of("docs/architecture.md");

	/** Below the root package, which is "root". */
	private static Set<String> packages;

	@BeforeAll
	static void read() {
		packages = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
			.importPackages(ROOT).stream().map(JavaClass::getPackageName).filter(name -> classesIn(name))
			.map(name -> name.substring(ROOT.length()))
			.map(name -> name.isEmpty() ? "root" : name.substring(1))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	/** A package that has only a package-info.java is none. */
	private static boolean classesIn(final String name) {
		try (Stream<Path> files = Files.list(Path.of("src/main/java", name.split("\\.")))) {
			return files
				.anyMatch(file -> file.toString().endsWith(".java") && !file.endsWith("package-info.java"));
		}
		catch (final IOException e) {
			return false;
		}
	}

	@Test
	void thePictureShowsEveryPackage() throws IOException {
		assertEquals(packages,
			Pattern.compile("data-package='([^']*)'").matcher(Files.readString(PICTURE)).results()
				.map(found -> found.group(1)).collect(Collectors.toCollection(TreeSet::new)));
	}

	@Test
	void thePictureIsWhatItsScriptMakesOfTheCode(@TempDir final Path folder) throws Exception {
		assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, "-proc:none", "-d",
			folder.toString(), SCRIPT.toString()));
		try (URLClassLoader loader = new URLClassLoader(new URL[] { folder.toUri().toURL() })) {
			final Object drawn = loader.loadClass("Architecture").getMethod("draw", Path.class)
				.invoke(null, Path.of("target/classes"));
			assertEquals(Files.readString(PICTURE), drawn,
				"java " + SCRIPT + " draws the picture anew; commit what it wrote");
		}
	}

	/** A row begins with packages of the top; it names those below as ".name". */
	@Test
	void theTableNamesEveryPackageOnce() throws IOException {
		final Set<String> named = new TreeSet<>();
		for (final String line : Files.readAllLines(PAGE)) {
			if (!line.matches("\\| `.*")) continue;
			final String first = line.split("\\|")[1];
			final Set<String> below = names(line, "\\.[\\w.]+");
			for (final String head : names(first, "\\w+")) {
				named.add(head);
				below.stream().map(name -> head + name).filter(packages::contains).forEach(named::add);
			}
			below.removeIf(
				name -> names(first, "\\w+").stream().anyMatch(head -> packages.contains(head + name)));
			assertEquals(Set.of(), below, line);
		}
		named.removeIf(name -> !packages.contains(name) &&
			packages.stream().anyMatch(each -> each.startsWith(name + ".")));
		assertEquals(packages, named);
	}

	private static Set<String> names(final String text, final String name) {
		return Pattern.compile("`(" + name + ")`").matcher(text).results().map(found -> found.group(1))
			.collect(Collectors.toCollection(TreeSet::new));
	}
}
