// Edits every image of a folder by the same instruction, and writes the results as TIFF files of the same type and scale:
// 16 bits stay 16 bits.
//
// Files that are no images are passed over. A result that exists is not made again, so a batch that was stopped goes on
// where it was. A macro ends at the first image that cannot be used, with a message that says why.

#@ String (label = "Editing model (empty: built-in demo)", value = "", required = false) model
#@ String (label = "Instruction", value = "make the nuclei red") instruction
#@ File (label = "Images", style = "directory") input
#@ File (label = "Write the results into this folder", style = "directory") output
#@ Integer (label = "Seed", value = 1, min = 0) seed

setBatchMode(true);
File.makeDirectory(output);
files = getFileList(input);
Array.sort(files);
written = 0;
for (i = 0; i < files.length; i++) {
	if (!matches(toLowerCase(files[i]), ".*\\.(tiff?|png|jpe?g|gif|bmp)")) continue;
	target = output + File.separator + substring(files[i], 0, lastIndexOf(files[i], ".")) + "-edited.tif";
	if (File.exists(target)) continue;
	open(input + File.separator + files[i]);
	source = getImageID();
	options = "prompt=[" + instruction + "] seed=" + d2s(seed, 0);
	if (model != "") options = options + " model_folder=[" + model + "]";
	run("Edit Image...", options);
	saveAs("Tiff", target);
	close();
	selectImage(source);
	close();
	written++;
}
setBatchMode(false);
print(written + " images edited");
