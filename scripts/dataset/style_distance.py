#!/usr/bin/env python3
"""Says how near a dataset's colours are to those of the real images that gave them (style: as colours; output "tiff").

    venv/bin/python scripts/dataset/style_distance.py DATASET IMAGES

The mean absolute difference (of 255) between the mean colours of an image and of its own real image, and of all others: of
what scikit-image's Otsu threshold finds, and of the rest.
"""
import csv
import sys
from pathlib import Path

import numpy as np
import tifffile
from skimage.filters import gaussian, threshold_otsu


def palette(file):
    image = tifffile.imread(file).astype(float)
    bright = gaussian(image.max(axis=-1), 1)
    objects = bright > threshold_otsu(bright)
    return image[objects].mean(axis=0), image[~objects].mean(axis=0)


root, images = Path(sys.argv[1]), Path(sys.argv[2])
with open(root / "manifest.csv", newline="", encoding="utf-8") as file:
    rows = list(csv.DictReader(file))
made = np.array([palette(root / f"tiff/{row['split']}/images/{row['name']}.tif") for row in rows])
real = np.array([palette(images / row["inputs"].split(" in the colours of ")[1]) for row in rows])
own = np.abs(made - real).mean(axis=(0, 2))
others = np.mean([np.abs(made - np.roll(real, i, axis=0)).mean(axis=(0, 2)) for i in range(1, len(rows))], axis=0)
print(f"{root.name}: from its own real image: objects {own[0]:.1f}, background {own[1]:.1f}; from those of the others: objects "
      f"{others[0]:.1f}, background {others[1]:.1f}")
