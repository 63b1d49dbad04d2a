
package io.github.zimagefiji.command.dataset;

import java.io.File;

import org.scijava.ItemVisibility;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.widget.FileWidget;

import io.github.zimagefiji.command.common.MenuCommand;
import io.github.zimagefiji.command.common.ModelName;
import io.github.zimagefiji.command.scijava.DialogOrder;
import io.github.zimagefiji.command.scijava.MacroKeys;

/**
 * What the user, macro or script says to make a dataset. Names are those of the recipe's keys. Only
 * the model and the processor are remembered from one call to the next; whatever else is left out
 * has its documented default.
 */
abstract class DatasetInputs extends MenuCommand {

	/** Stands for "the default". */
	static final int UNSET = -1;

	static final String MAKE = "make the dataset";
	static final String SHOW = "only show what would be made";
	static final String SAVE = "only save the recipe";
	static final String NOTHING_MORE = "add another...";
	static final String AUTO = "automatic";
	static final String REAL_EDIT = "real-edit";
	static final String STYLE_EDIT = "style-edit";
	static final String TEXT_ONLY = "text-only";
	static final String NO_STYLE = "none";

	@Parameter(label = "This dataset",
		attrs = @Attr(name = DialogOrder.NAME, value = DialogOrder.FIRST),
		visibility = ItemVisibility.MESSAGE, required = false, persist = false,
		description = "What would be made, and what it will need; or what is wrong.")
	String estimate = "";

	@Parameter(label = "Labels",
		choices = { LabelChoice.N, LabelChoice.C, LabelChoice.F, LabelChoice.S, LabelChoice.T,
			LabelChoice.IMAGES, LabelChoice.FILE },
		persist = false, callback = "labelsChosen",
		description = "Where the ground truth comes from: objects that are drawn, label images or ROI sets of yours, or all " +
			"from a recipe file (YAML or JSON). The built-in model knows nuclei best.")
	String labels = LabelChoice.N;

	@Parameter(label = "Folder or recipe", style = "both", required = false, persist = false,
		callback = "sourceChosen", validater = "sourceProblem",
		description = "The folder of the label images (TIFF or PNG, all of one size) or ROI sets " +
			"(.zip, .roi), or the recipe file; needed for these two only.")
	File source;

	@Parameter(label = "Real images", style = FileWidget.DIRECTORY_STYLE, required = false,
		persist = false, callback = "valueChanged", validater = "realProblem",
		description = "A folder of real images (TIFF or PNG). real-edit changes them, and needs their labels, files of the same " +
			"names, in the folder above. Other workflows take over their style, if it is chosen. The report compares with them.")
	File real_images;

	@Parameter(label = "Real images' intensities",
		choices = { AUTO, "display", "percentiles", "full" }, persist = false,
		callback = "valueChanged",
		description = "Which values of real images become black and full: automatic (of 8 bits and colours all, of others the " +
			"0.35th and 99.65th percentiles), the display range of ImageJ's TIFF files, percentiles, or all that 8 or 16 bits hold.")
	String real_intensity = AUTO;

	@Parameter(label = "Objects per image", required = false, persist = false,
		callback = "valueChanged", validater = "countProblem",
		description = "From-to, such as 1-6. Empty: the default for these labels.")
	String count = "";

	@Parameter(label = "Radius (pixels)", required = false, persist = false,
		callback = "valueChanged", validater = "radiusProblem",
		description = "Of objects, from-to, such as 8-13; half the thickness of filaments. Empty: the " +
			"default for these labels.")
	String radius = "";

	@Parameter(label = "Overlap", persist = false, stepSize = "0.1", callback = "valueChanged",
		validater = "overlapProblem",
		description = "Largest part of an object that another one may cover: 0 (none) to 0.9; -1: the default for these labels.")
	double overlap = UNSET;

	@Parameter(label = "Clustering", persist = false, stepSize = "0.1", callback = "valueChanged",
		validater = "clusteringProblem",
		description = "How many of the objects lie beside another one: 0 to 1.")
	double clustering;

	@Parameter(label = "Workflow",
		choices = { "control", "image-to-image", "inpaint", REAL_EDIT, STYLE_EDIT, TEXT_ONLY },
		persist = false, callback = "workflowChosen",
		description = "control: a ControlNet follows the labels (best). image-to-image: from a plain " +
			"drawing of the labels. inpaint: objects are painted into a background. real-edit: objects of " +
			"real images are moved, removed or doubled. style-edit: an editing model follows the prompt as its instruction, " +
			"from a plain drawing. text-only: no labels, no ground truth.")
	String workflow = "control";

	@Parameter(label = "Model", required = false, callback = "modelChosen",
		validater = "modelProblem",
		description = "The built-in demo, a model in Fiji's folder models/z-image, a folder used lately, or another one. " +
			"In macros: its name.")
	ModelName model;

	@Parameter(label = "Other folder", style = FileWidget.DIRECTORY_STYLE, required = false,
		callback = "folderChosen", description = "The folder of a model anywhere else.")
	File model_folder;

	@Parameter(label = "ControlNet", required = false, persist = false, callback = "valueChanged",
		style = "both", validater = "controlnetProblem",
		description = "A safetensors file, or a folder with config.json, made for the model. " +
			"None: the built-in one, which goes with the built-in model.")
	File controlnet;

	@Parameter(label = "Control scale", persist = false, stepSize = "0.05", callback = "valueChanged",
		validater = "scaleProblem",
		description = "How strongly labels are followed: 0 not at all, 1 as in training.")
	double control_scale = 1;

	@Parameter(label = "Prompt", required = false, columns = 48, persist = false,
		callback = "valueChanged", validater = "promptProblem",
		description = "What images show. {colour} is replaced by one of its values below, {count} by the number of objects in " +
			"words. Empty: the default for these labels.")
	String prompt = "";

	@Parameter(label = "Values", required = false, columns = 48, persist = false,
		callback = "valueChanged", validater = "valuesProblem",
		description = "What the places of the prompt may hold: colour=green, blue; background=dark, hazy.")
	String values = LabelChoice.VALUES;

	@Parameter(label = "Avoid", required = false, persist = false, callback = "valueChanged",
		description = "The negative prompt: what not to show.")
	String avoid = "";

	@Parameter(label = "LoRAs", required = false, persist = false, callback = "valueChanged",
		validater = "loraProblem",
		description = "LoRA files (safetensors) that change the model, such as a style of real images: file or file:scale; " +
			"several are separated by |. A file that fits the model only in part needs :partial at its end.")
	String lora = "";

	@Parameter(label = "Style", choices = { NO_STYLE, "colours", "picture" }, persist = false,
		callback = "valueChanged", validater = "styleProblem",
		description = "What is taken over from the real images: colours (image-to-image and style-edit), or each as a picture " +
			"that the editing model sees (style-edit, for models that were trained with several pictures).")
	String style = NO_STYLE;

	@Parameter(label = "Steps", persist = false, callback = "valueChanged",
		validater = "stepsProblem", description = "Sampling steps; 0: as many as the model needs.")
	int steps;

	@Parameter(label = "Strength", persist = false, stepSize = "0.05", callback = "valueChanged",
		validater = "strengthProblem",
		description = "Of image-to-image, inpaint and real-edit: how much is changed, above 0 up to 1.")
	double strength = 0.6;

	@Parameter(label = "Size (empty: usual)", required = false, persist = false,
		callback = "valueChanged", validater = "sizeProblem",
		description = "Width x height, multiples of 16, such as 128 x 128. Empty: that of the label " +
			"images, else the model's own.")
	String image_size = "";

	@Parameter(label = "Number of images", persist = false, stepSize = "10",
		callback = "valueChanged", validater = "itemsProblem",
		description = "How many images with labels are made, in all splits together.")
	int items = 100;

	@Parameter(label = "Variants of each", persist = false, callback = "valueChanged",
		validater = "variantsProblem", description = "Images of the same labels, in the same split.")
	int variants = 1;

	@Parameter(label = "Train, val, test", persist = false, callback = "valueChanged",
		validater = "splitsProblem",
		description = "The shares of the splits; together 1, or 100 for percent. Images of one scene stay in one split.")
	String splits = "0.8, 0.1, 0.1";

	@Parameter(label = "Outputs", persist = false, callback = "valueChanged",
		validater = "outputsProblem",
		description = "Layouts for training programs, separated by commas: tiff, cellpose, stardist, ome-tiff, ome-zarr, coco, yolo.")
	String outputs = "tiff";

	@Parameter(label = "Add an output",
		choices = { NOTHING_MORE, "tiff", "cellpose", "stardist", "ome-tiff", "ome-zarr", "coco",
			"yolo" },
		persist = false, callback = "layoutChosen", attrs = @Attr(name = MacroKeys.DIALOG_ONLY),
		description = "Adds a layout to the outputs above.")
	String add_layout = NOTHING_MORE;

	@Parameter(label = "Pixels", choices = { AUTO, "rgb8", "grey8", "grey16" }, persist = false,
		callback = "valueChanged", validater = "pixelsProblem",
		description = "Of the images: colour, grey values of 8 or of 16 bits; automatic: what the " +
			"camera gives, else colour.")
	String pixels = AUTO;

	@Parameter(label = "Brightness", required = false, persist = false, callback = "valueChanged",
		validater = "brightnessProblem",
		description = "Multiplies the light of each object by its own factor, from-to, such as 0.4-1 (0.05 to 1), because " +
			"models make all nearly equally bright. Empty: as they are made.")
	String brightness = "";

	@Parameter(label = "Camera", persist = false, callback = "valueChanged",
		description = "Simulates blur, photon noise and a camera of 16 bits, by the numbers of camera_numbers.")
	boolean camera;

	@Parameter(label = "Camera's numbers", required = false, persist = false,
		callback = "valueChanged", validater = "cameraProblem",
		description = "Blur (standard deviation, pixels), photons of the brightest pixel and of the " +
			"background, read noise (electrons), gain (grey values for an electron) and offset (grey values).")
	String camera_numbers = DatasetText.CAMERA;

	@Parameter(label = "Least IoU", persist = false, stepSize = "0.05", callback = "valueChanged",
		validater = "iouProblem",
		description = "Images whose segmentation overlaps their labels less are made again, then rejected: 0 (take all) to 1; " +
			"-1: the default for these labels.")
	double min_iou = UNSET;

	@Parameter(label = "Count error", persist = false, callback = "valueChanged",
		validater = "errorProblem",
		description = "Largest difference between the objects found and the labels; -1 for any.")
	int max_count_error = UNSET;

	@Parameter(label = "Retries", persist = false, callback = "valueChanged",
		validater = "retriesProblem",
		description = "How many other seeds are tried for an image that is not good enough.")
	int retries = 2;

	@Parameter(label = "Seed", style = "format:0", persist = false, callback = "valueChanged",
		description = "Of everything that is drawn; the same values with the same seed give the same dataset.")
	long seed = 1;

	@Parameter(label = "Name", required = false, persist = false, callback = "valueChanged",
		validater = "nameProblem",
		description = "What every file's name begins with. Empty: what is drawn.")
	String name = "";

	@Parameter(label = "Precision", choices = { "float32", "bfloat16", "auto" },
		callback = "valueChanged",
		description = "Number format of the model's weights; auto is measured, and may change when a run goes on.")
	String precision = "float32";

	@Parameter(label = "Device", callback = "valueChanged", validater = "deviceProblem",
		description = "cpu, cuda:0 (first NVIDIA GPU), cuda:1, …, mps (Apple), or auto.")
	String device = "auto";

	@Parameter(label = "Threads", callback = "valueChanged", validater = "threadsProblem",
		description = "Processor threads; 0 for automatic.")
	int threads;

	@Parameter(label = "Output folder", style = FileWidget.DIRECTORY_STYLE, required = false,
		persist = false, callback = "valueChanged", validater = "outputProblem",
		description = "A new or empty folder, or one in which this dataset was begun.")
	File output;

	@Parameter(label = "Save recipe as", style = FileWidget.SAVE_STYLE, required = false,
		persist = false, callback = "valueChanged", validater = "fileProblem",
		description = "A file for these values as a recipe (JSON), for this dialog and zimage dataset. Empty: only the dataset's " +
			"folder keeps them.")
	File recipe_file;

	@Parameter(label = "What to do", choices = { MAKE, SHOW, SAVE }, persist = false,
		callback = "valueChanged",
		description = "Make it; or show plan, time and disk without writing anything; or write the recipe file alone.")
	String action = MAKE;

	@Parameter(label = "Show the first pairs", persist = false,
		description = "Opens the first images with the outlines of their labels when all are made.")
	boolean show_pairs = true;

	@Parameter(label = "Open the report", required = false,
		attrs = @Attr(name = MacroKeys.DIALOG_ONLY), persist = false,
		description = "Opens the quality report in a web browser when all are made.")
	boolean browse;

	@Parameter(label = "More values", required = false,
		attrs = { @Attr(name = DialogOrder.NAME, value = DialogOrder.LAST),
			@Attr(name = MacroKeys.DIALOG_ONLY) },
		description = "OK shows this dialog again, with values that are rarely changed; next time it opens with them.")
	boolean more_fields;

	@Parameter(label = "Go on", visibility = ItemVisibility.INVISIBLE, required = false,
		persist = false,
		description = "For macros and scripts: the folder may hold a part of this dataset. Otherwise the user is asked.")
	boolean resume;
}
