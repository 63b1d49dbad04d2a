
package io.github.zimagefiji.command.common;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scijava.Cancelable;
import org.scijava.Context;
import org.scijava.command.Command;
import org.scijava.command.CommandService;
import org.scijava.module.Module;
import org.scijava.module.ModuleRunner;
import org.scijava.module.ModuleService;
import org.scijava.module.process.PostprocessorPlugin;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.PluginService;
import org.scijava.prefs.PrefService;

import ij.ImagePlus;
import ij.Macro;
import io.github.zimagefiji.command.TextToImage;
import io.github.zimagefiji.command.models.CombineModel;
import io.github.zimagefiji.command.models.DownloadModel;
import io.github.zimagefiji.command.models.ImportModel;
import io.github.zimagefiji.command.models.ListModels;
import io.github.zimagefiji.command.models.NarrowModel;
import io.github.zimagefiji.command.models.RemoveModel;
import io.github.zimagefiji.command.models.VerifyModel;
import io.github.zimagefiji.command.scijava.MacroRecorder;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.golden.Golden;
import io.github.zimagefiji.hub.HubModels;
import io.github.zimagefiji.hub.store.ModelsFolder;
import io.github.zimagefiji.hub.store.Shelf;
import io.github.zimagefiji.pipeline.ComfyFiles;

/**
 * The commands about models as macros run them, against a real site on the loopback.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@Tag("engine")
class ModelCommandsTest {

	@TempDir
	private Path folder;

	private Shelf shelf;
	private Context context;

	@BeforeEach
	void start() throws IOException {
		shelf = new Shelf(folder);
		System.setProperty(ModelsFolder.PROPERTY, shelf.models().toString());
		context = new Context();
		context.service(PrefService.class).clearAll();
	}

	@AfterEach
	void stop() {
		context.dispose();
		System.clearProperty(ModelsFolder.PROPERTY);
		shelf.close();
	}

	private Module module(final Class<? extends Command> command) {
		return context.service(ModuleService.class)
			.createModule(context.service(CommandService.class).getCommand(command));
	}

	/** Runs a command on a thread as ImageJ runs macros. */
	private FutureTask<Module> begin(final Module module, final String options) {
		final FutureTask<Module> task = new FutureTask<>(() -> {
			Macro.setOptions(options);
			final PluginService plugins = context.service(PluginService.class);
			new ModuleRunner(context, module, plugins.createInstancesOfType(PreprocessorPlugin.class),
				plugins.createInstancesOfType(PostprocessorPlugin.class)).run();
			return module;
		});
		new Thread(task, "Run$_ModelCommandsTest").start();
		return task;
	}

	private Module macro(final Class<? extends Command> command, final String options)
		throws Exception
	{
		return begin(module(command), options).get();
	}

	private void fails(final Class<? extends Command> command, final String options,
		final Object... parts)
	{
		Throwable failure = assertThrows(ExecutionException.class, () -> macro(command, options));
		while (!(failure instanceof InvalidInputException) && failure.getCause() != null) {
			failure = failure.getCause();
		}
		final String message = String.valueOf(failure.getMessage());
		for (final Object part : parts) {
			assertTrue(message.contains(part.toString()), () -> "\"" + part + "\" is not in: " + message);
		}
	}

	private String list() throws Exception {
		return (String) macro(ListModels.class, "models_folder=[" + shelf.models() + "]")
			.getOutput("list");
	}

	private void download() throws Exception {
		macro(DownloadModel.class, "model=[" + Shelf.NAME + "] accept_license");
	}

	private int[] image(final String model) throws Exception {
		final Module made = macro(TextToImage.class, "model=[" + model +
			"] prompt=[a cell] width=32 height=32 steps=1 guidance=0 seed=1 precision=bfloat16 device=cpu");
		return (int[]) ((ImagePlus) made.getOutput("image")).getProcessor().getPixels();
	}

	@Test
	void aModelIsDownloadedListedUsedCheckedNarrowedAndRemoved() throws Exception {
		download();
		assertTrue(list().contains(Shelf.NAME + "\tmodel\t"), list());
		assertTrue(list().contains("apache-2.0\t" + shelf.model() + "\tready\n"), list());
		assertTrue(list().contains("Z-Image-Turbo\tmodel\ttold by the host\tApache-2.0\t"), list());
		final int[] before = image(Shelf.NAME);
		final String report =
			(String) macro(VerifyModel.class, "model=[" + Shelf.NAME + "]").getOutput("report");
		assertTrue(report.contains(", wrong: 0, without a hash: 0."), report);
		macro(NarrowModel.class, "model=[" + Shelf.NAME + "]");
		assertTrue(list().contains("ready, narrowed to bfloat16"), list());
		assertArrayEquals(before, image(Shelf.NAME), "the model was released, and opened anew");
		shelf.damage();
		fails(VerifyModel.class, "model=[" + Shelf.NAME + "]", Shelf.NAME + " is damaged",
			Shelf.WEIGHTS + " is damaged");
		fails(RemoveModel.class, "model=[" + Shelf.NAME + "]", "Nothing was removed", "Add confirm",
			shelf.model());
		macro(RemoveModel.class, "model=[" + Shelf.NAME + "] confirm");
		assertFalse(Files.exists(shelf.model()));
		fails(VerifyModel.class, "model=[" + Shelf.NAME + "]", "There is no model",
			"Download or import one first");
	}

	@Test
	void withoutTheLicenseNothingIsDownloaded() {
		fails(DownloadModel.class, "model=[" + Shelf.NAME + "]", " MB in ", "license apache-2.0",
			"Nothing was downloaded", "accept_license");
		assertEquals(List.of(), shelf.host().asked());
		assertFalse(Files.exists(shelf.models().resolve(".zimage-staging")));
	}

	@Test
	void aCancelledDownloadKeepsWhatIsThereAndTheNextOneGoesOn() throws Exception {
		final long half = Files.size(folder.resolve("published").resolve(Shelf.WEIGHTS)) / 2;
		shelf.holdBackHalf(Shelf.WEIGHTS);
		final Module module = module(DownloadModel.class);
		final FutureTask<Module> first = begin(module, "model=[" + Shelf.NAME + "] accept_license");
		while (shelf.bytesOfPart(Shelf.WEIGHTS) < half) {
			assertFalse(first.isDone(), "ended early");
			Thread.sleep(20);
		}
		((Cancelable) module).cancel("enough");
		first.get();
		assertEquals(half, shelf.bytesOfPart(Shelf.WEIGHTS));
		assertTrue(list().contains(Shelf.NAME + "\tbegun\t"), list());
		fails(VerifyModel.class, "model=[" + Shelf.NAME + "]", "not complete");
		download();
		assertTrue(
			shelf.host().asked().stream().anyMatch(
				each -> each.path().equals(Shelf.WEIGHTS) && ("bytes=" + half + "-").equals(each.range())),
			shelf.host().asked().toString());
		assertTrue(list().contains("\tready\n"), list());
	}

	@Test
	void aFolderIsImportedOrUsedWhereItLies() throws Exception {
		final Path source = HubModels.copy(folder.resolve("from a stick/mein Modell"));
		macro(ImportModel.class, "source=[" + source + "]");
		macro(ImportModel.class, "source=[" + source + "] name=there reference");
		assertTrue(list().contains("mein Modell\tmodel\t") && list().contains("there\telsewhere\t"),
			list());
		HubModels.copy(folder.resolve("from a stick/second"));
		fails(ImportModel.class, "source=[" + folder.resolve("from a stick") + "]", "holds 2 models",
			"mein Modell, second");
		macro(RemoveModel.class, "model=there confirm");
		assertTrue(Files.exists(source.resolve(Shelf.WEIGHTS)));
		fails(ImportModel.class, "", "Choose the folder");
	}

	@Test
	void combinedFilesAreAModelThatCanBeChosenByItsName() throws Exception {
		final Path transformer =
			ComfyFiles.transformer().write(folder.resolve("comfy ui/z image.safetensors"));
		final String parts = "name=[Aus Dateien] transformer=[" + transformer + "] text_encoder=[" +
			Golden.model() + "] vae=[" + Golden.model() + "] tokenizer=[" + Golden.model() + "]";
		fails(CombineModel.class, parts, "variant");
		macro(CombineModel.class, parts + " variant=turbo");
		assertTrue(list().contains("Aus Dateien\tcombination\t"), list());
		HubModels.copy(shelf.models().resolve("whole"));
		assertArrayEquals(image("whole"), image("Aus Dateien"));
		fails(CombineModel.class, parts + " variant=turbo", "already");
		fails(NarrowModel.class, "model=[Aus Dateien]", "Only whole models can be narrowed");
		macro(RemoveModel.class, "model=[Aus Dateien] confirm");
		assertTrue(Files.exists(transformer));
		fails(CombineModel.class, "name=x transformer=[" + folder.resolve("absent") + "]", "absent");
		fails(CombineModel.class, "name=x", "Choose the file of the transformer");
	}

	@ParameterizedTest
	@CsvSource({ "model=[Z-Image-Turbot], no \"Z-Image-Turbot\" in the catalogue",
		"'', No model is named", "model=Z-Image host=gitlab, must be one of any",
		"model=Z-Image host=modelscope mirror=http://example.org, https://",
		"model=Z-Image licence, accept_license" })
	void whatCannotBeDownloadedIsRefused(final String options, final String words) {
		fails(DownloadModel.class, options, words);
	}

	@Test
	void aBadCatalogueIsNamed() throws IOException {
		shelf.catalogue("\"price\": 1");
		fails(DownloadModel.class, "model=Z-Image accept_license", "catalogue.json", "\"price\"");
		fails(ListModels.class, "", "catalogue.json");
	}

	@Test
	void aFolderOfModelsThatIsNotThereIsNamed() throws IOException {
		final String absent = "models_folder=[" + folder.resolve("absent") + "]";
		fails(ListModels.class, absent, "There is no folder", "absent");
		fails(VerifyModel.class, absent + " model=any", "There is no folder");
		fails(RemoveModel.class, absent + " model=any", "There is no folder");
		final Path file = Files.writeString(folder.resolve("file"), "x");
		fails(DownloadModel.class,
			"model=[" + Shelf.NAME + "] models_folder=[" + file + "] accept_license",
			file + " is a file");
	}

	@Test
	void aFolderThatCannotBeWrittenIsNamed() throws IOException {
		final Path file = Files.writeString(folder.resolve("file"), "x");
		Files.copy(shelf.models().resolve("catalogue.json"), folder.resolve("catalogue.json"));
		fails(ImportModel.class,
			"source=[" + Golden.model() + "] models_folder=[" + file.resolve("models") + "]", file,
			"cannot be made");
	}

	@Test
	void whatWasDoneIsRecordedWithItsConsent() throws Exception {
		final Module module =
			macro(DownloadModel.class, "model=[" + Shelf.NAME + "] accept_license host=huggingface");
		final String line =
			context.service(PluginService.class).createInstancesOfType(PostprocessorPlugin.class).stream()
				.filter(MacroRecorder.class::isInstance).map(MacroRecorder.class::cast).findFirst()
				.orElseThrow().line(module, false);
		assertEquals("run(\"Download Model...\", \"model=[" + Shelf.NAME +
			"] host=huggingface accept_license=true\");\n", line);
	}
}
