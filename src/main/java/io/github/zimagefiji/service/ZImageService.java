
package io.github.zimagefiji.service;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.scijava.service.SciJavaService;

import io.github.zimagefiji.GenerationResult;
import io.github.zimagefiji.ModelInfo;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.RunEstimate;
import io.github.zimagefiji.dataset.folder.DatasetSummary;
import io.github.zimagefiji.dataset.recipe.Recipe;
import io.github.zimagefiji.hub.store.InstalledModel;
import io.github.zimagefiji.image.ImageSeries;
import io.github.zimagefiji.request.ComputeOptions;
import io.github.zimagefiji.request.GenerationRequest;
import io.github.zimagefiji.request.TextToImageRequest;

/**
 * Z-Image for commands, scripts and other plugins. The model of the last run stays loaded for the
 * next one.
 * <p>
 * Any thread may call it but the event dispatch thread, where Fiji's windows would stand still:
 * there, a run is refused. One run is computed at a time; others wait in line, say so to their
 * {@link Progress}, and can be cancelled while they wait. Runs without their own progress are shown
 * as SciJava tasks, which can be cancelled too. In a Groovy script:
 * </p>
 *
 * <pre>
 * #@ ZImageService zimage
 * #@output img
 * #@output image
 * img = zimage.textToImage("three round green nuclei", 42)
 *
 * import io.github.zimagefiji.image.Images
 * image = Images.toImagePlus(zimage.generate(prompt: "many dim blue spots", seed: 1, count: 5))
 * </pre>
 */
public interface ZImageService extends SciJavaService, ImgGeneration {

	/**
	 * The folder of the model that comes with the plugin; see
	 * {@link io.github.zimagefiji.hub.builtin.BuiltInModel#DESCRIPTION} for what it understands.
	 *
	 * @throws io.github.zimagefiji.error.InvalidInputException if it cannot be unpacked into the
	 *           cache folder
	 */
	Path builtInModel();

	/**
	 * Tells what a model folder holds, without loading it.
	 *
	 * @throws io.github.zimagefiji.error.InvalidInputException if it is not a usable model folder
	 */
	ModelInfo inspect(Path model);

	/**
	 * Tells whether a model takes reference images
	 * ({@link io.github.zimagefiji.request.EditRequest}), without loading it.
	 *
	 * @throws io.github.zimagefiji.error.InvalidInputException if it is not a usable model folder
	 */
	boolean canEdit(Path model);

	/**
	 * The models that the user can choose from: the built-in one first, then those in the Fiji
	 * folder's {@code models/z-image} and in the folder that the property {@code zimage.models}
	 * names, then the folders used last.
	 *
	 * @throws io.github.zimagefiji.error.InvalidInputException as {@link #builtInModel}
	 */
	List<InstalledModel> models();

	/**
	 * The folders in which models are looked for: the one that the property {@code zimage.models}
	 * names, {@code models/z-image} in the Fiji folder, and one in the cache of this program. New
	 * models go into the first.
	 */
	List<Path> modelsFolders();

	/**
	 * Tells what a run would need, without loading anything or waiting for a run in progress.
	 *
	 * @throws io.github.zimagefiji.error.InvalidInputException if request or model cannot be used, or
	 *           the images do not fit into memory
	 */
	RunEstimate estimate(Path model, ComputeOptions compute, GenerationRequest request);

	/**
	 * Makes images.
	 *
	 * @param model folder in the layout of Hugging Face diffusers
	 * @throws io.github.zimagefiji.error.InvalidInputException if request or model cannot be used, or
	 *           on the event dispatch thread
	 * @throws io.github.zimagefiji.error.EngineFailedException if the computation failed
	 * @throws io.github.zimagefiji.error.RunCanceledException if {@code progress} said so, or Fiji is
	 *           being closed
	 */
	GenerationResult generate(Path model, ComputeOptions compute, GenerationRequest request,
		Progress progress);

	/**
	 * Makes a series of images that are generated only when they are first read. A pixel that is read
	 * waits for its image; one that was dropped from memory is generated again. A reading is
	 * cancelled by interrupting its thread, by {@code progress}, and when Fiji is closed; it then
	 * throws {@link io.github.zimagefiji.error.RunCanceledException}.
	 *
	 * @param model the model's folder
	 * @param request its count is the length of the series; image i has its seed + i
	 * @param keep how many images stay in memory, 1 or more; each takes 3 bytes a pixel
	 * @param progress receives every image that is generated, on the thread that reads
	 * @return (x, y, channel, index): red, green and blue, 0 to 255; reading throws as
	 *         {@link #generate(Path, ComputeOptions, GenerationRequest, Progress)}
	 * @throws io.github.zimagefiji.error.InvalidInputException if the model cannot be used, or the
	 *           request has explicit latents
	 */
	ImageSeries series(Path model, ComputeOptions compute, TextToImageRequest request, int keep,
		Progress progress);

	/**
	 * Makes a series from named values. In Groovy:
	 *
	 * <pre>
	 * series = zimage.series(prompt: "many round blue nuclei", seed: 1, count: 1000, keep: 50)
	 * level = series.getAt(64, 64, 2, 999).get() // generates the last image
	 * series.toImagePlus().show() // a virtual stack: slices are generated when they are looked at
	 * </pre>
	 *
	 * @param values those of {@link #generate(Map)}, and {@code keep}: how many images stay in
	 *          memory, 16 if it is missing
	 * @throws io.github.zimagefiji.error.InvalidInputException if there is no value of a name, or one
	 *           cannot be used
	 * @see #series(Path, ComputeOptions, TextToImageRequest, int, Progress)
	 */
	ImageSeries series(Map<String, ?> values);

	/**
	 * Makes a dataset of images and labels, or what is missing of it. In Groovy:
	 *
	 * <pre>
	 * recipe = Recipe.builder("nuclei").items(200).prompt("{count} round green nuclei")
	 *     .objects(Population.of(ObjectKind.NUCLEI, "nucleus", new Range(3, 6))).build()
	 * summary = zimage.dataset(recipe, folder)
	 * </pre>
	 *
	 * Progress is shown in Fiji's status bar and task list, where the run can be cancelled; so does
	 * Escape. Called once more with the same recipe and folder it goes on where it was stopped. It is
	 * computed in float32 on the device {@code auto}, as by {@code zimage dataset}, and gives the
	 * same files.
	 *
	 * @param recipe what to make
	 * @param folder a new or empty one, or one that holds a part of this dataset
	 * @throws io.github.zimagefiji.error.InvalidInputException if something cannot be used, the
	 *           folder holds something else, or on the event dispatch thread; items that are done
	 *           stay
	 * @throws io.github.zimagefiji.error.RunCanceledException if it was cancelled; items that are
	 *           done stay
	 */
	DatasetSummary dataset(Recipe recipe, File folder);

	/**
	 * Makes a dataset by a recipe's file; see {@link #dataset(Recipe, File)}.
	 *
	 * @param recipe YAML or JSON
	 */
	DatasetSummary dataset(File recipe, File folder);

	/**
	 * Does something to the files of models, such as narrowing, while none of them is in use here:
	 * waits for the runs in progress and in line, releases the model that is loaded, and lets later
	 * runs wait until it is done.
	 *
	 * @return what {@code work} gave
	 * @throws io.github.zimagefiji.error.InvalidInputException on the event dispatch thread
	 * @throws io.github.zimagefiji.error.RunCanceledException if {@code progress} said so, or Fiji is
	 *           being closed
	 */
	<T> T whileReleased(Progress progress, Function<Progress, T> work);

	/**
	 * Gives back the memory of the model that is loaded; a run in progress ends first, which on the
	 * event dispatch thread is not waited for. The next run loads the model again.
	 */
	void release();
}
