#!/usr/bin/env python3
"""A segmentation for the section "quality" of a recipe: scikit-image's Otsu threshold and watershed.

    segmentation: {command: [venv/bin/python, "{recipe}/segment.py", "{image}", "{labels}"]}

Reads the image (grey or colour), writes labels of 16 bits: 0 for background, a number for each object. Exchange what is
between reading and writing for your own. Needs tifffile, scikit-image and scipy.
"""
import sys

import numpy as np
import tifffile
from scipy.ndimage import distance_transform_edt
from skimage.feature import peak_local_max
from skimage.filters import gaussian, threshold_otsu
from skimage.measure import label
from skimage.segmentation import watershed

image = tifffile.imread(sys.argv[1]).astype(float)
brightness = gaussian(image.max(axis=-1) if image.ndim == 3 else image, 1)
# an even image has no objects
mask = brightness > threshold_otsu(brightness) if np.ptp(brightness) > 0 else np.zeros(brightness.shape, bool)
depth = gaussian(distance_transform_edt(mask), 1)
peaks = peak_local_max(depth, min_distance=5, labels=label(mask), exclude_border=False)
seeds = np.zeros(mask.shape, int)
seeds[tuple(peaks.T)] = np.arange(1, len(peaks) + 1)
labels = watershed(-depth, seeds, mask=mask)
tifffile.imwrite(sys.argv[2], labels.astype(np.uint16))
