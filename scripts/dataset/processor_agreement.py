#!/usr/bin/env python3
"""Compares datasets of one recipe that were made under different conditions with the first of them.

    venv/bin/python scripts/dataset/processor_agreement.py DATASET DATASET ...     (with the output "tiff")

Plan, labels and splits must be the same bytes; otherwise it exits with 1. Of pixels (8 bits) it prints the share that is
the same and by how much they differ, and the IoU of what scikit-image's Otsu threshold finds in both. Only images of the
same seed are compared; where one was retried and the other not, they are counted as decided otherwise.
"""
import csv
import sys
from pathlib import Path

import numpy as np
import tifffile
from skimage.filters import gaussian, threshold_otsu

SAME = ("index", "name", "split", "group", "labels_seed", "prompt", "objects", "labels_sha256")


def rows(root):
    with open(Path(root) / "manifest.csv", newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def image(root, row):
    return tifffile.imread(Path(root) / f"tiff/{row['split']}/images/{row['name']}.tif").astype(int)


def objects(pixels):
    smooth = gaussian(pixels.max(axis=-1).astype(float), 1)
    return smooth > threshold_otsu(smooth)


def compare(first, other):
    faults, different, otherwise, ious, same, squares = 0, [], 0, [], 0, 0
    for a, b in zip(rows(first), rows(other), strict=True):
        faults += any(a[key] != b[key] for key in SAME)
        if a["image_seed"] != b["image_seed"] or a["status"] != b["status"]:
            otherwise += 1
            continue
        if a["status"] != "accepted":
            continue
        label = [(Path(root) / f"tiff/{row['split']}/labels/{row['name']}.tif").read_bytes() for root, row in
                 ((first, a), (other, b))]
        faults += label[0] != label[1]
        one, two = image(first, a), image(other, b)
        different.append(np.abs(one - two))
        same += bool((one == two).all())
        ious.append((objects(one) & objects(two)).sum() / max((objects(one) | objects(two)).sum(), 1))
    steps = np.concatenate([d.ravel() for d in different])
    print(f"| {Path(other).name} | {same} of {len(different)} | {100 * (steps > 0).mean():.4f} % | {steps.mean():.5f} | "
          f"{steps.max()} | {np.mean(ious):.5f}, {min(ious):.5f} | {otherwise} |")
    return faults


def main():
    first, *others = sys.argv[1:]
    print(f"compared with {Path(first).name}: {rows(first)[0]['processor']}, {rows(first)[0]['engine_version']}")
    print("| | images the same | samples that differ | mean difference (of 255) | largest | IoU of objects: mean, least | "
          "decided otherwise |\n|---|---:|---:|---:|---:|---:|---:|")
    faults = sum(compare(first, other) for other in others)
    print("plan and labels: " + ("the same everywhere" if faults == 0 else f"{faults} DIFFERENCES"))
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
