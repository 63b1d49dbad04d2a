#!/usr/bin/env python3
"""Compares the images of a dataset with their labels by scikit-image: its Gaussian blur and its Otsu threshold.

    venv/bin/python scripts/dataset/agreement.py DATASET     (a dataset with the output "tiff")

Prints the mean foreground IoU with the image's own labels and with those of the next image of the dataset (shuffled), and how
far objects differ from a plain rendering: the spread of brightness inside them, over the mean (0 for a recoloured mask).
"""
import sys
from pathlib import Path

import numpy as np
import tifffile
from skimage.filters import gaussian, threshold_otsu

images = sorted(Path(sys.argv[1]).glob("tiff/*/images/*.tif"), key=lambda path: path.name)
masks, labels, textures = [], [], []
for path in images:
    image = tifffile.imread(path).astype(float)
    brightness = image.max(axis=-1) if image.ndim == 3 else image
    smooth = gaussian(brightness, 1)
    masks.append(smooth > threshold_otsu(smooth))
    label = tifffile.imread(path.parents[1] / "labels" / path.name)
    labels.append(label > 0)
    textures += [brightness[label == n].std() / max(brightness[label == n].mean(), 1e-9) for n in range(1, label.max() + 1)]


def iou(a, b):
    return (a & b).sum() / max((a | b).sum(), 1)


own = [iou(m, l) for m, l in zip(masks, labels)]
shuffled = [iou(m, l) for m, l in zip(masks, labels[1:] + labels[:1])]
print(f"{len(images)} images: IoU with own labels {np.mean(own):.3f} (least {min(own):.3f}), with the next image's "
      f"{np.mean(shuffled):.3f}; spread of brightness inside objects {np.mean(textures):.3f}")
