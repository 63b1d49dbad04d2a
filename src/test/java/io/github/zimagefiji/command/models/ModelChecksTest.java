
package io.github.zimagefiji.command.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.command.Command;
import org.scijava.command.CommandService;
import org.scijava.module.Module;
import org.scijava.module.ModuleService;

import io.github.zimagefiji.command.scijava.DialogOrder;
import io.github.zimagefiji.golden.Golden;
import io.github.zimagefiji.hub.HubModels;

/**
 * What the commands about models and the engine find wrong before their dialogs let the values go.
 */
class ModelChecksTest {

	@TempDir
	private Path models;

	private Context context;

	@BeforeEach
	void start() {
		context = new Context();
	}

	@AfterEach
	void stop() {
		context.dispose();
	}

	private Module module(final Class<? extends Command> command) {
		final Module module = context.service(ModuleService.class)
			.createModule(context.service(CommandService.class).getCommand(command));
		module.setInput("models_folder", models.toFile());
		return module;
	}

	/** What a dialog would say. */
	private static String problem(final Module module, final String name, final Object value) {
		module.setInput(name, value);
		return DialogOrder.problem(module, List.of(), new HashSet<>());
	}

	private static void assertSaid(final String words, final String problem) {
		assertTrue(problem.contains(words), problem);
	}

	@Test
	void aFolderOfModelsThatIsNotThere() {
		for (final Class<? extends Command> command : List.of(ListModels.class, VerifyModel.class,
			NarrowModel.class, RemoveModel.class))
		{
			assertSaid("There is no folder",
				problem(module(command), "models_folder", models.resolve("absent").toFile()));
		}
	}

	@Test
	void aFileInPlaceOfAFolderOfModels() throws IOException {
		final Path file = Files.writeString(models.resolve("file"), "");
		final Module module = module(DownloadModel.class);
		module.setInput("model", new CatalogueName("Z-Image-Turbo"));
		assertSaid(file + " is a file", problem(module, "models_folder", file.toFile()));
		assertEquals("", problem(module, "models_folder", models.toFile()));
	}

	@Test
	void aModelThatIsInAnotherFolder() throws IOException {
		HubModels.copy(models.resolve("here"));
		for (final Class<? extends Command> command : List.of(VerifyModel.class, NarrowModel.class,
			RemoveModel.class))
		{
			final Module module = module(command);
			assertSaid("There is no model \"gone\"", problem(module, "model", new StoredName("gone")));
			assertEquals("", problem(module, "model", new StoredName("here")));
		}
	}

	@Test
	void aFolderThatIsNoModel() throws IOException {
		final Module module = module(ImportModel.class);
		final Path folder = Files.createDirectories(models.resolve("pictures"));
		assertSaid("pictures", problem(module, "source", folder.toFile()));
		assertEquals("", problem(module, "source", Golden.model().toFile()));
	}

	@Test
	void partsThatDoNotFitAndANameThatIsTaken() throws IOException {
		final Module module = module(CombineModel.class);
		assertSaid("Give the model a name", problem(module, "variant", "turbo"));
		module.setInput("name", "mine");
		for (final String part : List.of("transformer", "text_encoder", "vae", "tokenizer")) {
			module.setInput(part, Golden.model().toFile());
		}
		assertEquals("", problem(module, "variant", "turbo"));
		assertSaid("tokenizer", problem(module, "vae", Golden.model().resolve("tokenizer").toFile()));
		Files.createDirectories(models.resolve("mine"));
		assertSaid("already", problem(module, "vae", Golden.model().toFile()));
	}
}
