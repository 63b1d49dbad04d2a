# Paints one object of a label image anew in the image that belongs to it, in several variants. Everything outside the
# object comes back as it was, to the bit, in the image's own type and scale.

#@ ZImageService zimage
#@ File (label = "Model folder (empty: built-in demo)", style = "directory", required = false) model
#@ File (label = "Image") image
#@ File (label = "Its label image") labels
#@ Integer (label = "Label to paint anew", value = 1, min = 1) label
#@ String (label = "Prompt", value = "one round red nucleus") prompt
#@ Double (label = "Strength", value = 1, min = 0, max = 1) strength
#@ Integer (label = "Feather (pixels)", value = 2, min = 0) feather
#@ Integer (label = "Number of variants", value = 3, min = 1) variants
#@ Long (label = "First seed", value = 1, min = 0) seed
#@output ImagePlus painted

from io.github.zimagefiji.request import IntensityRange
from io.github.zimagefiji.image.source import LabelImage, MaskSource, PlaneChoice
from io.github.zimagefiji.image import SourceImage

source = SourceImage.open(image.toPath(), IntensityRange.DISPLAY, PlaneChoice.SHOWN)
mask = MaskSource.ofLabel(LabelImage.open(labels.toPath(), PlaneChoice.SHOWN), label)
result = zimage.generate({"image": source.input(), "mask": mask, "strength": strength, "feather": feather, "model": model,
	"prompt": prompt, "seed": seed, "count": variants})
for caution in result.cautions():
	print(caution)
painted = source.restore(result.images())
