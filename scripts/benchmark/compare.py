#!/usr/bin/env python3
"""Runs diffusers and this project in turn on one model folder and prints a Markdown table of medians and ratios.

The turns (A B A B) let both sides see the same changes of the machine's speed and of its file cache. Every run is a
process of its own. Run it with the Python that has the packages of reference.py.
"""

import argparse
import json
import statistics
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
SIDES = ("reference", "zimage")


def arguments(options, side, json_file, image):
    """The command of one run."""
    shared = [
        "--model", options.model, "--prompt", options.prompt, "--width", str(options.width),
        "--height", str(options.height), "--steps", str(options.steps), "--seed", "0",
        "--precision", options.precision, "--threads", str(options.threads), "--output", str(image),
    ]
    if side == "reference":
        return [sys.executable, str(HERE / "reference.py"), *shared, "--json", str(json_file)]
    return [options.command, "text-to-image", *shared, "--timings", str(json_file)]


def measure(options):
    """Runs both sides in turn; each run leaves a JSON file and an image in the folder of results."""
    folder = Path(options.results)
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        sys.exit(f"{folder} is not empty; name a new folder, or tabulate its content with --table-only.")
    for turn in range(1, options.rounds + 1):
        for side in SIDES:
            print(f"Round {turn} of {options.rounds}: {side}", file=sys.stderr)
            json_file, image = folder / f"{side}-{turn}.json", folder / f"{side}-{turn}.png"
            # The table alone belongs on the standard output.
            subprocess.run(arguments(options, side, json_file, image), check=True, stdout=sys.stderr)


def runs(file):
    """The measurements of one process: of the reference one or several, of this project one."""
    content = json.loads(file.read_text())
    for run in content.get("runs", [content]):
        yield {**content, **run}


def numbers(run):
    """One run's value of each row; a run's first step is left out, because it warms the caches up."""
    if len(run["steps"]) < 2:
        sys.exit("A run has fewer than 2 steps, and the first is not counted; use more steps.")
    return {
        "loading (s)": run["load"],
        "text encoding (s)": run["encode"],
        "transformer step (s)": statistics.median(run["steps"][1:]),
        "VAE decoding (s)": run["decode"],
        "image, all steps (s)": run["encode"] + sum(run["steps"]) + run["decode"],
        "peak private memory (GB)": gigabytes(run.get("peak_anonymous_bytes")),
        "peak mapped files (GB)": gigabytes(run.get("peak_file_bytes")),
    }


def gigabytes(size):
    return None if size is None else size / 1e9


def medians(folder, side):
    """Row name to the median over all runs of a side, or to None where a run did not report it."""
    files = sorted(Path(folder).glob(f"{side}-*.json"))
    if not files:
        sys.exit(f"There are no files {side}-*.json in {folder}.")
    values = [numbers(run) for file in files for run in runs(file)]
    columns = {name: [row[name] for row in values] for name in values[0]}
    return {name: None if None in column else statistics.median(column) for name, column in columns.items()}


def table(folder):
    """Lines of Markdown."""
    reference, ours = (medians(folder, side) for side in SIDES)
    yield "| | diffusers | Z-Image for Fiji | ratio |"
    yield "|---|---:|---:|---:|"
    for name, theirs in reference.items():
        if theirs is None or ours[name] is None:
            continue
        ratio = f"{ours[name] / theirs:.2f}" if theirs else ""
        yield f"| {name} | {theirs:.2f} | {ours[name]:.2f} | {ratio} |"


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--results", required=True, help="new folder for the runs' files")
    parser.add_argument("--table-only", action="store_true", help="run nothing; tabulate the results that are there")
    parser.add_argument("--model", help="model folder in the layout of diffusers")
    parser.add_argument("--precision", choices=("float32", "bfloat16"), default="bfloat16")
    parser.add_argument("--width", type=int, default=1024, help="pixels, a multiple of 16")
    parser.add_argument("--height", type=int, default=1024, help="pixels, a multiple of 16")
    parser.add_argument("--steps", type=int, default=8, help="at least 2, because the first is not counted")
    parser.add_argument("--prompt", default="A photograph of a red fox in the snow")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3, help="how many times each side runs")
    parser.add_argument("--command", default=str(HERE.parent / "zimage"), help="this project's command line")
    options = parser.parse_args()
    if not options.table_only and not options.model:
        parser.error("say --model and a folder")
    if options.steps < 2 or options.rounds < 1 or options.threads < 1:
        parser.error("--steps must be at least 2, --rounds and --threads at least 1")
    return options


def main():
    options = parse()
    if not options.table_only:
        measure(options)
    print("\n".join(table(options.results)))


if __name__ == "__main__":
    main()
