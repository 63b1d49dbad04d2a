#!/usr/bin/env python3
"""Makes the tables of docs/dataset-example.md from the scores of all seeds.

    tables.py results.json                  prints them
    tables.py results.json --into PAGE      puts them into the page, between its two marks (those of the second experiment,
                                            if it is one)
"""
import argparse
import json
import math
import statistics
from pathlib import Path

from scipy.stats import t

MARKS = ("<!-- tables.py wrote what follows -->", "<!-- to here -->")
MARKS_AGAIN = ("<!-- tables.py wrote what follows, of the second experiment -->", "<!-- to here, of the second experiment -->")
METRICS = {"iou": "foreground IoU", "f1": "F1 at IoU 0.5", "ap": "AP 0.5 to 0.95", "count": "count error"}
TITLES = {"forest": "Random forest (scikit-learn)", "classic": "Blur, threshold, watershed (scikit-image)"}
ROWS = {
    "generated": "**generated**, with noise",
    "plain": "**plain rendering**, with noise",
    "generated, no noise": "generated, as made",
    "plain, blurred": "plain rendering, blurred, with noise",
    "renderer": "the test renderer's own pairs",
    "variation": "**generated with the recipe's `variation`**, with noise",
    "untuned": "none: settings fixed in advance",
    "generated, varied": "*afterwards:* generated, brightness varied, with noise",
    "plain, even": "*afterwards:* plain, all objects alike, with noise",
}
DIFFERENCES = (("generated", "plain"), ("generated, varied", "plain"), ("generated", "plain, even"), ("variation", "plain"),
               ("variation", "generated"))
SHOWN = ("generated", "plain", "generated, varied", "plain, even", "variation")
LEVELS = ("easy", "medium", "hard")


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|---|" + "---:|" * (len(head) - 1)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows]) + "\n"


def number(metric, value, sign=""):
    places = 2 if metric == "count" else 3
    # no minus before a zero
    return f"{round(value, places) + 0.0:{sign}.{places}f}"


def spread(metric, values):
    if len(values) == 1:
        return number(metric, values[0])
    return f"{number(metric, statistics.mean(values))} ± {number(metric, statistics.stdev(values))}"


def difference(metric, values):
    """Mean ± standard deviation, and the 95 % interval of the mean by Student's t."""
    if len(values) == 1:
        return number(metric, values[0], "+")
    mean, deviation = statistics.mean(values), statistics.stdev(values)
    half = t.ppf(0.975, len(values) - 1) * deviation / math.sqrt(len(values))
    return (f"{number(metric, mean, '+')} ± {number(metric, deviation)} "
            f"({number(metric, mean - half, '+')} to {number(metric, mean + half, '+')})")


def trained_on(seeds):
    """The training sets of an experiment."""
    return set(seeds[0]["methods"]["forest"])


def values(seeds, method, trained, metric):
    return [seed["methods"][method][trained][metric] for seed in seeds]


def by_level(seeds, method, trained, level):
    return [seed["methods"][method][trained]["ap by level"][level] for seed in seeds]


def scores_of(seeds, method):
    rows = [[ROWS[trained]] + [spread(m, values(seeds, method, trained, m)) for m in METRICS]
            + [spread("ap", by_level(seeds, method, trained, level)) for level in LEVELS]
            for trained in ROWS if trained in seeds[0]["methods"][method]]
    return table([f"{TITLES[method]}, tuned on", *METRICS.values(), *(f"AP, {level}" for level in LEVELS)], rows)


def differences(seeds):
    rows = []
    for first, second in (pair for pair in DIFFERENCES if set(pair) <= trained_on(seeds)):
        for method in TITLES:
            of = {m: [a - b for a, b in zip(values(seeds, method, first, m), values(seeds, method, second, m))]
                  for m in METRICS}
            rows.append([f"({first}) − ({second}), {method}"] + [difference(m, each) for m, each in of.items()])
    return table(["difference, all with noise", *METRICS.values()], rows)


def each_seed(seeds):
    shown = [trained for trained in SHOWN if trained in trained_on(seeds)]
    rows = [[f"{method}, seed {seed['seed']}"]
            + [" / ".join(number(m, seed["methods"][method][trained][m]) for trained in shown) for m in METRICS]
            for method in TITLES for seed in seeds]
    return table([" / ".join(f"({trained})" for trained in shown), *METRICS.values()], rows)


def text(seeds):
    parts = [scores_of(seeds, method) for method in TITLES] + [differences(seeds), each_seed(seeds)]
    pairs = ", ".join(str(seed["pairs"]) for seed in seeds)
    return "\n".join(parts) + f"\nPairs trained and tuned on: {pairs}; test pairs of each seed: {seeds[0]['tests']}.\n"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("results", type=Path)
    parser.add_argument("--into", type=Path)
    options = parser.parse_args()
    seeds = json.loads(options.results.read_text(encoding="utf-8"))
    made = text(seeds)
    if not options.into:
        print(made, end="")
        return
    page = options.into.read_text(encoding="utf-8")
    begin, end = MARKS_AGAIN if "variation" in trained_on(seeds) else MARKS
    before, rest = page.split(begin)
    after = rest.split(end)[1]
    options.into.write_text(f"{before}{begin}\n\n{made}\n{end}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
