#!/usr/bin/env python3
"""Draws the picture of docs/dataset-example.md: the first training pairs and the first test pair of each level, none chosen.

    picture.py FOLDER/seed-N PICTURE.png
"""
import sys
from pathlib import Path

import numpy as np
import tifffile
from PIL import Image, ImageDraw, ImageFont
from skimage.segmentation import find_boundaries

import training_sets

ZOOM, GAP, HEAD, COLUMNS = 2, 8, 22, 4
SIZE = 128 * ZOOM
INK = (30, 30, 30)
OUTLINE = (255, 190, 0)
HUES = np.array([(230, 80, 80), (90, 190, 100), (90, 130, 240), (235, 190, 70), (180, 100, 210), (90, 205, 215)])


def grey(image):
    return np.repeat((np.clip(image, 0, 1) * 255).astype(np.uint8)[..., None], 3, axis=-1)


def outlined(image, labels):
    """Twice as large, with a line one pixel wide just inside each object."""
    large = np.kron(grey(image), np.ones((ZOOM, ZOOM, 1), np.uint8))
    large[find_boundaries(np.kron(labels, np.ones((ZOOM, ZOOM), int)), mode="inner")] = OUTLINE
    return large


def coloured(labels):
    """Neighbouring numbers in different colours."""
    return np.where(labels[..., None] > 0, HUES[labels % len(HUES)], 0).astype(np.uint8)


def training_rows(folder, seed, count):
    """Tiles: labels, generated image as made, the same with noise, plain rendering with noise."""
    generated = training_sets.read_dataset(folder / "generated")
    noisy, plain = (training_sets.make(name, generated, seed)["train"] for name in ("generated", "plain"))
    for i, (index, pair) in enumerate(generated["train"][:count]):
        path, = (folder / "generated/tiff/train/images").glob(f"*-{index:04d}.tif")
        yield coloured(pair.labels), tifffile.imread(path), grey(noisy[i].image), grey(plain[i].image)


def test_rows(folder, seed):
    """Tiles: test image, its labels, what the forest finds that was tuned on generated pairs and on plain renderings."""
    found = np.load(folder / "examples.npz")
    for i, (_, pair) in enumerate(training_sets.test_pairs(3, 1000 + seed)):
        yield (grey(pair.image), outlined(pair.image, pair.labels),
               outlined(pair.image, found["forest: generated"][i]), outlined(pair.image, found["forest: plain"][i]))


def draw(blocks):
    rows = sum(len(block) for _, block in blocks)
    sheet = Image.new("RGB", (COLUMNS * (SIZE + GAP) - GAP, rows * (SIZE + GAP) - GAP + len(blocks) * HEAD), "white")
    pen, font, y = ImageDraw.Draw(sheet), ImageFont.load_default(15), 0
    for titles, block in blocks:
        for column, title in enumerate(titles):
            pen.text((column * (SIZE + GAP) + SIZE / 2, y + HEAD / 2 - 1), title, INK, font, anchor="mm")
        y += HEAD
        for row in block:
            for column, tile in enumerate(row):
                sheet.paste(Image.fromarray(tile).resize((SIZE, SIZE), Image.Resampling.NEAREST), (column * (SIZE + GAP), y))
            y += SIZE + GAP
    return sheet


def main():
    folder, target = map(Path, sys.argv[1:])
    seed = int(folder.name.rpartition("-")[2])
    sheet = draw([
        (("labels", "generated", "generated, with noise", "plain, with noise"), list(training_rows(folder, seed, 2))),
        (("test image", "its labels", "tuned on generated", "tuned on plain"), list(test_rows(folder, seed))),
    ])
    sheet.save(target, optimize=True)


if __name__ == "__main__":
    main()
