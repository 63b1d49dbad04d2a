"""Draws scenes as 128x128 fluorescence pictures, with exact ground truth.

Placing (where objects lie) is apart from drawing, so that an edit can change a placed scene and draw it again with
everything else unchanged. Blurs are products with banded matrices: no library beside numpy, and fast.
"""

import dataclasses
import functools

import numpy as np

from .scenes import BRIGHTNESS, COLOURS, SIZE

MARGIN = 3.0
GRID_Y, GRID_X = np.mgrid[0:SIZE, 0:SIZE].astype(np.float32)
SPOT_RANGES = {"few": (4, 9), "some": (10, 18), "many": (24, 38)}
FILAMENT_RANGES = {"few": (3, 4), "some": (6, 9), "many": (12, 17)}


@dataclasses.dataclass(frozen=True)
class PlacedLayer:
    """Objects with positions.

    nuclei: rows of (x, y, half axis a, half axis b, angle, intensity); spots: rows of (x, y, sigma, intensity);
    filaments: (curve, point, 2) positions, not a number where a curve has ended.
    """

    kind: str
    colour: str
    objects: np.ndarray


@dataclasses.dataclass(frozen=True)
class Placed:
    """A scene with every random choice made. `texture_seed` fixes chromatin texture and uneven light."""

    layers: tuple[PlacedLayer, ...]
    brightness: float
    background: str
    texture_seed: int

    def layer(self, kind):
        return next((layer for layer in self.layers if layer.kind == kind), None)

    def replace_layer(self, kind, new):
        """A copy with the layer of that kind replaced, or removed where `new` is None."""
        layers = tuple(new if layer.kind == kind else layer for layer in self.layers)
        return dataclasses.replace(self, layers=tuple(layer for layer in layers if layer is not None))


@dataclasses.dataclass(frozen=True)
class Picture:
    """`image` uint8 (128, 128, 3); `labels` uint8 (128, 128), nuclei 1..n; `spots`, `filaments` bool masks."""

    image: np.ndarray
    labels: np.ndarray
    spots: np.ndarray
    filaments: np.ndarray


@functools.lru_cache(maxsize=None)
def blur_matrix(sigma):
    """(128, 128) matrix B so that B @ image @ B.T is a Gaussian blur."""
    i = np.arange(SIZE, dtype=np.float32)
    kernel = np.exp(-0.5 * ((i[:, None] - i[None, :]) / sigma) ** 2)
    return (kernel / kernel.sum(1, keepdims=True)).astype(np.float32)


def blur(image, sigma):
    matrix = blur_matrix(float(sigma))
    return matrix @ image @ matrix.T


def place(scene, rng):
    """Makes every random choice that the words of the scene leave open."""
    layers = tuple(
        PlacedLayer(layer.kind, layer.colour, PLACERS[layer.kind](layer, rng)) for layer in scene.layers
    )
    low, high = BRIGHTNESS[scene.brightness]
    return Placed(layers, float(rng.uniform(low, high)), scene.background, int(rng.integers(2**31)))


def render(scene, rng):
    """Places and draws in one go."""
    return draw(place(scene, rng))


def place_nuclei(layer, rng):
    """Separate nuclei wholly inside the picture; smaller and tried anew where they do not fit."""
    low, high = (9.5, 14.0) if layer.count <= 3 else (8.5, 11.5) if layer.count <= 6 else (7.0, 9.0)
    while True:
        rows, circles = [], []
        for _ in range(60 * layer.count):
            row = _nucleus(layer.shape, rng.uniform(low, high), rng)
            cover = _covering_circles(row)
            if _inside(cover) and all(_apart(cover, other) for other in circles):
                rows.append(row)
                circles.append(cover)
                if len(rows) == layer.count:
                    return np.array(rows, np.float32)
        low, high = low * 0.95, high * 0.95


def _nucleus(shape, radius, rng):
    aspect = rng.uniform(1.0, 1.12) if shape == "round" else rng.uniform(1.8, 2.3)
    a, b = radius * np.sqrt(aspect), radius / np.sqrt(aspect)
    return (*rng.uniform(0, SIZE, 2), a, b, rng.uniform(0, np.pi), rng.uniform(0.88, 1.0))


def _covering_circles(row):
    """Three circles along the long axis that together contain the ellipse, as (x, y, radius)."""
    x, y, a, b, angle, _ = row
    step = max(a - b, 0.0)
    offsets = np.array((-step, 0.0, step))
    return np.stack((x + offsets * np.cos(angle), y + offsets * np.sin(angle), np.full(3, b * 1.06)), 1)


def _inside(circles):
    low = circles[:, :2] - circles[:, 2:]
    high = circles[:, :2] + circles[:, 2:]
    return bool((low > MARGIN).all() and (high < SIZE - 1 - MARGIN).all())


def _apart(first, second, gap=6.0):
    distance = np.hypot(first[:, None, 0] - second[None, :, 0], first[:, None, 1] - second[None, :, 1])
    return bool((distance > first[:, None, 2] + second[None, :, 2] + gap).all())


def place_spots(layer, rng):
    if layer.count is not None:
        return scatter_spots(layer.count, rng, 2.0, 2.5)
    low, high = SPOT_RANGES[layer.density]
    return scatter_spots(int(rng.integers(low, high + 1)), rng, 1.6, 2.2)


def scatter_spots(count, rng, sigma_low, sigma_high, taken=()):
    """Rows of (x, y, sigma, intensity), no two closer than their blurs reach."""
    rows = list(taken)
    start = len(rows)
    sigma = rng.uniform(sigma_low, sigma_high)
    while len(rows) < start + count:
        x, y = rng.uniform(6, SIZE - 7, 2)
        if all((x - r[0]) ** 2 + (y - r[1]) ** 2 > (3.2 * (sigma + r[2])) ** 2 for r in rows):
            rows.append((x, y, sigma, rng.uniform(0.85, 1.0)))
        elif rng.random() < 0.01:
            sigma *= 0.95
    return np.array(rows[start:], np.float32)


def place_filaments(layer, rng):
    """Smooth wandering curves that start anywhere and are followed for 100 to 150 px."""
    low, high = FILAMENT_RANGES[layer.density]
    count, points = int(rng.integers(low, high + 1)), 300
    bend = rng.normal(0, 1, (count, points // 20 + 2))
    positions = np.linspace(0, bend.shape[1] - 1.001, points)
    left = positions.astype(int)
    smooth = bend[:, left] * (left + 1 - positions) + bend[:, left + 1] * (positions - left)
    angle = rng.uniform(0, 2 * np.pi, (count, 1)) + np.cumsum(smooth, 1) * 0.035
    start = rng.uniform(4, SIZE - 4, (count, 1, 2))
    steps = np.stack((np.cos(angle), np.sin(angle)), 2) * 0.5
    curves = start + np.cumsum(steps, 1)
    length = rng.integers(200, points + 1, count)
    curves[np.arange(points)[None, :] >= length[:, None]] = np.nan
    return curves.astype(np.float32)


PLACERS = {"nuclei": place_nuclei, "spots": place_spots, "filaments": place_filaments}


def draw(placed):
    """Pixels and ground truth of a placed scene."""
    rng = np.random.default_rng(placed.texture_seed)
    texture = _unit(blur(rng.standard_normal((SIZE, SIZE)).astype(np.float32), 2.5))
    unevenness = _unit(blur(rng.standard_normal((SIZE, SIZE)).astype(np.float32), 28.0))
    canvas = np.zeros((SIZE, SIZE, 3), np.float32)
    labels = np.zeros((SIZE, SIZE), np.uint8)
    uncovered = np.ones((SIZE, SIZE), np.float32)
    masks = {"spots": np.zeros((SIZE, SIZE), bool), "filaments": np.zeros((SIZE, SIZE), bool)}
    for layer in placed.layers:
        if layer.kind == "nuclei":
            alpha, light, labels = _draw_nuclei(layer.objects, texture)
        elif layer.kind == "spots":
            alpha, light = _draw_spots(layer.objects)
        else:
            alpha, light = _draw_filaments(layer.objects)
        if layer.kind != "nuclei":
            masks[layer.kind] = alpha > 0.5
        colour = np.array(COLOURS[layer.colour], np.float32)
        canvas += alpha[..., None] * (light[..., None] * colour - canvas)
        uncovered *= 1 - alpha
    canvas *= placed.brightness
    canvas += _background(placed, canvas, unevenness) * uncovered[..., None]
    image = np.rint(np.clip(canvas, 0, 1) * 255).astype(np.uint8)
    return Picture(image, labels, masks["spots"], masks["filaments"])


def _unit(field):
    return field / (field.std() + 1e-6)


def _background(placed, canvas, unevenness):
    """Light from where no object is: almost none, out-of-focus light of the objects, or an even grey."""
    if placed.background == "hazy":
        haze = np.stack([blur(canvas[..., c], 12.0) for c in range(3)], 2)
        strength = 0.18 * placed.brightness / (haze.max() + 1e-6)
        return 0.012 + haze * strength * (1 + 0.1 * unevenness[..., None])
    if placed.background == "grey":
        return np.repeat(0.14 + 0.012 * unevenness[..., None], 3, 2)
    return np.full_like(canvas, 0.012)


def _draw_nuclei(rows, texture):
    """Half the intensity lies exactly on the outline, so that a half-maximum threshold finds the label."""
    x, y, a, b, angle, intensity = (rows[:, i, None, None] for i in range(6))
    dx, dy = GRID_X - x, GRID_Y - y
    along = (dx * np.cos(angle) + dy * np.sin(angle)) / a
    across = (dy * np.cos(angle) - dx * np.sin(angle)) / b
    theta = np.arctan2(across, along)
    radius = np.hypot(along, across) * (1 + 0.03 * np.cos(2 * theta + 7 * x) + 0.025 * np.cos(3 * theta + 5 * y))
    alpha = 1 / (1 + np.exp(np.clip((radius - 1) * np.sqrt(a * b) / 0.55, -30, 30)))
    body = intensity * (0.80 + 0.20 * np.clip(1 - radius**2, 0, 1))
    nearest = radius.argmin(0)
    inside = radius.min(0) < 1
    labels = np.where(inside, nearest + 1, 0).astype(np.uint8)
    light = np.take_along_axis(body, nearest[None], 0)[0] * np.clip(1 + 0.07 * texture, 0.7, 1.25)
    return alpha.max(0), light, labels


def _draw_spots(rows):
    x, y, sigma, intensity = (rows[:, i, None, None] for i in range(4))
    profile = intensity * np.exp(-0.5 * ((GRID_X - x) ** 2 + (GRID_Y - y) ** 2) / sigma**2)
    peak = profile.max(0)
    alpha = np.clip(peak * 1.25, 0, 1)
    return alpha, np.full_like(alpha, 1.0)


def _draw_filaments(curves):
    points = curves.reshape(-1, 2)
    points = points[~np.isnan(points[:, 0])]
    points = points[((points > 0) & (points < SIZE - 1.01)).all(1)]
    low = points.astype(int)
    part = points - low
    density = np.zeros(SIZE * SIZE, np.float32)
    for dy in (0, 1):
        for dx in (0, 1):
            weight = np.abs(1 - dx - part[:, 0]) * np.abs(1 - dy - part[:, 1])
            index = (low[:, 1] + dy) * SIZE + low[:, 0] + dx
            density += np.bincount(index, weight, SIZE * SIZE).astype(np.float32)
    line = blur(density.reshape(SIZE, SIZE), 1.05)
    alpha = 1 - np.exp(-1.6 * line)
    return alpha, np.full_like(alpha, 0.95)


# A palette for label images: neighbours differ strongly, zero is black.
LABEL_PALETTE = np.array(
    [(0, 0, 0), (230, 60, 60), (60, 200, 75), (65, 105, 240), (250, 190, 30), (170, 60, 200), (70, 220, 230),
     (240, 110, 230), (190, 240, 70), (250, 150, 110), (0, 130, 130), (150, 100, 40), (130, 130, 250)], np.uint8)


def mask_image(labels):
    """White where there is an object; uint8 (128, 128, 3)."""
    return np.repeat(((labels > 0) * 255).astype(np.uint8)[..., None], 3, 2)


def label_image(labels, rng):
    """Each object in a colour of its own, colours dealt at random; uint8 (128, 128, 3)."""
    order = np.concatenate(([0], 1 + rng.permutation(len(LABEL_PALETTE) - 1)))
    return LABEL_PALETTE[order[labels % len(LABEL_PALETTE)]]
