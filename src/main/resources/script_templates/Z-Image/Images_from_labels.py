# Makes images that follow a label image: the objects come where the labels are. A ControlNet does it; the built-in model's
# follows label images of nuclei. Image and labels together are training data with ground truth; check a few by eye.
#
# The stack has one image for each seed, of the labels' size.

#@ ZImageService zimage
#@ File (label = "Model folder (empty: built-in demo)", style = "directory", required = false) model
#@ File (label = "ControlNet of that model (empty: built-in)", style = "open", required = false) control_model
#@ File (label = "Label image") labels
#@ String (label = "Prompt", value = "green nuclei") prompt
#@ Double (label = "Control scale", value = 1) control_scale
#@ Integer (label = "Number of images", value = 4, min = 1) image_count
#@ Long (label = "First seed", value = 1, min = 0) seed
#@output ImagePlus images

from io.github.zimagefiji.image import Images

result = zimage.generate({"control_image": labels, "preprocessor": "filled-labels", "control_scale": control_scale,
	"control_model": control_model, "model": model, "prompt": prompt, "seed": seed, "count": image_count})
images = Images.toImagePlus(result)
