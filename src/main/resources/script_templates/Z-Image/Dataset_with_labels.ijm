// Writes a dataset: generated images of nuclei, a mask and a label image for each, and a manifest as a CSV file.
//
// Read this before you train on it: a prompt does not say where the nuclei are, so there is no ground truth here. Masks
// and labels are what a simple segmentation found in the generated images. They are good for trying out a pipeline, and
// for comparing segmentations; a network trained on them learns this segmentation, with its mistakes.
//
//   images/0001.tif   RGB, says where it comes from    masks/0001.tif    8-bit, 255 in nuclei
//   labels/0001.tif   16-bit, 0 outside, 1, 2, ... in each nucleus       manifest.csv
//
// Images that exist are not generated again, so a dataset that was stopped goes on where it was; start another dataset
// in another folder.

#@ String (label = "Model folder (empty: built-in demo)", value = "", required = false) model
#@ File (label = "Write the dataset into this folder", style = "directory") output
#@ String (label = "Prompts, separated by semicolons", value = "many round green nuclei; five elongated blue nuclei") prompts
#@ Integer (label = "First seed", value = 1, min = 0) first_seed
#@ Integer (label = "Images for each prompt", value = 5, min = 1) images_per_prompt
#@ Double (label = "Smallest nucleus (pixels)", value = 60, min = 1) smallest

setBatchMode(true);
setOption("BlackBackground", true);
folder = output + File.separator;
File.makeDirectory(output);
File.makeDirectory(folder + "images");
File.makeDirectory(folder + "masks");
File.makeDirectory(folder + "labels");
manifest = "image,mask,labels,prompt,seed,nuclei\n";
count = 0;
list = split(prompts, ";");
for (i = 0; i < list.length; i++) {
	prompt = String.trim(list[i]);
	if (prompt == "") continue;
	for (seed = first_seed; seed < first_seed + images_per_prompt; seed++) {
		count++;
		name = IJ.pad(count, 4) + ".tif";
		picture = folder + "images" + File.separator + name;
		if (File.exists(picture)) open(picture);
		else {
			options = "prompt=[" + prompt + "] seed=" + d2s(seed, 0);
			if (model != "") options = options + " model_folder=[" + model + "]";
			run("Text to Image...", options);
			saveAs("Tiff", picture);
		}
		nuclei = segmentAndSave(folder, name);
		manifest = manifest + "images/" + name + ",masks/" + name + ",labels/" + name + ",\"" + replace(prompt, "\"",
			"\"\"") + "\"," + d2s(seed, 0) + "," + nuclei + "\n";
	}
}
File.saveString(manifest, folder + "manifest.csv");
setBatchMode(false);
print(count + " images in " + output);

/** Saves mask and labels of the active image, closes everything, and returns the number of nuclei. */
function segmentAndSave(folder, name) {
	run("RGB Stack");
	run("Z Project...", "projection=[Max Intensity]");
	run("Gaussian Blur...", "sigma=1");
	setAutoThreshold("Otsu dark");
	run("Convert to Mask");
	run("Minimum...", "radius=2");
	run("Maximum...", "radius=2");
	run("Watershed");
	run("Analyze Particles...", "size=" + smallest + "-Infinity pixel show=[Count Masks] clear");
	getStatistics(area, mean, min, nuclei);
	saveAs("Tiff", folder + "labels" + File.separator + name);
	setThreshold(1, 65535);
	run("Convert to Mask");
	saveAs("Tiff", folder + "masks" + File.separator + name);
	run("Close All");
	return nuclei;
}
