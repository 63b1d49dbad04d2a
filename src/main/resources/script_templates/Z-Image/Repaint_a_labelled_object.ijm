// Paints one object of a label image anew in the image that belongs to it, in several variants. Everything outside the
// object comes back as it was, to the bit, in the image's own type and scale. The stack is written as a TIFF file.

#@ String (label = "Model folder (empty: built-in demo)", value = "", required = false) model
#@ File (label = "Image") image
#@ File (label = "Its label image") labels
#@ Integer (label = "Label to paint anew", value = 1, min = 1) label
#@ String (label = "Prompt", value = "one round red nucleus") prompt
#@ Double (label = "Strength", value = 1, min = 0, max = 1) strength
#@ Integer (label = "Feather (pixels)", value = 2, min = 0) feather
#@ Integer (label = "Number of variants", value = 3, min = 1) variants
#@ Integer (label = "First seed", value = 1, min = 0) seed
#@ File (label = "Write the stack into this folder", style = "directory") output

setBatchMode(true);
open(labels);
rename("labels");
open(image);
options = "prompt=[" + prompt + "] mask_from=labels mask=labels label=" + label + " strength=" + strength;
options = options + " feather=" + feather + " image_count=" + variants + " seed=" + d2s(seed, 0);
if (model != "") options = options + " model_folder=[" + model + "]";
run("Inpaint...", options);
saveAs("Tiff", output + File.separator + "painted.tif");
close();
setBatchMode(false);
