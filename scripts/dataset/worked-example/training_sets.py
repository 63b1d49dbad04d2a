"""The training sets that are compared: all have the same labels, splits and, where there is noise, the same noise."""
import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import tifffile
from scipy.ndimage import distance_transform_edt, gaussian_filter

import independent_renderer

# Fixed before any result was seen.
PLAIN_BACKGROUND = (0.0, 0.3)
PLAIN_OBJECTS = (0.4, 1.0)
SIGNAL_TO_NOISE = (2.0, 20.0)


@dataclass(frozen=True)
class Pair:
    """image: brightness, float (height, width); labels: 0 for background, else the object's number."""

    image: np.ndarray
    labels: np.ndarray


def read_dataset(folder):
    """{"train": …, "val": …}: lists of (index in the recipe, pair) of the accepted items of `zimage dataset`; brightness is
    that of the largest channel, 0 to 1."""
    folder, splits = Path(folder), {"train": [], "val": []}
    with open(folder / "manifest.csv", newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["status"] == "accepted":
                where = folder / "tiff" / row["split"]
                image = tifffile.imread(where / "images" / f"{row['name']}.tif").max(axis=-1) / 255
                labels = tifffile.imread(where / "labels" / f"{row['name']}.tif")
                splits[row["split"]].append((int(row["index"]), Pair(image, labels)))
    return splits


def make(name, generated, seed):
    """{"train": [pairs], "val": [pairs]} of one of SETS; `generated` is what `read_dataset` gives. Images are normalized."""
    if name == "renderer":
        return renderers_own(generated, seed)
    return {split: [SETS[name](pair, np.random.default_rng([seed, index])) for index, pair in items]
            for split, items in generated.items()}


def generated_with_noise(pair, rng):
    return with_noise(pair, rng)


def generated_as_is(pair, rng):
    return Pair(normalized(pair.image), pair.labels)


def plain_with_noise(pair, rng):
    return with_noise(plain(pair.labels, rng), rng)


def plain_blurred_with_noise(pair, rng):
    drawn = plain(pair.labels, rng)
    return with_noise(Pair(gaussian_filter(drawn.image, 1.0), drawn.labels), rng)


def plain_even_with_noise(pair, rng):
    greys = object_greys(pair.labels, rng)
    greys[1:] = greys[-1]
    return with_noise(Pair(greys[pair.labels], pair.labels), rng)


def generated_varied_with_noise(pair, rng):
    """The light of each object, and what lies nearest to it, times what its grey is in the plain rendering."""
    nearest = distance_transform_edt(pair.labels == 0, return_distances=False, return_indices=True)
    factors = gaussian_filter(object_greys(pair.labels, rng)[pair.labels[tuple(nearest)]], 1.0)
    base = np.median(pair.image[pair.labels == 0])
    return with_noise(Pair(base + (pair.image - base) * factors, pair.labels), rng)


def plain(labels, rng):
    return Pair(object_greys(labels, rng)[labels], labels)


def object_greys(labels, rng):
    """One grey for the background, one for each object: the same for an item, whoever asks."""
    # from a generator of their own: that of the noise must stand where it stands without these draws
    greys = rng.spawn(1)[0]
    table = greys.uniform(*PLAIN_OBJECTS, labels.max() + 1)
    table[0] = greys.uniform(*PLAIN_BACKGROUND)
    return table


def with_noise(pair, rng):
    """Gaussian noise; its standard deviation is the contrast of the image over a ratio drawn evenly on a logarithmic scale."""
    inside = pair.labels > 0
    contrast = pair.image[inside].mean() - pair.image[~inside].mean()
    ratio = np.exp(rng.uniform(*np.log(SIGNAL_TO_NOISE)))
    noise = rng.standard_normal(pair.image.shape)
    return Pair(normalized(pair.image + noise * max(contrast, 0.01) / ratio), pair.labels)


def renderers_own(generated, seed):
    """As many pairs as the others have, from the renderer of the test pairs with seeds of their own."""
    drawn = test_pairs(sum(len(items) for items in generated.values()), 2000 + seed)
    pairs = [pair for _, pair in drawn]
    training = len(generated["train"])
    return {"train": pairs[:training], "val": pairs[training:]}


def test_pairs(count, seed):
    """(level, pair) of the independent renderer; images are normalized."""
    return [(level, Pair(normalized(image.astype(float)), labels))
            for level, image, labels in independent_renderer.pairs(count, seed)]


def normalized(image):
    """So that the darkest hundredth lies below 0 and the brightest 2 in 1000 above 1; all methods see images so."""
    low, high = np.percentile(image, (1, 99.8))
    return np.clip((image - low) / max(high - low, 1e-9), -0.5, 1.5).astype(np.float32)


SETS = {
    "generated": generated_with_noise,
    "plain": plain_with_noise,
    "generated, no noise": generated_as_is,
    "plain, blurred": plain_blurred_with_noise,
    "renderer": None,
    # added after the first results were seen, to find what the difference comes from
    "plain, even": plain_even_with_noise,
    "generated, varied": generated_varied_with_noise,
    # of a dataset of its own, made with the recipe's key of that name
    "variation": generated_with_noise,
}

# What the two experiments compare.
FIRST = tuple(name for name in SETS if name != "variation")
AGAIN = ("generated", "plain", "variation")
