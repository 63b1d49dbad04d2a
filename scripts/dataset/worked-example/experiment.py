#!/usr/bin/env python3
"""Tunes both segmentations on every training set and scores them on pairs of the independent renderer. What is in scores.json
already is not done again.

    experiment.py FOLDER --seed N [--tests 100]      reads FOLDER/seed-N/generated, writes FOLDER/seed-N/scores.json
    experiment.py FOLDER --seed N --again            the second experiment: also reads FOLDER/seed-N/variation
    experiment.py FOLDER --collect N [N ...]         puts the scores of these seeds together in FOLDER/results.json
"""
import argparse
import json
import sys
import time
from pathlib import Path

import numpy as np

import scores
import training_sets
from segmentations import METHODS

METRICS = ("iou", "f1", "ap", "count")


def score(segment, tests):
    """({metric: mean over all; "ap by level": {level: mean}}, labels found in the first three images)"""
    found = [segment(pair.image) for _, pair in tests]
    each = [scores.of(pair.labels, labels) for (_, pair), labels in zip(tests, found)]
    means = {metric: round(float(np.mean([s[metric] for s in each])), 4) for metric in METRICS}
    levels = [level for level, _ in tests]
    means["ap by level"] = {level: round(float(np.mean([s["ap"] for s, l in zip(each, levels) if l == level])), 4)
                            for level in dict.fromkeys(levels)}
    return means, np.stack(found[:3])


def run(folder, seed, count, sets):
    generated = training_sets.read_dataset(folder / "generated")
    varied = training_sets.read_dataset(folder / "variation") if "variation" in sets else None
    tests = training_sets.test_pairs(count, 1000 + seed)
    result = {"seed": seed, "pairs": sum(len(items) for items in generated.values()), "tests": count, "methods": {}}
    examples = {}
    if (folder / "scores.json").exists():
        result = json.loads((folder / "scores.json").read_text(encoding="utf-8"))
        if result["tests"] != count:
            sys.exit(f"experiment.py: {folder} was scored on {result['tests']} test pairs. Remove its scores.json, or ask for as "
                     "many.")
        examples = dict(np.load(folder / "examples.npz"))
    for name, method in METHODS.items():
        rows = result["methods"].setdefault(name, {})
        for chosen in sets:
            if chosen in rows:
                continue
            start = time.monotonic()
            pairs = training_sets.make(chosen, varied if chosen == "variation" else generated, seed)
            segment, settings = method.tune(pairs["train"], pairs["val"], seed)
            means, examples[f"{name}: {chosen}"] = score(segment, tests)
            rows[chosen] = {**means, "settings": {key: round(float(value), 4) for key, value in settings.items()}}
            print(f"seed {seed}, {name}, {chosen}: {means} ({time.monotonic() - start:.0f} s)", flush=True)
    rows = result["methods"]["classic"]
    rows["untuned"], examples["classic: untuned"] = score(METHODS["classic"].untuned, tests)
    np.savez_compressed(folder / "examples.npz", **examples)
    (folder / "scores.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--tests", type=int, default=100)
    parser.add_argument("--again", action="store_true")
    parser.add_argument("--collect", type=int, nargs="+")
    options = parser.parse_args()
    if options.collect:
        seeds = [json.loads((options.folder / f"seed-{n}/scores.json").read_text(encoding="utf-8")) for n in options.collect]
        (options.folder / "results.json").write_text(json.dumps(seeds, separators=(",", ":")) + "\n", encoding="utf-8")
    else:
        run(options.folder / f"seed-{options.seed}", options.seed, options.tests,
            training_sets.AGAIN if options.again else training_sets.FIRST)


if __name__ == "__main__":
    main()
