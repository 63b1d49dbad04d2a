
package io.github.zimagefiji;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

/**
 * The package table of docs/architecture.md: who may use whom, and who knows which library.
 */
class PackageTableTest {

	private static final String ROOT = "io.github.zimagefiji";

	/**
	 * From the top of the house to its ground; command and cli stand side by side.
	 */
	private static final List<String> FLOORS = List.of("service", "dataset", "hub", "image",
		"provenance", "pipeline", "model", "weights", "engine", "request", "fields", "io", "error");
	private static final int MOST_CLASSES = 25;

	/** Packages whose nulls are not stated yet; a new one is not among them. */
	private static final Set<String> UNMARKED = Set.of("cli", "cli.dataset", "cli.generate",
		"cli.models", "cli.program", "command", "command.common", "command.dataset", "command.models",
		"command.scijava", "dataset", "dataset.folder", "dataset.output", "dataset.plan",
		"dataset.quality", "dataset.recipe", "dataset.recipe.file", "dataset.scene", "engine.text",
		"fields", "hub.builtin", "hub.catalogue", "hub.diagnosis", "hub.library", "hub.maintenance",
		"hub.source", "hub.store", "hub.transfer", "image", "image.file", "image.file.common",
		"image.file.tiff", "image.png", "image.source", "model", "model.folder", "model.transformer",
		"pipeline", "pipeline.host", "pipeline.kind", "pipeline.sampling", "provenance",
		"request.setting", "service", "weights", "weights.loaded", "weights.lora");

	private static JavaClasses product;

	@BeforeAll
	static void read() {
		product = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
			.importPackages(ROOT);
		assertTrue(product.size() > 50, "classes found: " + product.size());
	}

	@Test
	void everyPackageUsesOnlyThoseBelowIt() {
		Architectures.LayeredArchitecture floors = Architectures.layeredArchitecture()
			.consideringOnlyDependenciesInLayers().withOptionalLayers(true).layer("command")
			.definedBy(ROOT + ".command..").layer("cli").definedBy(ROOT + ".cli..");
		for (final String floor : FLOORS) {
			floors = floors.layer(floor).definedBy(ROOT + "." + floor + "..");
		}
		for (int i = 0; i < FLOORS.size(); i++) {
			final Object[] above = FLOORS.subList(0, i).toArray();
			final String[] allowed = Arrays.copyOf(above, above.length + 2, String[].class);
			allowed[above.length] = "command";
			allowed[above.length + 1] = "cli";
			floors = floors.whereLayer(FLOORS.get(i)).mayOnlyBeAccessedByLayers(allowed);
		}
		floors.whereLayer("command").mayNotBeAccessedByAnyLayer().whereLayer("cli")
			.mayNotBeAccessedByAnyLayer().check(product);
	}

	@Test
	void theRootHoldsContractsThatUseOnlyRequestsAndErrors() {
		classes()
			.that().resideInAPackage(ROOT).should().onlyDependOnClassesThat().resideInAnyPackage(ROOT,
				ROOT + ".request", ROOT + ".io", ROOT + ".error", "java..", "org.jspecify..")
			.check(product);
	}

	@Test
	void noPackagesUseEachOther() {
		SlicesRuleDefinition.slices().assignedFrom(new SliceAssignment() {

			@Override
			public SliceIdentifier getIdentifierOf(final JavaClass each) {
				return SliceIdentifier.of(each.getPackageName());
			}

			@Override
			public String getDescription() {
				return "packages";
			}
		}).should().beFreeOfCycles().check(product);
	}

	@Test
	void noPackageIsLargerThanANewcomerCanRead() {
		final Map<String, Long> sizes = product.stream().filter(JavaClass::isTopLevelClass)
			.filter(each -> !each.getSimpleName().equals("package-info"))
			.collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
		sizes.values().removeIf(size -> size <= MOST_CLASSES);
		assertEquals(Map.of(), sizes, "packages of more than " + MOST_CLASSES + " classes");
	}

	@Test
	void everyPackageIsNullMarked() {
		final Set<String> missing = new TreeSet<>();
		product.forEach(each -> missing.add(each.getPackageName()));
		product.stream().filter(each -> each.isAnnotatedWith("org.jspecify.annotations.NullMarked"))
			.forEach(each -> missing.remove(each.getPackageName()));
		assertEquals(UNMARKED.stream().map(name -> ROOT + "." + name)
			.collect(Collectors.toCollection(TreeSet::new)), missing, "packages without @NullMarked");
	}

	@Test
	void everyClassHasAFloor() {
		final String[] known = new String[FLOORS.size() + 3];
		for (int i = 0; i < FLOORS.size(); i++) {
			known[i] = ROOT + "." + FLOORS.get(i) + "..";
		}
		known[FLOORS.size()] = ROOT + ".command..";
		known[FLOORS.size() + 1] = ROOT + ".cli..";
		known[FLOORS.size() + 2] = ROOT;
		classes().should().resideInAnyPackage(known).check(product);
	}

	@Test
	void onlyTheEngineKnowsDjl() {
		onlyIn("ai.djl..", "engine");
	}

	@Test
	void onlyCommandsKnowSciJavaParametersAndOnlyServicesAndCommandsKnowSciJava() {
		noClasses().that().resideOutsideOfPackages(ROOT + ".command..", ROOT + ".service..").should()
			.dependOnClassesThat().resideInAPackage("org.scijava..").check(product);
		noClasses().that().resideOutsideOfPackages(ROOT + ".command..", ROOT + ".service..").should()
			.beAnnotatedWith("org.scijava.plugin.Parameter").check(product);
	}

	@Test
	void onlyTheCommandLineKnowsPicocli() {
		onlyIn("picocli..", "cli");
	}

	@Test
	void imageJIsKnownToImagesAndToWhatStandsAboveThem() {
		noClasses().that()
			.resideInAnyPackage(ROOT, ROOT + ".pipeline..", ROOT + ".model..", ROOT + ".weights..",
				ROOT + ".engine..", ROOT + ".hub..", ROOT + ".cli..")
			.should().dependOnClassesThat().resideInAPackage("ij..").check(product);
	}

	@Test
	void imgLib2IsNotNeededToSample() {
		noClasses().that()
			.resideInAnyPackage(ROOT + ".pipeline..", ROOT + ".model..", ROOT + ".weights..",
				ROOT + ".engine..", ROOT + ".hub..")
			.should().dependOnClassesThat().resideInAPackage("net.imglib2..").check(product);
	}

	private static void onlyIn(final String library, final String floor) {
		noClasses().that().resideOutsideOfPackage(ROOT + "." + floor + "..").should()
			.dependOnClassesThat().resideInAPackage(library).check(product);
	}
}
