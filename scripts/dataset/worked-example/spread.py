#!/usr/bin/env python3
"""Says how far the nuclei of one image differ in brightness: the standard deviation over the mean of their medians above the
background, mean over images. Looked at after the results, to explain them.

    spread.py FOLDER/seed-N [...]
"""
import sys
from pathlib import Path

import numpy as np

import training_sets


def spread(pairs):
    ratios = []
    for pair in pairs:
        base = np.median(pair.image[pair.labels == 0])
        objects = [np.median(pair.image[pair.labels == n]) - base for n in range(1, pair.labels.max() + 1)]
        if len(objects) > 1:
            ratios.append(np.std(objects) / np.mean(objects))
    return np.mean(ratios)


for folder in map(Path, sys.argv[1:]):
    seed = int(folder.name.rpartition("-")[2])
    items = sum(training_sets.read_dataset(folder / "generated").values(), [])
    plain = [training_sets.plain(pair.labels, np.random.default_rng([seed, index])) for index, pair in items]
    tests = [pair for _, pair in training_sets.test_pairs(100, 1000 + seed)]
    print(f"seed {seed}: generated {spread(pair for _, pair in items):.3f}, plain {spread(plain):.3f}, "
          f"test {spread(tests):.3f}")
