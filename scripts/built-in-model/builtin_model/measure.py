"""Image analysis that knows nothing of how a picture came to be: threshold, particles, hue.

Deliberately no more than what ImageJ's own commands offer (Gaussian blur, Otsu, opening, Analyze Particles), so that
the Java tests can repeat it.
"""

import dataclasses

import numpy as np
from scipy import ndimage

from .scenes import COLOURS

MIN_NUCLEUS = 60  # px, smaller particles are no nuclei
DISK = np.hypot(*np.mgrid[-4:5, -4:5]) <= 4.2
SMALL_DISK = np.hypot(*np.mgrid[-2:3, -2:3]) <= 2.3


@dataclasses.dataclass(frozen=True)
class Analysis:
    """`kind` and `colour` are of the dominant objects; `count` and `elongated` take them for nuclei."""

    kind: str
    colour: str
    count: int
    spots: int
    elongated: bool
    level: float


def intensity(image):
    """Strongest channel, 0..1, slightly smoothed; image is uint8 (height, width, 3)."""
    return ndimage.gaussian_filter(image.max(2).astype(np.float32) / 255, 1.0)


def otsu(values):
    """Threshold that separates two classes best (Otsu 1979), on 256 bins from 0 to 1."""
    counts = np.histogram(values, 256, (0, 1))[0].astype(np.float64)
    centres = (np.arange(256) + 0.5) / 256
    below = np.cumsum(counts)
    above = below[-1] - below
    sums = np.cumsum(counts * centres)
    with np.errstate(divide="ignore", invalid="ignore"):
        between = below * above * (sums / below - (sums[-1] - sums) / above) ** 2
    between = np.nan_to_num(between)
    best = np.flatnonzero(between >= between.max() * (1 - 1e-9))
    return centres[best].mean()


def foreground(image):
    """Pixels above Otsu's threshold, bool (height, width)."""
    values = intensity(image)
    return values > otsu(values)


def analyse(image):
    """All measurements of one picture, uint8 (height, width, 3)."""
    mask = foreground(image)
    opened = ndimage.binary_opening(mask, DISK)
    kind = kind_of(mask, opened)
    nuclei = particles(ndimage.binary_opening(mask, SMALL_DISK), MIN_NUCLEUS)
    spots = particles(mask, 4)
    aspects = [aspect(particle) for particle in nuclei]
    elongated = bool(aspects) and float(np.median(aspects)) > 1.45
    level = float(np.percentile(image.max(2)[mask], 75) / 255) if mask.any() else 0.0
    return Analysis(kind, colour_of(image, mask), len(nuclei), len(spots), elongated, level)


def kind_of(mask, opened):
    """Nuclei survive an opening by four pixels; of the rest, filaments are long and spots are not."""
    if not mask.any():
        return "nothing"
    sizes = particles(mask, 4)
    if opened.sum() > 0.4 * mask.sum() and np.median([len(y) for y, _ in sizes]) >= 100:
        return "nuclei"
    extent = [np.hypot(np.ptp(y) + 1, np.ptp(x) + 1) for y, x in sizes]
    area = [len(y) for y, _ in sizes]
    return "filaments" if area and np.average(extent, weights=area) > 24 else "spots"


def particles(mask, smallest):
    """Pixel positions (y, x) of each connected particle of at least `smallest` pixels."""
    labels, count = ndimage.label(mask, np.ones((3, 3)))
    areas = ndimage.sum_labels(mask, labels, range(1, count + 1)) if count else []
    return [np.nonzero(labels == index + 1) for index, size in enumerate(areas) if size >= smallest]


def aspect(particle):
    """Ratio of the axes of the ellipse with the same second moments."""
    values = np.linalg.eigvalsh(np.cov(np.stack(particle)) + np.eye(2) / 12)
    return float(np.sqrt(values[1] / values[0]))


def colour_of(image, mask):
    """Nearest of the named colours to the light that the foreground adds to the background."""
    if not mask.any():
        return "none"
    pixels = image.astype(np.float32) / 255
    background = np.median(pixels[~mask], 0) if (~mask).any() else np.zeros(3)
    light = np.clip(pixels[mask] - background, 0, None).mean(0)
    light /= np.linalg.norm(light) + 1e-9
    return max(COLOURS, key=lambda name: light @ np.array(COLOURS[name]) / np.linalg.norm(COLOURS[name]))


def overlap(first, second):
    """Intersection over union of two bool masks; 1 where both are empty."""
    union = (first | second).sum()
    return float((first & second).sum() / union) if union else 1.0


def found_share(labels, mask):
    """Share of the labelled objects of which at least half lies in `mask`."""
    objects = [mask[labels == index].mean() >= 0.5 for index in range(1, labels.max() + 1)]
    return float(np.mean(objects)) if objects else 1.0
