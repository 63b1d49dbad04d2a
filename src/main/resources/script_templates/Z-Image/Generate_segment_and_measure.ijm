// Generates images of nuclei, segments them and measures what was found, with ImageJ's own analysis.
//
// The prompt says how many objects there should be; the table says how many there are. Use it to see how well a model
// follows a prompt, or how an analysis behaves on images of a known kind.

#@ String (label = "Model folder (empty: built-in demo)", value = "", required = false) model
#@ String (label = "Prompt", value = "four round green nuclei") prompt
#@ Integer (label = "First seed", value = 1, min = 0) first_seed
#@ Integer (label = "Number of images", value = 3, min = 1) image_count
#@ Double (label = "Smallest object (pixels)", value = 60, min = 1) smallest
#@ Boolean (label = "Split objects that touch", value = true) split_objects
#@ String (label = "Save the table as (empty: do not save)", value = "", required = false) table_file

setBatchMode(true);
setOption("BlackBackground", true);
run("Set Measurements...", "area centroid shape redirect=None decimal=3");
run("Clear Results");
for (i = 0; i < image_count; i++) {
	seed = first_seed + i;
	// Text belongs into brackets. What is not named here (size, steps, guidance) is as the model needs it.
	options = "prompt=[" + prompt + "] seed=" + d2s(seed, 0);
	if (model != "") options = options + " model_folder=[" + model + "]";
	run("Text to Image...", options);
	picture = getImageID();
	segment();
	mask = getImageID();
	before = nResults;
	run("Analyze Particles...", "size=" + smallest + "-Infinity pixel");
	for (row = before; row < nResults; row++) {
		setResult("Seed", row, seed);
		setResult("Prompt", row, prompt);
	}
	print("seed " + seed + ": " + (nResults - before) + " objects");
	selectImage(mask);
	close();
}
updateResults();
if (table_file != "") saveAs("Results", table_file);
setBatchMode("exit and display");

/** Makes a mask of the active image: 255 where there is an object, 0 elsewhere. */
function segment() {
	// the strongest of red, green and blue: objects of any colour are bright
	run("Duplicate...", "title=channels");
	run("RGB Stack");
	run("Z Project...", "projection=[Max Intensity]");
	strongest = getImageID();
	selectWindow("channels");
	close();
	selectImage(strongest);
	run("Gaussian Blur...", "sigma=1");
	setAutoThreshold("Otsu dark");
	run("Convert to Mask");
	// an opening removes what is thinner than an object
	run("Minimum...", "radius=2");
	run("Maximum...", "radius=2");
	if (split_objects) run("Watershed");
}
