"""Two segmentations of other people's making, and how they are tuned on a training set.

Both have `tune(train, val, seed)`, which gives a function image -> labels and the settings that did best on `val` by the mean
average precision (`scores.py`). The values that are tried were fixed before any result was seen.
"""
import itertools

import numpy as np
from scipy.ndimage import distance_transform_edt, label as connected_parts
from skimage.feature import multiscale_basic_features, peak_local_max
from skimage.filters import gaussian, threshold_otsu
from skimage.segmentation import watershed
from sklearn.ensemble import RandomForestClassifier

from scores import average_precision


def best(combinations, segment, pairs):
    """The combination with the highest mean average precision; `segment(i, *combination)` segments pair i."""
    found = [(np.mean([average_precision(pair.labels, segment(i, *c)) for i, pair in enumerate(pairs)]), c)
             for c in combinations]
    return max(found, key=lambda each: each[0])


def without_small(labels, least):
    """Objects of fewer than `least` pixels are removed; numbers have no gaps."""
    sizes = np.bincount(labels.ravel())
    kept = sizes >= least
    kept[0] = False
    return np.where(kept, np.cumsum(kept), 0)[labels]


class Forest:
    """scikit-learn's random forest on scikit-image's multi-scale features. It tells background, interior and rim of objects
    apart; parts of the interior are seeds of a watershed."""

    TREES, SAMPLES, RIM = 40, 100, 2
    DEPTHS = (8, 14)
    POST = tuple(itertools.product((0.3, 0.5, 0.7), (0.4, 0.5, 0.6), (20, 50)))

    def tune(self, train, val, seed):
        rng = np.random.default_rng(seed)
        x, y = (np.concatenate(parts) for parts in zip(*(self.sample(pair, rng) for pair in train)))
        features = [self.features(pair.image) for pair in val]
        found = []
        for depth in self.DEPTHS:
            forest = RandomForestClassifier(self.TREES, max_depth=depth, random_state=seed, n_jobs=1).fit(x, y)
            maps = [self.probabilities(forest, f) for f in features]
            score, post = best(self.POST, lambda i, *c: self.objects(maps[i], *c), val)
            found.append((score, forest, depth, post))
        score, forest, depth, post = max(found, key=lambda each: each[0])
        settings = {"depth": depth, "interior": post[0], "foreground": post[1], "least size": post[2], "val": score}
        return lambda image: self.objects(self.probabilities(forest, self.features(image)), *post), settings

    def features(self, image):
        return multiscale_basic_features(image, sigma_min=1, sigma_max=8, workers=1)

    def sample(self, pair, rng):
        classes = self.classes(pair.labels).ravel()
        features = self.features(pair.image).reshape(len(classes), -1)
        chosen = np.concatenate([rng.permutation(np.flatnonzero(classes == c))[:self.SAMPLES] for c in range(3)])
        return features[chosen], classes[chosen]

    def classes(self, labels):
        """0 background, 1 interior, 2 rim: pixels nearer than RIM to anything that is not their object."""
        classes = np.zeros(labels.shape, np.uint8)
        for n in range(1, labels.max() + 1):
            # an object that the border cuts has no rim there
            inside = np.pad(labels == n, 3, mode="edge")
            depth = distance_transform_edt(inside)[3:-3, 3:-3]
            classes[labels == n] = np.where(depth[labels == n] > self.RIM, 1, 2)
        return classes

    def probabilities(self, forest, features):
        """(height, width, 3)"""
        return forest.predict_proba(features.reshape(-1, features.shape[-1])).reshape(*features.shape[:2], 3)

    def objects(self, maps, interior, foreground, least):
        seeds = connected_parts(maps[..., 1] > interior)[0]
        labels = watershed(-maps[..., 1], seeds, mask=maps[..., 0] < 1 - foreground)
        return without_small(labels, least)


class Classic:
    """scikit-image's blur, Otsu's threshold times a factor, and a watershed of the distance to the background."""

    GRID = tuple(itertools.product((1, 2, 3), (0.6, 0.7, 0.8, 0.9, 1.0, 1.1), (3, 5, 7, 9), (20, 50)))
    UNTUNED = (1, 1.0, 5, 20)

    def tune(self, train, val, seed):
        score, chosen = best(self.GRID, lambda i, *c: self.objects(val[i].image, *c), val)
        settings = dict(zip(("blur", "factor", "distance", "least size"), chosen), val=score)
        return lambda image: self.objects(image, *chosen), settings

    def untuned(self, image):
        return self.objects(image, *self.UNTUNED)

    def objects(self, image, blur, factor, distance, least):
        smooth = gaussian(image, blur)
        inside = smooth > factor * threshold_otsu(smooth)
        depth = gaussian(distance_transform_edt(inside), 1)
        parts = connected_parts(inside)[0]
        peaks = peak_local_max(depth, min_distance=distance, labels=parts, exclude_border=False)
        seeds = np.zeros(image.shape, int)
        seeds[tuple(peaks.T)] = np.arange(1, len(peaks) + 1)
        return without_small(watershed(-depth, seeds, mask=inside), least)


METHODS = {"forest": Forest(), "classic": Classic()}
