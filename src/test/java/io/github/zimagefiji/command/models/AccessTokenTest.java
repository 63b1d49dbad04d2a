
package io.github.zimagefiji.command.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.command.Command;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;
import org.scijava.log.LogService;
import org.scijava.module.ModuleService;
import org.scijava.prefs.PrefService;

import io.github.zimagefiji.command.scijava.MacroKeys;
import io.github.zimagefiji.command.scijava.MacroRecorder;
import io.github.zimagefiji.hub.source.ModelHost;
import io.github.zimagefiji.hub.store.Shelf;
import io.github.zimagefiji.service.PreferredTokens;

/** Where a person's token goes, and where it does not. */
class AccessTokenTest {

	private static final String TOKEN = "hf_verySecretToken";

	@TempDir
	private Path folder;

	private Context context;
	private Shelf shelf;

	@BeforeEach
	void start() throws IOException {
		context = new Context();
		context.service(PrefService.class).clearAll();
		shelf = new Shelf(folder);
	}

	@AfterEach
	void stop() {
		context.service(PrefService.class).clearAll();
		context.dispose();
		shelf.close();
	}

	private CommandModule run(final Class<? extends Command> command,
		final Map<String, Object> inputs) throws Exception
	{
		return context.service(CommandService.class).run(command, true, inputs).get();
	}

	private Optional<String> kept(final ModelHost host) {
		return new PreferredTokens(context.service(PrefService.class)).tokenFor(host);
	}

	/** The catalogue of the test calls a computer Hugging Face that is not. */
	@Test
	void isSentToNoOtherHostAndFoundInNoFileNoLogAndNoInput() throws Exception {
		final List<String> log = new CopyOnWriteArrayList<>();
		context.service(LogService.class).addLogListener(message -> log.add(message.text()));
		final CommandModule module =
			run(AccessToken.class, Map.of("host", "huggingface", "token", TOKEN));
		assertEquals("", module.getInput("token"));
		assertEquals(Optional.of(TOKEN), kept(ModelHost.HUGGING_FACE));
		assertEquals(Optional.empty(), kept(ModelHost.MODELSCOPE));
		run(DownloadModel.class, Map.of("model", new CatalogueName(Shelf.NAME), "models_folder",
			shelf.models().toFile(), "accept_license", true));
		assertTrue(
			shelf.host().asked().size() > 5 &&
				shelf.host().asked().stream().allMatch(each -> each.authorization() == null),
			shelf.host().asked().toString());
		assertTrue(log.stream().anyMatch(line -> line.contains(Shelf.NAME)), log.toString());
		assertFalse(log.toString().contains(TOKEN));
		try (Stream<Path> files = Files.walk(shelf.models())) {
			for (final Path each : files.filter(Files::isRegularFile).toList()) {
				assertFalse(
					new String(Files.readAllBytes(each), StandardCharsets.ISO_8859_1).contains(TOKEN),
					each.toString());
			}
		}
	}

	@Test
	void anEmptyOneTakesItAway() throws Exception {
		run(AccessToken.class, Map.of("host", "modelscope", "token", " " + TOKEN + "\n"));
		assertEquals(Optional.of(TOKEN), kept(ModelHost.MODELSCOPE));
		run(AccessToken.class, Map.of("host", "modelscope", "token", ""));
		assertEquals(Optional.empty(), kept(ModelHost.MODELSCOPE));
	}

	@Test
	void anUnknownHostIsRefused() {
		final Exception failure = assertThrows(ExecutionException.class,
			() -> run(AccessToken.class, Map.of("host", "gitlab", "token", TOKEN)));
		assertFalse(failure.getMessage().contains(TOKEN), failure.getMessage());
	}

	@Test
	void noMacroCanGiveItAndNoRecorderWritesIt() {
		final CommandInfo info = context.service(CommandService.class).getCommand(AccessToken.class);
		assertEquals(Map.of(), MacroKeys.of(context.service(ModuleService.class).createModule(info)));
		assertTrue(info.is(MacroRecorder.NOT_BY_FIJI));
		assertFalse(info.is(MacroRecorder.ATTRIBUTE));
	}
}
