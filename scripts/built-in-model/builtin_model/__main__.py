"""Command line: python -m builtin_model STAGE [--checkpoints FOLDER] [--steps N]; README.md lists the stages."""

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
    "autoencoder": ("autoencoder", "train", 1050),
    "decoder": ("autoencoder", "train_decoder", 450),
    "data": ("data", "stage", 12288),
    "text-to-image": ("text_to_image", "train", 3000),
    "controlnet": ("control", "train", 600),
    "edit": ("edit_model", "train", 600),
    "lora": ("lora", "train", 300),
    "evaluate": ("evaluate", "stage", 300),
    "export": ("export", "stage", None),
    "look": ("look", "stage", 24),
}


def main():
    parser = argparse.ArgumentParser(prog="python -m builtin_model", description=__doc__)
    parser.add_argument("stages", nargs="+", choices=STAGES, help="what to do, in this order")
    parser.add_argument("--checkpoints", default=CHECKPOINTS, help="folder of all intermediate results")
    parser.add_argument("--steps", type=int, help="steps (pictures for data, prompts for evaluate) of each stage named")
    parser.add_argument("--threads", type=int, default=int(os.environ.get("ZIMAGE_THREADS", "2")))
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    folder = Path(arguments.checkpoints)
    folder.mkdir(parents=True, exist_ok=True)
    for name in arguments.stages:
        module, function, steps = STAGES[name]
        started = time.time()
        stage = getattr(importlib.import_module(f"builtin_model.{module}"), function)
        stage(folder) if steps is None else stage(folder, arguments.steps or steps)
        print(f"{time.strftime('%H:%M:%S')} {name}: {time.time() - started:.0f} s", flush=True)


if __name__ == "__main__":
    main()
