// Writes a dataset to train segmentation with: images of nuclei that were made from labels, so that the labels are true.
//
// Each image is compared with its labels by a segmentation that does not know them; report.html shows how well they agree.
// The recipe can be saved and run on a cluster: docs/dataset.md. A dataset that was stopped goes on where it was; another
// recipe needs another folder. The images are synthetic: judge what was trained on them on real ones.

#@ ZImageService zimage
#@ File (label = "Write the dataset into this folder", style = "directory") output
#@ Integer (label = "Number of images", value = 50, min = 5) image_count
#@ Integer (label = "Fewest nuclei in an image", value = 1, min = 1) fewest
#@ Integer (label = "Most nuclei in an image", value = 6, min = 1) most
#@ Long (label = "Seed", value = 1) seed
#@output Integer accepted
#@output Double mean_iou

import io.github.zimagefiji.dataset.recipe.ObjectKind
import io.github.zimagefiji.dataset.recipe.OutputFormat
import io.github.zimagefiji.dataset.recipe.Population
import io.github.zimagefiji.dataset.recipe.QualityLimits
import io.github.zimagefiji.dataset.recipe.Range
import io.github.zimagefiji.dataset.recipe.Recipe
import io.github.zimagefiji.dataset.recipe.Splits

def recipe = Recipe.builder("nuclei").items(image_count).seed(seed)
	.prompt("{count} round {colour} nuclei on a dark background").values("colour", "green", "blue", "white")
	.objects(Population.of(ObjectKind.NUCLEI, "nucleus", new Range(fewest, most)))
	.splits(new Splits(0.6, 0.2, 0.2)).outputs(OutputFormat.TIFF, OutputFormat.COCO)
	.quality(new QualityLimits(0.6, 1, 2, 1, null)).build() // least IoU, count error, retries, smoothing
def summary = zimage.dataset(recipe, output)
accepted = summary.accepted()
mean_iou = summary.meanIou()
println accepted + " of " + summary.items() + " images, mean IoU " + mean_iou + ": " + summary.report()
