#!/usr/bin/env python3
"""Prints a row on how well a dataset's images keep to their labels (with the output "tiff").

    venv/bin/python scripts/dataset/workflow_quality.py DATASET

Mean and least IoU and mean count error of the first attempts as the manifest has them, the share below IoU 0.6 or with a
count error above 1, and the spread of brightness inside objects over its mean, a pixel away from their edges (0 for an even
object).
"""
import csv
import sys
from pathlib import Path

import numpy as np
import tifffile
from scipy.ndimage import binary_erosion

root = Path(sys.argv[1])
with open(root / "manifest.csv", newline="", encoding="utf-8") as file:
    rows = list(csv.DictReader(file))
ious = np.array([float(row["iou"]) for row in rows])
errors = np.array([int(row["count_error"]) for row in rows])
spreads = []
for row in rows:
    image = tifffile.imread(root / f"tiff/{row['split']}/images/{row['name']}.tif").astype(float).max(axis=-1)
    labels = tifffile.imread(root / f"tiff/{row['split']}/labels/{row['name']}.tif")
    for n in range(1, labels.max() + 1):
        inside = image[binary_erosion(labels == n, iterations=2)]
        if inside.size > 20:
            spreads.append(inside.std() / max(inside.mean(), 1e-9))
below = ((ious < 0.6) | (errors > 1)).sum()
print(f"| {root.name} | {ious.mean():.3f} | {ious.min():.3f} | {errors.mean():.2f} | {below} of {len(rows)} | "
      f"{np.mean(spreads):.3f} |")
