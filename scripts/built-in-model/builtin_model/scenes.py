"""What a picture shows, in words a caption can use. No pixels here: render.py draws what this module chooses.

A scene is one to two layers of objects (nuclei, spots, filaments), one brightness and one background.
Some combinations of attributes are held out: training never sees them, evaluation asks for nothing else.
"""

import dataclasses
import hashlib

import numpy as np

SIZE = 128

# RGB of full intensity. Chosen far apart so that a colour can be measured without doubt.
COLOURS = {
    "red": (1.0, 0.10, 0.08),
    "green": (0.10, 1.0, 0.16),
    "blue": (0.12, 0.28, 1.0),
    "cyan": (0.05, 0.92, 1.0),
    "magenta": (1.0, 0.12, 0.90),
    "yellow": (1.0, 0.88, 0.05),
    "white": (1.0, 1.0, 1.0),
}
COLOUR_NAMES = tuple(COLOURS)
KINDS = ("nuclei", "spots", "filaments")
SHAPES = ("round", "elongated")
DENSITIES = ("few", "some", "many")
BRIGHTNESS = {"dim": (0.34, 0.46), "normal": (0.66, 0.80), "bright": (0.94, 1.0)}
BACKGROUNDS = ("dark", "hazy", "grey")
MAX_EXPLICIT_COUNT = 6
HELD_OUT_PERCENT = 10


@dataclasses.dataclass(frozen=True)
class Layer:
    """Objects of one kind and colour. `count` is exact, or None where only the density is meant."""

    kind: str
    colour: str
    count: int | None
    shape: str | None  # nuclei only
    density: str | None  # spots and filaments only

    @property
    def key(self):
        amount = self.density if self.count is None else min(self.count, MAX_EXPLICIT_COUNT + 1)
        return f"{self.kind}:{self.colour}:{amount}:{self.shape}"


@dataclasses.dataclass(frozen=True)
class Scene:
    """The layers from the bottom up, and what holds for the whole picture."""

    layers: tuple[Layer, ...]
    brightness: str
    background: str

    def layer(self, kind):
        """The layer of that kind, or None."""
        return next((layer for layer in self.layers if layer.kind == kind), None)

    @property
    def kinds(self):
        return tuple(layer.kind for layer in self.layers)

    @property
    def held_out(self):
        """Whether this combination of kinds, colours, amounts and shapes belongs to evaluation only."""
        key = "|".join(layer.key for layer in self.layers)
        return int(hashlib.sha256(key.encode()).hexdigest(), 16) % 100 < HELD_OUT_PERCENT


def sample_scene(rng, held_out=False, kinds=None):
    """A random scene from the training combinations, or from the held-out ones.

    :param rng: numpy Generator
    :param kinds: tuple of kinds to show, or None for the usual mixture
    """
    while True:
        scene = _sample_any(rng, kinds)
        if scene.held_out == held_out:
            return scene


def _sample_any(rng, kinds):
    if kinds is None:
        mixture = (("nuclei",), ("spots",), ("filaments",), ("nuclei", "spots"), ("filaments", "nuclei"))
        kinds = mixture[rng.choice(len(mixture), p=(0.45, 0.17, 0.16, 0.12, 0.10))]
    colours = rng.permutation(COLOUR_NAMES)
    layers = tuple(_sample_layer(rng, kind, str(colours[i])) for i, kind in enumerate(kinds))
    brightness = str(rng.choice(tuple(BRIGHTNESS), p=(0.2, 0.55, 0.25)))
    background = str(rng.choice(BACKGROUNDS, p=(0.6, 0.2, 0.2)))
    return Scene(layers, brightness, background)


def _sample_layer(rng, kind, colour):
    if kind == "nuclei":
        few = rng.random() < 0.85
        count = int(rng.integers(1, 7)) if few else int(rng.integers(8, 13))
        return Layer(kind, colour, count, str(rng.choice(SHAPES, p=(0.6, 0.4))), None)
    if kind == "spots" and rng.random() < 0.3:
        return Layer(kind, colour, int(rng.integers(1, 7)), None, None)
    return Layer(kind, colour, None, None, str(rng.choice(DENSITIES)))


def generator(*seed):
    """A numpy generator for one purpose; all randomness of this package is seeded through it."""
    return np.random.default_rng([abs(hash_of(part)) for part in seed])


def hash_of(part):
    """Stable non-negative integer of a number or word (Python's own hash differs between runs)."""
    if isinstance(part, int):
        return part
    return int(hashlib.sha256(str(part).encode()).hexdigest()[:8], 16)
