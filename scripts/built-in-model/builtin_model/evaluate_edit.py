"""Scores of the edit model (per kind of instruction) and of the style LoRA, by image analysis."""

import collections

import numpy as np
from scipy import ndimage

from . import measure
from .captions import INSTRUCTION_KINDS, instruction
from .edit_model import Editor
from .edits import sample_edit
from .evaluate import held_out_prompts
from .generate import Generator
from .lora import adapt
from .render import draw
from .scenes import COLOURS, generator

PER_KIND = 24
NEAR = 0.12  # a pixel that differs by less, of 1, has stayed


def edit(folder):
    """Share of edits where the asked change is there and the rest has stayed; baseline: the picture left as it was."""
    rng = generator("edit evaluation")
    edits = [sample_edit(rng, True, what) for what in INSTRUCTION_KINDS for _ in range(PER_KIND)]
    texts = [instruction(e.change, rng, ("en", "zh")[i % 2]) for i, e in enumerate(edits)]
    before = np.stack([draw(e.before).image for e in edits])
    after = Editor(folder).images(before, texts, range(len(edits)))
    hits, idle = collections.defaultdict(list), []
    for change, old, new in zip(edits, before, after):
        done, kept = judge(change, old, new)
        hits[change.change["what"]].append(done and kept)
        hits["done"].append(done)
        hits["kept"].append(kept)
        idle.append(all(judge(change, old, old)))
    scores = {name: round(float(np.mean(values)), 3) for name, values in hits.items()}
    scores["all"] = round(float(np.mean([hit for what in INSTRUCTION_KINDS for hit in hits[what]])), 3)
    scores["baseline_unchanged"] = round(float(np.mean(idle)), 3)
    return scores


def judge(change, old, new):
    """Whether the change is there, and whether what it does not concern has stayed."""
    return JUDGES[change.change["what"]](change, old.astype(np.float32) / 255, new.astype(np.float32) / 255)


def _masks(placed):
    """Ground-truth pixels of each layer by kind."""
    picture = draw(placed)
    return {"nuclei": picture.labels > 0, "spots": picture.spots, "filaments": picture.filaments}


def _stayed(old, new, where):
    """Most pixels of a region hardly differ; a small region always counts as stayed."""
    region = ndimage.binary_erosion(where, np.ones((3, 3))) if where.sum() > 400 else where
    return region.sum() < 20 or float((np.abs(old - new).max(2)[region] < NEAR).mean()) > 0.8


def _mean_colour(image, where):
    light = image[where].mean(0)
    return light / (np.linalg.norm(light) + 1e-9)


def _nearest(colour):
    return max(COLOURS, key=lambda name: colour @ np.array(COLOURS[name]) / np.linalg.norm(COLOURS[name]))


def _recolour(change, old, new):
    objects = _masks(change.before)[change.change["kind"]]
    others = ~ndimage.binary_dilation(objects, np.ones((5, 5)))
    return _nearest(_mean_colour(new, objects)) == change.change["colour"], _stayed(old, new, others)


def _remove(change, old, new):
    masks = _masks(change.before)
    gone = masks[change.change["kind"]]
    others = np.zeros_like(gone)
    for kind, mask in masks.items():
        if kind != change.change["kind"]:
            others |= mask
    gone &= ~others
    expected = draw(change.after).image.astype(np.float32) / 255
    return _stayed(expected, new, gone), _stayed(old, new, others)


def _add_spots(change, old, new):
    colour = np.array(COLOURS[change.change["colour"]])
    added = np.clip(new - old, 0, None) @ (colour / colour.sum()) > 0.36 * change.before.brightness
    count = len(measure.particles(added, 6))
    rest = ~ndimage.binary_dilation(added, np.ones((7, 7)))
    return abs(count - change.change["count"]) <= 1 and count > 0, _stayed(old, new, rest)


def _brightness(change, old, new):
    objects = np.any([mask for mask in _masks(change.before).values()], 0)
    ratio = new[objects].max(1).mean() / (old[objects].max(1).mean() + 1e-6)
    done = ratio < 0.8 if change.change["brightness"] == "dim" else ratio > 1.12
    same = measure.overlap(measure.foreground((old * 255).astype(np.uint8)),
                           measure.foreground((new * 255).astype(np.uint8)))
    return bool(done), same > 0.6


def _background(change, old, new):
    objects = np.any([mask for mask in _masks(change.before).values()], 0)
    empty = ~ndimage.binary_dilation(objects, np.ones((7, 7)))
    level = new[empty].mean()
    spread = new[empty].mean(0).std()
    done = level < 0.06 if change.change["background"] == "dark" else 0.09 < level < 0.22 and spread < 0.03
    return bool(done), _stayed(old, new, ndimage.binary_erosion(objects))


JUDGES = {"recolour": _recolour, "remove": _remove, "add_spots": _add_spots, "brightness": _brightness,
          "background": _background}


def style(folder, count=60):
    """Grain inside the objects with and without the LoRA, and how many nuclei are counted in both."""
    prompts = [prompt for prompt in held_out_prompts(4 * count) if prompt[0].layers[0].kind == "nuclei"][:count]
    texts, seeds = [text for _, _, text in prompts], range(3000, 3000 + count)
    plain = Generator(folder).images(texts, seeds)
    styled = Generator(folder, adapt=adapt(folder)).images(texts, seeds)
    counts = [[measure.analyse(image).count for image in images] for images in (plain, styled)]
    wanted = [prompt[0].layers[0].count for prompt in prompts]
    return {"grain_plain": round(float(np.mean([grain(image) for image in plain])), 4),
            "grain_styled": round(float(np.mean([grain(image) for image in styled])), 4),
            "count_within_one_plain": round(float(np.mean(np.abs(np.subtract(counts[0], wanted)) <= 1)), 3),
            "count_within_one_styled": round(float(np.mean(np.abs(np.subtract(counts[1], wanted)) <= 1)), 3)}


def grain(image):
    """Deviation from the local mean inside the foreground, relative to its brightness."""
    light = image.max(2).astype(np.float32) / 255
    inside = ndimage.binary_erosion(measure.foreground(image), measure.SMALL_DISK)
    if inside.sum() < 50:
        return 0.0
    rough = light - ndimage.gaussian_filter(light, 2.5)
    return float(rough[inside].std() / light[inside].mean())
