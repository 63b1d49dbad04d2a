"""Command line: python -m builtin_model STAGE[=STEPS]... [--checkpoints FOLDER]; README.md lists the stages."""

import argparse
import importlib
import os
import time
from pathlib import Path

import torch

from .training import CHECKPOINTS

# stage: (module, function, default steps or None where a stage has no steps)
STAGES = {
    "tokenizer": ("tokenizer", "stage", None),
    "shipped": ("shipped", "stage", None),
    "autoencoder": ("autoencoder", "train", 1050),
    "decoder": ("autoencoder", "train_decoder", 450),
    "data": ("data", "stage", 16384),
    "text-to-image": ("text_to_image", "train", 4000),
    "controlnet": ("control", "train", 900),
    "edit": ("edit_model", "train", 3150),
    "lora": ("lora", "train", 500),
    "evaluate": ("evaluate", "stage", 300),
    "export": ("export", "stage", None),
    "install": ("export", "install", None),
    "fixtures": ("fixtures", "stage", None),
    "look": ("look", "stage", 24),
}


def stage(argument):
    """Name and steps (or None) of a command line argument.

    :raises argparse.ArgumentTypeError: where there is no such stage, or the steps are no number
    """
    name, _, steps = argument.partition("=")
    if name not in STAGES or not (steps.isdigit() or "=" not in argument):
        raise argparse.ArgumentTypeError(f"{argument} is none of {', '.join(STAGES)}, with =STEPS if wanted.")
    return name, int(steps) if steps else None


def main():
    parser = argparse.ArgumentParser(prog="python -m builtin_model", description=__doc__)
    parser.add_argument("stages", nargs="+", type=stage, metavar="STAGE[=STEPS]",
                        help=f"what to do, in this order, of {', '.join(STAGES)}; for data the number of scenes, for "
                             "evaluate that of prompts")
    parser.add_argument("--checkpoints", default=CHECKPOINTS, help="folder of all intermediate results")
    parser.add_argument("--threads", type=int, default=int(os.environ.get("ZIMAGE_THREADS", "2")))
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    folder = Path(arguments.checkpoints)
    folder.mkdir(parents=True, exist_ok=True)
    for name, steps in arguments.stages:
        module, function, default = STAGES[name]
        started = time.time()
        run = getattr(importlib.import_module(f"builtin_model.{module}"), function)
        run(folder) if default is None else run(folder, steps or default)
        print(f"{time.strftime('%H:%M:%S')} {name}: {time.time() - started:.0f} s", flush=True)


if __name__ == "__main__":
    main()
