// A series of images over several prompts and seeds, as one stack.
//
// Every prompt is generated with the same seeds, so that images with the same seed differ by their prompt alone. The same
// prompt, seed and model always give the same image. Image > Show Info says where each slice comes from, also after
// the stack was saved as TIFF; Plugins > Z-Image > Make Again... makes one again.

#@ ZImageService zimage
#@ File (label = "Model folder (empty: built-in demo)", style = "directory", required = false) model
#@ String (label = "Prompts, separated by semicolons", value = "two round green nuclei; two elongated green nuclei") prompts
#@ Long (label = "First seed", value = 1, min = 0) first_seed
#@ Integer (label = "Images for each prompt", value = 3, min = 1) images_per_prompt
#@output ImagePlus series

import io.github.zimagefiji.image.Images

def images = []
for (prompt in prompts.split(";")*.trim()) {
	if (prompt.isEmpty()) continue
	// What is not named here (size, steps, guidance) is as the model needs it.
	def result = zimage.generate(model: model, prompt: prompt, seed: first_seed, count: images_per_prompt)
	images.addAll(result.images())
}
series = Images.toImagePlus(images)

// A series too long for the memory, whose images are generated only when they are looked at:
//   zimage.series(prompt: "many round blue nuclei", seed: 1, count: 1000).toImagePlus().show()
