"""Goes on from the model that the plugin ships, where the checkpoints of its training are gone.

What a checkpoint holds beside the weights (moments of the optimisers, the reading head) is not shipped; a training that
starts from here warms up anew and does without the reading loss.
"""

import shutil
from pathlib import Path

import torch
from safetensors.torch import load_file

SHIPPED = Path(__file__).resolve().parents[3] / "src/main/resources/io/github/zimagefiji/built-in"
PREFIXES = {"text_encoder": "model.", "siglip": "vision_model."}  # of the published names, not of the modules


def stage(folder):
    """Writes tokenizer, autoencoder.pt, whitening.pt, text-to-image.pt and edit.pt; leaves what is there already."""
    base = SHIPPED / "base"
    if not (folder / "tokenizer").exists():
        shutil.copytree(base / "tokenizer", folder / "tokenizer")
    checkpoint(folder, "autoencoder", {"vae": base / "vae/diffusion_pytorch_model.safetensors"})
    if not (folder / "whitening.pt").exists():
        # The shipped weights have the whitening folded in already.
        torch.save({"mean": torch.zeros(16), "std": torch.ones(16)}, folder / "whitening.pt")
    checkpoint(folder, "text-to-image", {"text_encoder": base / "text_encoder/model.safetensors",
                                         "transformer": base / "transformer/diffusion_pytorch_model.safetensors"})
    edit = SHIPPED / "edit"
    checkpoint(folder, "edit", {"text_encoder": edit / "text_encoder/model.safetensors",
                                "transformer": edit / "transformer/diffusion_pytorch_model.safetensors",
                                "siglip": edit / "siglip/model.safetensors"})


def checkpoint(folder, name, files):
    """A checkpoint at step 0 from safetensors files of modules."""
    path = folder / f"{name}.pt"
    if path.exists():
        print(f"{path} is there already and stays.", flush=True)
        return
    weights = {f"{module}.{key.removeprefix(PREFIXES.get(module, ''))}": tensor.float()
               for module, file in files.items() for key, tensor in load_file(file).items()}
    torch.save({"weights": weights, "average": weights, "step": 0, "seconds": 0.0}, path)
