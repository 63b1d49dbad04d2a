# Generates one image for each line of a text file and writes it as a PNG file that says where it comes from.
#
# The text file is UTF-8. A line holds a prompt and, if you like, a tab and a seed after it; lines that are blank or start
# with # are passed over. A file that exists is not generated again, so a batch that was stopped goes on where it was. A
# line that cannot be used does not stop the others; all problems are listed at the end.

#@ ZImageService zimage
#@ LogService log
#@ File (label = "Model folder (empty: built-in demo)", style = "directory", required = false) model
#@ File (label = "Text file of prompts") prompt_file
#@ File (label = "Write the images into this folder", style = "directory") output
#@ Long (label = "Seed of lines without one", value = 1, min = 0) default_seed
#@output Integer written

from io.github.zimagefiji.error import InvalidInputException
from io.github.zimagefiji.image.png import PngFile
from java.io import File
from java.nio.file import Files

output.mkdirs()
written = 0
problems = []
for number, line in enumerate(Files.readAllLines(prompt_file.toPath()), 1):  # as UTF-8
	line = line.lstrip(u"\ufeff")  # the mark with which some editors begin a file
	if not line.strip() or line.startswith("#"):
		continue
	parts = line.split("\t")
	seed = parts[1].strip() if len(parts) > 1 else default_seed
	image_file = File(output, "line-%04d-seed-%s.png" % (number, seed))
	if image_file.exists():
		continue
	try:
		result = zimage.generate({"model": model, "prompt": parts[0].strip(), "seed": seed})
		PngFile.write(image_file.toPath(), result.images().get(0))
		written += 1
	except InvalidInputException as problem:
		# Anything else, such as a run that was cancelled, ends the batch.
		problems.append("Line %d: %s" % (number, problem.getMessage()))
for problem in problems:
	log.warn(problem)
print("%d images written, %d lines could not be used" % (written, len(problems)))
