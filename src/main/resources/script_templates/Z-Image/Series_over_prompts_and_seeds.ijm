// A series of images over several prompts and seeds, as one stack for each prompt.
//
// Every prompt is generated with the same seeds, so that images with the same seed differ by their prompt alone. The same
// prompt, seed and model always give the same image. Image > Show Info says where each slice comes from, also after
// the stack was saved as TIFF; Plugins > Z-Image > Make Again... makes one again.

#@ String (label = "Model folder (empty: built-in demo)", value = "", required = false) model
#@ String (label = "Prompts, separated by semicolons", value = "two round green nuclei; two elongated green nuclei") prompts
#@ Integer (label = "First seed", value = 1, min = 0) first_seed
#@ Integer (label = "Images for each prompt", value = 3, min = 1) images_per_prompt
#@ String (label = "Save the stacks in this folder (empty: do not save)", value = "", required = false) output

list = split(prompts, ";");
for (i = 0; i < list.length; i++) {
	prompt = String.trim(list[i]);
	if (prompt == "") continue;
	// Text belongs into brackets. What is not named here (size, steps, guidance) is as the model needs it.
	options = "prompt=[" + prompt + "] seed=" + d2s(first_seed, 0) + " image_count=" + images_per_prompt;
	if (model != "") options = options + " model_folder=[" + model + "]";
	run("Text to Image...", options);
	if (output != "") saveAs("Tiff", output + File.separator + "prompt-" + (i + 1) + ".tif");
}
