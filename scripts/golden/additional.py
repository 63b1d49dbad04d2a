"""Writes what the reference computes with a LoRA and with ControlNets, on the tests' tiny model: in bfloat16, and with
fewer refiner places than control layers, as ControlNets of full size have them.

    PYTHONPATH=DIFFUSERS/src python scripts/golden/additional.py src/test/resources/golden

The inputs are those of the float32 files of the same names without the last part; diffusers at the commit that
expected.json names. The LoRA is applied by the formula of PEFT's linear layer, without PEFT.
"""

import json
import pathlib
import sys

import torch
import torch.nn.functional as F
from diffusers import ZImageControlNetModel, ZImageTransformer2DModel
from safetensors import safe_open
from safetensors.torch import load_file, save_file

BF16 = torch.bfloat16


class Adapted(torch.nn.Module):
    """peft.tuners.lora.Linear without dropout."""

    def __init__(self, base, down, up, scaling):
        super().__init__()
        self.base, self.down, self.up, self.scaling = base, down, up, scaling
        self.weight = base.weight

    def forward(self, x):
        return self.base(x) + F.linear(F.linear(x, self.down), self.up) * self.scaling


def lora(root, scale):
    """One forward pass with lora/peft.safetensors at a scale."""
    golden = load_file(root / f"golden/lora_scale{scale}.safetensors")
    transformer = ZImageTransformer2DModel.from_pretrained(root / "model/transformer", torch_dtype=BF16)
    with safe_open(root / "lora/peft.safetensors", "pt") as file:
        settings = json.loads(file.metadata()["lora_adapter_metadata"])
        scaling = scale * settings["transformer.lora_alpha"] / settings["transformer.r"]
        for key in [key for key in file.keys() if key.endswith(".lora_A.weight")]:
            layer = key.removeprefix("transformer.").removesuffix(".lora_A.weight")
            down, up = (file.get_tensor(name).to(BF16) for name in (key, key.replace("lora_A", "lora_B")))
            transformer.set_submodule(layer, Adapted(transformer.get_submodule(layer), down, up, scaling))
    out = transformer([golden["forward.in.x"].to(BF16)], golden["forward.in.t"], [golden["forward.in.cap"].to(BF16)])[0]
    return {"forward.out": out[0].float()}


def controlnet(root, version, dtype, **changes):
    """One forward pass of a batch of two, as in the float32 file, with changes of the ControlNet's config."""
    golden = load_file(root / f"golden/controlnet_{version}.safetensors")
    transformer = ZImageTransformer2DModel.from_pretrained(root / "model/transformer", torch_dtype=dtype)
    network = ZImageControlNetModel.from_pretrained(root / f"controlnet_{version}", torch_dtype=dtype, **changes)
    network = ZImageControlNetModel.from_transformer(network, transformer)
    images, captions, pictures = ([golden[f"in.{name}.{i}"].to(dtype) for i in range(2)] for name in ("x", "cap", "control"))
    samples = network(images, golden["t"], captions, pictures, conditioning_scale=0.8)
    out = transformer(images, golden["t"], captions, controlnet_block_samples=samples)[0]
    return {f"transformer_out.{i}": out[i].float() for i in range(2)}


@torch.no_grad()
def main():
    root = pathlib.Path(sys.argv[1])
    save_file(lora(root, 1.0), root / "golden/lora_scale1.0_bf16.safetensors")
    for version in ("v1", "v20", "v21"):
        save_file(controlnet(root, version, BF16), root / f"golden/controlnet_{version}_bf16.safetensors")
    save_file(controlnet(root, "v21", torch.float32, control_refiner_layers_places=[1]),
              root / "golden/controlnet_v21_places1.safetensors")


if __name__ == "__main__":
    main()
