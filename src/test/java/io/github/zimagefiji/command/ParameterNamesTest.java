
package io.github.zimagefiji.command;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scijava.Context;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.module.Module;
import org.scijava.module.ModuleException;
import org.scijava.module.ModuleItem;
import org.scijava.service.Service;

/**
 * Every command can be recorded as a macro and played again. ImageJ's parser takes a key wherever
 * it stands after something that is no letter: with
 * {@code negative_prompt=[blurry] prompt=[a cell]}, the prompt would be "blurry".
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ParameterNamesTest {

	private Context context;

	@BeforeAll
	void startScijava() {
		context = new Context(CommandService.class);
	}

	@AfterAll
	void stop() {
		context.dispose();
	}

	List<CommandInfo> commands() {
		final String ours = TextToImage.class.getPackageName() + ".";
		final List<CommandInfo> found = context.service(CommandService.class).getCommands().stream()
			.filter(info -> info.getDelegateClassName().startsWith(ours)).toList();
		assertTrue(found.stream()
			.anyMatch(info -> info.getDelegateClassName().equals(TextToImage.class.getName())));
		return found;
	}

	@ParameterizedTest
	@MethodSource("commands")
	void areLowerCaseAndNeverTheEndOfAnother(final CommandInfo command) {
		final List<String> names = new ArrayList<>();
		command.inputs().forEach(item -> names.add(item.getName()));
		command.outputs().forEach(item -> names.add(item.getName()));
		for (final String name : names) {
			assertTrue(name.matches("[a-z][a-z0-9_]*"), name);
			for (final String other : names) {
				assertFalse(other.endsWith("_" + name), name + " would be found in " + other);
			}
		}
	}

	/** Fiji's dialogs cannot show null, which SciJava makes of an empty text. */
	@ParameterizedTest
	@MethodSource("commands")
	void haveChoicesThatADialogCanShow(final CommandInfo command) throws ModuleException {
		final Module module = command.createModule();
		for (final ModuleItem<?> item : command.inputs()) {
			final List<?> choices = item.getChoices();
			if (choices == null || choices.isEmpty()) continue;
			for (final Object choice : choices) {
				assertTrue(choice != null && !choice.toString().isBlank(),
					item.getName() + " has an empty choice: " + choices);
			}
			assertTrue(choices.contains(module.getInput(item.getName())),
				item.getName() + " does not begin with one of its choices: " + choices);
		}
	}

	@ParameterizedTest
	@MethodSource("commands")
	void areExplained(final CommandInfo command) {
		assertTrue(command.isValid(), () -> command.getProblems().toString());
		assertTrue(command.canRunHeadless(), "must run without a screen");
		assertTrue(command.getMenuPath().getMenuString().startsWith("Plugins > Z-Image > "),
			command.getMenuPath().getMenuString());
		for (final ModuleItem<?> item : command.inputs()) {
			if (Service.class.isAssignableFrom(item.getType()) || item.getType() == Context.class)
				continue;
			assertTrue(item.getLabel() != null && !item.getLabel().isBlank(), item.getName());
			assertTrue(item.getDescription() != null && !item.getDescription().isBlank(), item.getName());
		}
	}
}
