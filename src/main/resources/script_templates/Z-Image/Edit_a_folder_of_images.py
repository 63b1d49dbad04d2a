# Edits every image of a folder by the same instruction, and writes the results as TIFF files of the same type and scale:
# 16 bits stay 16 bits.
#
# Files that are no images are passed over. A result that exists is not made again, so a batch that was stopped goes on
# where it was. An image that cannot be used does not stop the others; all problems are listed at the end.

#@ ZImageService zimage
#@ LogService log
#@ File (label = "Editing model (empty: built-in demo)", style = "directory", required = false) model
#@ String (label = "Instruction", value = "make the nuclei red") instruction
#@ File (label = "Images", style = "directory") input
#@ File (label = "Write the results into this folder", style = "directory") output
#@ Long (label = "Seed", value = 1, min = 0) seed
#@output Integer written

import re
from io.github.zimagefiji.error import InvalidInputException
from io.github.zimagefiji.request import IntensityRange
from io.github.zimagefiji.image.source import PlaneChoice
from io.github.zimagefiji.image import SourceImage, TiffFile
from java.io import File

output.mkdirs()
written = 0
problems = []
for image_file in sorted(input.listFiles(), key=lambda each: each.getName()):
	name = image_file.getName()
	if not re.search(r"(?i)\.(tiff?|png|jpe?g|gif|bmp)$", name):
		continue
	target = File(output, name.rpartition(".")[0] + "-edited.tif")
	if target.exists():
		continue
	try:
		source = SourceImage.open(image_file.toPath(), IntensityRange.DISPLAY, PlaneChoice.SHOWN)
		result = zimage.generate({"task": "edit", "images": [source.input()], "model": model, "prompt": instruction,
			"seed": seed})
		TiffFile.write(target.toPath(), source, result.images())
		written += 1
	except InvalidInputException as problem:
		# Anything else, such as a run that was cancelled, ends the batch.
		problems.append(name + ": " + problem.getMessage())
for problem in problems:
	log.warn(problem)
print("%d images edited, %d could not be used" % (written, len(problems)))
