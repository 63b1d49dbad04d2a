// Generates one image for each line of a text file and writes it as a TIFF file that says where it comes from.
//
// The text file is UTF-8. A line holds a prompt and, if you like, a tab and a seed after it; lines that are blank or start
// with # are passed over. A file that exists is not generated again, so a batch that was stopped goes on where it was. A
// macro ends at the first line that cannot be used, with a message that says why.

#@ String (label = "Model folder (empty: built-in demo)", value = "", required = false) model
#@ File (label = "Text file of prompts") prompt_file
#@ File (label = "Write the images into this folder", style = "directory") output
#@ Integer (label = "Seed of lines without one", value = 1, min = 0) default_seed

setBatchMode(true);
File.makeDirectory(output);
lines = split(File.openAsString(prompt_file), "\n");
written = 0;
number = 0;
for (i = 0; i < lines.length; i++) {
	line = String.trim(lines[i]);
	if (line == "" || startsWith(line, "#")) continue;
	number++;
	parts = split(line, "\t");
	seed = d2s(default_seed, 0);
	if (parts.length > 1) seed = String.trim(parts[1]);
	// Counted are the lines with prompts: ImageJ's split() passes over empty ones.
	file = output + File.separator + "prompt-" + IJ.pad(number, 4) + "-seed-" + seed + ".tif";
	if (File.exists(file)) continue;
	options = "prompt=[" + String.trim(parts[0]) + "] seed=" + seed;
	if (model != "") options = options + " model_folder=[" + model + "]";
	run("Text to Image...", options);
	saveAs("Tiff", file);
	close();
	written++;
}
setBatchMode(false);
print(written + " images written");
