"""How well found labels agree with true ones."""
import numpy as np

THRESHOLDS = np.arange(0.5, 1, 0.05)


def overlaps(true, found):
    """(true objects, found objects): intersection over union of each with each."""
    shape = true.max() + 1, found.max() + 1
    both = np.bincount(true.ravel().astype(int) * shape[1] + found.ravel(), minlength=shape[0] * shape[1]).reshape(shape)
    union = both.sum(1, keepdims=True) + both.sum(0, keepdims=True) - both
    return both[1:, 1:] / np.maximum(union[1:, 1:], 1)


def average_precision(true, found):
    """TP / (TP + FP + FN), mean over the thresholds 0.5, 0.55 … 0.95 of IoU, as in the Data Science Bowl 2018."""
    iou = overlaps(true, found)
    # above one half, no object can match two
    hits = (iou[..., None] > THRESHOLDS).sum((0, 1))
    return float(np.mean(hits / np.maximum(sum(iou.shape) - hits, 1)))


def of(true, found):
    """All scores of one image."""
    iou = overlaps(true, found)
    hits = (iou > 0.5).sum()
    a, b = true > 0, found > 0
    return {
        "iou": float((a & b).sum() / max((a | b).sum(), 1)),
        "f1": float(2 * hits / max(sum(iou.shape), 1)),
        "ap": average_precision(true, found),
        "count": float(abs(iou.shape[0] - iou.shape[1])),
    }
