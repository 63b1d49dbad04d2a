# Writes a dataset to train segmentation with: images of nuclei that were made from labels, so that the labels are true.
#
# Each image is compared with its labels by a segmentation that does not know them; report.html shows how well they agree.
# The recipe can be saved and run on a cluster: docs/dataset.md. A dataset that was stopped goes on where it was; another
# recipe needs another folder. The images are synthetic: judge what was trained on them on real ones.

#@ ZImageService zimage
#@ File (label = "Write the dataset into this folder", style = "directory") output
#@ Integer (label = "Number of images", value = 50, min = 5) image_count
#@ Integer (label = "Fewest nuclei in an image", value = 1, min = 1) fewest
#@ Integer (label = "Most nuclei in an image", value = 6, min = 1) most
#@ Long (label = "Seed", value = 1) seed
#@output Integer accepted
#@output Double mean_iou

from io.github.zimagefiji.dataset.recipe import ObjectKind, OutputFormat, Population, QualityLimits, Range, Recipe, Splits

builder = Recipe.builder("nuclei").items(image_count).seed(seed)
builder.prompt("{count} round {colour} nuclei on a dark background").values("colour", ["green", "blue", "white"])
builder.objects([Population.of(ObjectKind.NUCLEI, "nucleus", Range(fewest, most))])
builder.splits(Splits(0.6, 0.2, 0.2)).outputs([OutputFormat.TIFF, OutputFormat.COCO])
builder.quality(QualityLimits(0.6, 1, 2, 1, None))  # least IoU, count error, retries, smoothing
summary = zimage.dataset(builder.build(), output)
accepted = summary.accepted()
mean_iou = summary.meanIou()
print("%d of %d images, mean IoU %.3f: %s" % (accepted, summary.items(), mean_iou, summary.report()))
