"""Files by which the plugin's Java tests score pictures: the evaluation's prompts, and rendered pictures with truths."""

import csv

import numpy as np
from PIL import Image

from . import measure
from .evaluate import FIRST_SEED, held_out_prompts
from .export import TESTS
from .render import label_image, mask_image, render
from .scenes import KINDS, SIZE, generator, sample_scene

PROMPTS, PICTURES, COLUMNS = 300, 48, 8
FIELDS = ("index", "language", "seed", "kind", "colour", "count", "shape", "prompt")


def stage(folder):
    """Writes prompts.tsv, rendered.png with rendered.tsv, and masks.png with masks.tsv beside the plugin's tests."""
    TESTS.mkdir(parents=True, exist_ok=True)
    rows = [(index, language, FIRST_SEED + index, *truth(scene), text)
            for index, (scene, language, text) in enumerate(held_out_prompts(PROMPTS))]
    table("prompts.tsv", FIELDS, rows)
    rendered()
    masks()
    print(f"fixtures: {TESTS}")


def truth(scene):
    """Kind, colour, exact count (empty where only the density is meant) and shape of a scene's first layer."""
    layer = scene.layers[0]
    return layer.kind, layer.colour, "" if layer.count is None else layer.count, layer.shape or ""


def rendered():
    """Pictures of the renderer itself, their truths, and what `measure` finds in them."""
    rng = generator("fixtures")
    scenes = [sample_scene(rng, kinds=(KINDS[i % len(KINDS)],)) for i in range(PICTURES)]
    images = [render(scene, rng).image for scene in scenes]
    rows = []
    for index, (scene, image) in enumerate(zip(scenes, images)):
        found = measure.analyse(image)
        rows.append((index, *truth(scene), found.kind, found.colour, found.count, str(found.elongated).lower()))
    table("rendered.tsv", ("index", "kind", "colour", "count", "shape", "found_kind", "found_colour", "found_count",
                           "found_elongated"), rows)
    grid(images, "rendered.png")


def masks():
    """Nuclei beside the label image that a ControlNet would be shown, and their overlap by `measure`."""
    rng = generator("fixtures masks")
    pairs, rows = [], []
    for index in range(8):
        picture = render(sample_scene(rng, kinds=("nuclei",)), rng)
        pairs += [picture.image, mask_image(picture.labels) if index % 2 else label_image(picture.labels, rng)]
        mask = measure.foreground(picture.image)
        rows.append((index, f"{measure.overlap(mask, picture.labels > 0):.4f}",
                     f"{measure.found_share(picture.labels, mask):.4f}"))
    table("masks.tsv", ("index", "iou", "objects_found"), rows)
    grid(pairs, "masks.png")


def table(name, fields, rows):
    with (TESTS / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE)
        writer.writerow(fields)
        writer.writerows(rows)


def grid(images, name):
    """Pictures without gaps, COLUMNS in a row."""
    rows = [np.concatenate(images[i:i + COLUMNS], 1) for i in range(0, len(images), COLUMNS)]
    assert all(row.shape[1] == COLUMNS * SIZE for row in rows)
    Image.fromarray(np.concatenate(rows)).save(TESTS / name, optimize=True)
