"""Scores of the trained model by image analysis, on attribute combinations that training never saw.

Beside each score stands what the best constant answer would get.
"""

import collections
import json

import numpy as np

from . import measure
from .captions import caption
from .generate import Generator
from .render import label_image, mask_image, render
from .scenes import MAX_EXPLICIT_COUNT, generator, sample_scene

KIND_MIX = (("nuclei",), ("nuclei",), ("spots",), ("filaments",))
SCENES = 200
FIRST_SEED = 1000


def stage(folder, prompts):
    """Evaluates whatever has been trained; writes scores.json and prints it."""
    scores = {"text_to_image": text_to_image(folder, prompts)}
    if (folder / "controlnet.pt").exists():
        scores["controlnet"] = controlnet(folder)
    if (folder / "edit.pt").exists():
        from .evaluate_edit import edit
        scores["edit"] = edit(folder)
    if (folder / "lora.pt").exists():
        from .evaluate_edit import style
        scores["lora"] = style(folder)
    (folder / "scores.json").write_text(json.dumps(scores, indent=1), encoding="utf-8")
    print(json.dumps(scores, indent=1))


def held_out_prompts(count):
    """(scene, language, text) of single-kind scenes, English and Chinese in turn."""
    rng = generator("evaluation")
    result = []
    for index in range(count):
        scene = sample_scene(rng, True, KIND_MIX[index // 2 % len(KIND_MIX)])
        language = ("en", "zh")[index % 2]
        result.append((scene, language, caption(scene, rng, language, complete=True).text))
    return result


def text_to_image(folder, count, **sampling):
    prompts = held_out_prompts(count)
    images = Generator(folder).images([text for _, _, text in prompts], range(FIRST_SEED, FIRST_SEED + count), **sampling)
    write_findings(folder / "findings.tsv", images)
    scores = score(prompts, images)
    for language in ("en", "zh"):
        chosen = [i for i, prompt in enumerate(prompts) if prompt[1] == language]
        scores[language] = score([prompts[i] for i in chosen], images[chosen])
    return scores


def write_findings(path, images):
    """What the analysis sees in each picture: the plugin's tests must see the same in theirs."""
    with path.open("w", encoding="utf-8") as file:
        file.write("index\tkind\tcolour\tcount\telongated\n")
        for index, image in enumerate(images):
            found = measure.analyse(image)
            file.write(f"{index}\t{found.kind}\t{found.colour}\t{found.count}\t{str(found.elongated).lower()}\n")


def score(prompts, images):
    """Shares of right answers; `baseline` holds those of the best constant answer."""
    hits, truths = collections.defaultdict(list), collections.defaultdict(list)
    for (scene, _, _), image in zip(prompts, images):
        layer, found = scene.layers[0], measure.analyse(image)
        hits["colour"].append(found.colour == layer.colour)
        truths["colour"].append(layer.colour)
        hits["kind"].append(found.kind == layer.kind)
        truths["kind"].append(layer.kind)
        hits[f"kind_{layer.kind}"].append(found.kind == layer.kind)
        if layer.kind == "nuclei":
            hits["shape"].append(found.elongated == (layer.shape == "elongated"))
            truths["shape"].append(layer.shape)
            if layer.count <= MAX_EXPLICIT_COUNT:
                hits["count_within_one"].append(abs(found.count - layer.count) <= 1)
                hits["count_exact"].append(found.count == layer.count)
                truths["count"].append(layer.count)
    scores = {name: round(float(np.mean(values)), 3) for name, values in hits.items()}
    scores["baseline"] = {name: round(max(collections.Counter(values).values()) / len(values), 3)
                          for name, values in truths.items() if name != "count"}
    counts = np.array(truths["count"])
    scores["baseline"]["count_within_one"] = round(max(float((abs(counts - c) <= 1).mean()) for c in range(1, 7)), 3)
    scores["baseline"]["count_exact"] = round(max(float((counts == c).mean()) for c in range(1, 7)), 3)
    return scores


def controlnet(folder, scenes=SCENES):
    """Overlap of a threshold of the picture with the mask that was asked for, on new scenes."""
    from . import control
    rng = generator("controlnet evaluation")
    drawn = [sample_scene(rng, True, ("nuclei",)) for _ in range(scenes)]
    labels = [render(scene, rng).labels for scene in drawn]
    texts = [caption(scene, rng, ("en", "zh")[i % 2], complete=True).text for i, scene in enumerate(drawn)]
    hints = np.stack([mask_image(part) if i % 2 else label_image(part, rng) for i, part in enumerate(labels)])
    images = Generator(folder, control.load(folder)).images(texts, range(scenes), guidance=0.0, control_images=hints)
    found = [measure.foreground(image) for image in images]
    overlaps = [measure.overlap(mask, part > 0) for mask, part in zip(found, labels)]
    shuffled = [measure.overlap(mask, part > 0) for mask, part in zip(found, labels[7:] + labels[:7])]
    objects = [measure.found_share(part, mask) for mask, part in zip(found, labels)]
    return {"iou_mean": round(float(np.mean(overlaps)), 3), "iou_least": round(float(np.min(overlaps)), 3),
            "iou_masks": round(float(np.mean(overlaps[1::2])), 3),
            "iou_labels": round(float(np.mean(overlaps[0::2])), 3),
            "iou_shuffled": round(float(np.mean(shuffled)), 3), "objects_found": round(float(np.mean(objects)), 3)}
