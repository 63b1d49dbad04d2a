"""Draws pairs of nuclei that neither training set saw. It shares no code with the program's own scenes or with the pictures
that the built-in model learnt from, and was fixed before any segmentation was scored on it.

Nuclei are superellipses with Fourier waves on their contour. They lie alone, in contact, or cut by the border. Light is a dome
with chromatin (band-passed noise) and dark nucleoli. Then come out-of-focus light, debris without labels, uneven illumination,
a point spread function with a tail, photons, read noise, and 16 bits.
"""
from dataclasses import dataclass

import numpy as np
from scipy.ndimage import distance_transform_edt, gaussian_filter, label as connected_parts

SIZE = 128
Y, X = np.mgrid[0:SIZE, 0:SIZE]
GAIN, OFFSET = 12, 200
LEAST_PIXELS = 30


@dataclass(frozen=True)
class Level:
    """nuclei: from, to; contact: the part placed beside another; blur: pixels; photons: electrons of a bright nucleus, from, to;
    background, haze, shading, debris: parts of a bright nucleus's light, strengths, and how many specks."""

    nuclei: tuple
    contact: float
    blur: float
    photons: tuple
    background: tuple
    haze: float
    shading: float
    debris: int


LEVELS = {
    "easy": Level((4, 9), 0.0, 0.8, (200, 500), (0.02, 0.10), 0.05, 0.2, 0),
    "medium": Level((6, 12), 0.4, 1.2, (60, 200), (0.05, 0.25), 0.12, 0.4, 4),
    "hard": Level((8, 16), 0.6, 1.6, (25, 80), (0.10, 0.40), 0.25, 0.6, 8),
}


def pairs(count, seed):
    """(level, image of uint16, labels of uint16) for each of `count` pairs; levels in turn."""
    names = list(LEVELS)
    for i in range(count):
        name = names[i % len(names)]
        yield name, *draw(LEVELS[name], np.random.default_rng([seed, i]))


def draw(level, rng):
    """One image (uint16) and its labels (uint16, numbered without gaps)."""
    labels, light = nuclei(level, rng)
    scene = light + surroundings(level, rng)
    scene += specks(level, rng)
    scene *= illumination(level, rng)
    seen = 0.85 * gaussian_filter(scene, level.blur) + 0.15 * gaussian_filter(scene, 4 * level.blur)
    electrons = rng.poisson(seen * rng.uniform(*level.photons)) + rng.normal(0, 2.5, seen.shape)
    return np.clip(np.rint(OFFSET + GAIN * electrons), 0, 65535).astype(np.uint16), labels


def nuclei(level, rng):
    labels = np.zeros((SIZE, SIZE), np.uint16)
    light = np.zeros((SIZE, SIZE))
    centres = []
    mean_radius = rng.uniform(7, 12)
    for _ in range(rng.integers(level.nuclei[0], level.nuclei[1] + 1)):
        contour = Contour(mean_radius * rng.uniform(0.8, 1.25), rng)
        beside = centres[rng.integers(len(centres))] if centres and rng.random() < level.contact else None
        place = in_contact(labels, contour, beside, rng) if beside else alone(labels, contour, rng)
        if place is None:
            continue
        centre, inside = place
        centres.append(centre)
        labels[inside] = len(centres)
        light[inside] = (chromatin(contour, centre, rng) * rng.lognormal(-0.25, 0.25))[inside]
    return labels, light


class Contour:
    """The outline of a nucleus in polar form; `depth` is 0 at its centre and 1 on it."""

    def __init__(self, radius, rng):
        self.aspect = np.sqrt(rng.uniform(1.0, 1.8))
        self.radius, self.angle, self.power = radius, rng.uniform(0, np.pi), rng.uniform(1.8, 2.6)
        self.waves = [(k, rng.normal(0, 0.08) / k, rng.uniform(0, 2 * np.pi)) for k in range(2, 7)]

    def depth(self, centre):
        """(SIZE, SIZE); infinite beyond three radii, which no contour reaches."""
        depth = np.full((SIZE, SIZE), np.inf)
        x, y = (slice(*np.clip((int(c - 3 * self.radius), int(c + 3 * self.radius) + 1), 0, SIZE)) for c in centre)
        depth[y, x] = self._depth(X[y, x] - centre[0], Y[y, x] - centre[1])
        return depth

    def _depth(self, dx, dy):
        u = (dx * np.cos(self.angle) + dy * np.sin(self.angle)) / self.aspect
        v = (dy * np.cos(self.angle) - dx * np.sin(self.angle)) * self.aspect
        theta = np.arctan2(v, u)
        wave = np.exp(sum(a * np.cos(k * theta + phase) for k, a, phase in self.waves))
        return (np.abs(u) ** self.power + np.abs(v) ** self.power) ** (1 / self.power) / (self.radius * wave)


def alone(labels, contour, rng):
    """A place at least 3 pixels from all others, perhaps cut by the border; or None."""
    room = distance_transform_edt(labels == 0) if labels.any() else np.full(labels.shape, np.inf)
    for _ in range(60):
        centre = tuple(rng.uniform(0, SIZE, 2))
        inside = contour.depth(centre) < 1
        if inside.sum() >= LEAST_PIXELS and room[inside].min() > 3:
            return centre, inside
    return None


def in_contact(labels, contour, neighbour, rng):
    """The nearest place in a random direction where at most 8 % would lie under others; what does is cut off; or None."""
    for _ in range(12):
        angle = rng.uniform(0, 2 * np.pi)
        for distance in np.arange(6, 40, 0.5):
            centre = neighbour[0] + distance * np.cos(angle), neighbour[1] + distance * np.sin(angle)
            inside = contour.depth(centre) < 1
            free = inside & (labels == 0)
            if free.sum() >= max(LEAST_PIXELS, 0.92 * inside.sum()) and connected_parts(free)[1] == 1:
                return centre, free
    return None


def chromatin(contour, centre, rng):
    """Light of a nucleus: a dome with a grain and nucleoli."""
    depth = contour.depth(centre)
    dome = np.sqrt(1 - 0.75 * np.minimum(depth, 1) ** 2)
    noise = rng.standard_normal((SIZE, SIZE))
    grain = gaussian_filter(noise, 1.2) - gaussian_filter(noise, 3.5)
    light = dome * np.exp(rng.uniform(0.08, 0.3) * grain / grain.std())
    for _ in range(rng.integers(0, 4)):
        r, a = 0.6 * contour.radius * np.sqrt(rng.random()), rng.uniform(0, 2 * np.pi)
        x, y = centre[0] + r * np.cos(a), centre[1] + r * np.sin(a)
        spread = rng.uniform(0.12, 0.22) * contour.radius
        light *= 1 - rng.uniform(0.2, 0.6) * np.exp(-((X - x) ** 2 + (Y - y) ** 2) / (2 * spread**2))
    return light


def surroundings(level, rng):
    """Background that drifts, and nuclei of other planes as wide blobs."""
    drift = gaussian_filter(rng.standard_normal((SIZE, SIZE)), 20)
    light = rng.uniform(*level.background) * (1 + 0.15 * drift / drift.std())
    for _ in range(rng.integers(0, 4)):
        x, y = rng.uniform(0, SIZE, 2)
        light += rng.uniform(0, level.haze) * np.exp(-((X - x) ** 2 + (Y - y) ** 2) / (2 * rng.uniform(9, 20) ** 2))
    return np.clip(light, 0, None)


def specks(level, rng):
    """Debris: small and bright, without labels."""
    light = np.zeros((SIZE, SIZE))
    for _ in range(rng.integers(0, level.debris + 1)):
        x, y = rng.uniform(0, SIZE, 2)
        light += rng.uniform(0.2, 0.9) * np.exp(-((X - x) ** 2 + (Y - y) ** 2) / (2 * rng.uniform(0.7, 1.6) ** 2))
    return light


def illumination(level, rng):
    """Falls with the square of the distance from a point near the middle, to 1 - shading at the farthest corner or less."""
    x, y = SIZE / 2 + rng.normal(0, SIZE / 8, 2)
    fall = (X - x) ** 2 + (Y - y) ** 2
    return 1 - rng.uniform(0, level.shading) * fall / fall.max()
