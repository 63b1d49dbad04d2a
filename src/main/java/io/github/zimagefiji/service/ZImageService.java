package io.github.zimagefiji.service;

import java.io.File;
import java.nio.file.Path;
import java.util.List;

import org.scijava.service.SciJavaService;

import io.github.zimagefiji.ComputeOptions;
import io.github.zimagefiji.GenerationResult;
import io.github.zimagefiji.ModelInfo;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.RunEstimate;
import io.github.zimagefiji.TextToImageRequest;
import io.github.zimagefiji.hub.InstalledModel;
import net.imglib2.img.Img;
import net.imglib2.type.numeric.integer.UnsignedByteType;

/**
 * Z-Image for commands, scripts and other plugins. The model of the last run stays loaded for the next one.
 * <p>
 * Any thread may call it. One run is computed at a time; a second one waits, says so to its {@link Progress}, and can
 * be cancelled while it waits. In Groovy:
 * </p>
 *
 * <pre>
 * #@ ZImageService zimage
 * #@output img
 * img = zimage.textToImage("three round green nuclei", 42)
 * </pre>
 */
public interface ZImageService extends SciJavaService {

	/**
	 * The folder of the model that comes with the plugin; see
	 * {@link io.github.zimagefiji.hub.BuiltInModel#DESCRIPTION} for what it understands.
	 *
	 * @throws io.github.zimagefiji.InvalidInputException if it cannot be unpacked into the cache folder
	 */
	Path builtInModel();

	/**
	 * Tells what a model folder holds, without loading it.
	 *
	 * @throws io.github.zimagefiji.InvalidInputException if it is not a usable model folder
	 */
	ModelInfo inspect(Path model);

	/**
	 * The models that a person can choose from: the built-in one first, then those in the Fiji folder's
	 * {@code models/z-image} and in the folder that the property {@code zimage.models} names, then the folders used last.
	 *
	 * @throws io.github.zimagefiji.InvalidInputException as {@link #builtInModel}
	 */
	List<InstalledModel> models();

	/**
	 * Tells what a run would need, without loading anything or waiting for a run in progress.
	 *
	 * @throws io.github.zimagefiji.InvalidInputException if request or model cannot be used, or the images do not fit into
	 *           memory
	 */
	RunEstimate estimate(Path model, ComputeOptions compute, TextToImageRequest request);

	/**
	 * Makes images from text.
	 *
	 * @param model folder in the layout of Hugging Face diffusers
	 * @throws io.github.zimagefiji.InvalidInputException if request or model cannot be used
	 * @throws io.github.zimagefiji.EngineFailedException if the computation failed
	 * @throws io.github.zimagefiji.RunCanceledException if {@code progress} said so, or Fiji is being closed
	 */
	GenerationResult generate(Path model, ComputeOptions compute, TextToImageRequest request, Progress progress);

	/**
	 * Makes one image, with everything else as the model needs it.
	 *
	 * @param model the model's folder
	 * @param prompt what to show
	 * @param width pixels, a multiple of 16
	 * @param height pixels, a multiple of 16
	 * @param seed the same seed gives the same image
	 * @return (width, height, 3): red, green and blue in the last dimension, 0 to 255
	 * @throws io.github.zimagefiji.ZImageException as {@link #generate}
	 */
	Img<UnsignedByteType> textToImage(File model, String prompt, int width, int height, long seed);

	/** Makes one image of the model's own size; see {@link #textToImage(File, String, int, int, long)}. */
	Img<UnsignedByteType> textToImage(File model, String prompt, long seed);

	/** Makes one image of 128 × 128 pixels with the built-in model; see {@link #textToImage(File, String, long)}. */
	default Img<UnsignedByteType> textToImage(final String prompt, final long seed) {
		return textToImage(builtInModel().toFile(), prompt, seed);
	}

	/**
	 * Makes a series of images that are generated only when they are first read. A pixel that is read waits for its image;
	 * one that was dropped from memory is generated again.
	 *
	 * @param model the model's folder
	 * @param request its count is the length of the series; image i has its seed + i
	 * @param keep how many images stay in memory, 1 or more
	 * @return (x, y, channel, index): red, green and blue, 0 to 255; reading throws as {@link #generate}
	 * @throws io.github.zimagefiji.InvalidInputException if the model cannot be used, or the request has explicit latents
	 */
	Img<UnsignedByteType> series(Path model, ComputeOptions compute, TextToImageRequest request, int keep);

	/** Gives back the memory of the model that is loaded; a run in progress ends first. The next run loads it again. */
	void release();
}
