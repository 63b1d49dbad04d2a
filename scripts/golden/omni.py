"""Writes golden/transformer_omni_bf16, what the reference makes of golden/transformer_omni in bfloat16, and
golden/transformer_omni_basic, what the same weights give in the form without reference images.

Usage: python omni.py GOLDEN OUTPUT (the folder with model_omni and golden; where the two files go)
"""

import pathlib
import sys

import torch
from diffusers import ZImageTransformer2DModel
from safetensors.torch import load_file, save_file

CONDITIONS = {"i0": None, "i1": "loop_omni_1img", "i2": "loop_omni_2img"}


def numbered(tensors, prefix):
    found = []
    while f"{prefix}{len(found)}" in tensors:
        found.append(tensors[f"{prefix}{len(found)}"].to(torch.bfloat16))
    return found


@torch.no_grad()
def main(golden, output):
    model = ZImageTransformer2DModel.from_pretrained(golden / "model_omni/transformer", torch_dtype=torch.bfloat16)
    inputs = load_file(golden / "golden/transformer_omni.safetensors")
    results = {}
    for run, conditions in CONDITIONS.items():
        seen = conditions and numbered(load_file(golden / f"golden/{conditions}.safetensors"), "condition_siglip.")
        images = numbered(inputs, f"{run}.in.x.0.")
        results[f"{run}.out.0"] = model(
            [images], inputs[f"{run}.t"], [numbered(inputs, f"{run}.in.cap.0.")], siglip_feats=[seen and seen + [None]],
            image_noise_mask=[[0] * (len(images) - 1) + [1]], return_dict=False)[0][0].contiguous()
    save_file(results, output / "transformer_omni_bf16.safetensors")
    exact = ZImageTransformer2DModel.from_pretrained(golden / "model_omni/transformer", torch_dtype=torch.float32)
    out = exact([inputs["i0.in.x.0.0"]], inputs["i0.t"], [inputs["i0.in.cap.0.0"]], return_dict=False)[0][0]
    save_file({"out.0": out.contiguous()}, output / "transformer_omni_basic.safetensors")


if __name__ == "__main__":
    main(*(pathlib.Path(argument) for argument in sys.argv[1:3]))
