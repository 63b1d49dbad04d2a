// Makes images that follow a label image: the objects come where the labels are. A ControlNet does it; the built-in model's
// follows label images of nuclei. Image and labels together are training data with ground truth; check a few by eye.
//
// The stack has one image for each seed, of the labels' size; it is written as a TIFF file.

#@ String (label = "Model folder (empty: built-in demo)", value = "", required = false) model
#@ String (label = "ControlNet of that model (empty: built-in)", value = "", required = false) control_model
#@ File (label = "Label image") labels
#@ String (label = "Prompt", value = "green nuclei") prompt
#@ Double (label = "Control scale", value = 1) control_scale
#@ Integer (label = "Number of images", value = 4, min = 1) image_count
#@ Integer (label = "First seed", value = 1, min = 0) seed
#@ File (label = "Write the stack into this folder", style = "directory") output

setBatchMode(true);
open(labels);
options = "prompt=[" + prompt + "] preprocessor=filled-labels control_scale=" + control_scale;
options = options + " image_count=" + image_count + " seed=" + d2s(seed, 0);
if (model != "") options = options + " model_folder=[" + model + "]";
if (control_model != "") options = options + " controlnet=[" + control_model + "]";
run("Control...", options);
saveAs("Tiff", output + File.separator + "images.tif");
close();
setBatchMode(false);
