"""Writes golden/siglip_bf16 and golden/siglip_padded: what transformers' SigLIP2 makes of the golden pictures with
bfloat16 weights, and of pictures that fill fewer patches than the processor allows, so that the rest is padding.

Usage: python siglip.py GOLDEN OUTPUT (the folder with model_omni and images; where the two files go)
"""

import pathlib
import sys

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from safetensors.torch import save_file
from transformers import Siglip2VisionModel
from transformers.models.siglip2.image_processing_pil_siglip2 import get_image_size_for_max_num_patches

PATCH = 16
# More patches than a whole grid of the picture's shape fills.
PADDED = (("odd", 31), ("init", 50), ("cond1", 64))
ROUNDED = (("cond1", 24), ("cond2", 24))


def patches(path, most):
    """What Siglip2ImageProcessor does by torchvision, which need not be installed for this."""
    pixels = torch.from_numpy(np.array(Image.open(path).convert("RGB"))).permute(2, 0, 1)
    size = get_image_size_for_max_num_patches(*pixels.shape[1:], PATCH, most)
    resized = F.interpolate(pixels[None], size, mode="bilinear", antialias=True)[0]
    rows, columns = (side // PATCH for side in size)
    cut = ((resized.float() - 127.5) / 127.5).view(3, rows, PATCH, columns, PATCH).permute(1, 3, 2, 4, 0)
    cut = F.pad(cut.reshape(rows * columns, -1), (0, 0, 0, most - rows * columns))
    mask = (torch.arange(most) < rows * columns).to(torch.int32)
    return cut[None], mask[None], torch.tensor([[rows, columns]])


@torch.no_grad()
def features(model, cut, mask, shape):
    states = model(pixel_values=cut, pixel_attention_mask=mask, spatial_shapes=shape).last_hidden_state
    rows, columns = shape[0].tolist()
    return states[0, :rows * columns].view(rows, columns, -1).contiguous()


def main(golden, output):
    model = Siglip2VisionModel.from_pretrained(golden / "model_omni/siglip", dtype=torch.float32).eval()
    padded = {}
    for name, most in PADDED:
        cut, mask, shape = patches(golden / f"images/{name}.png", most)
        print(f"{name}: {mask.sum()} of {most} patches are real")
        padded[f"{name}.{most}.pixel_values"] = cut[0, :mask.sum()].to(torch.float32).contiguous()
        padded[f"{name}.{most}.feature_grid"] = features(model, cut, mask, shape)
        padded[f"{name}.{most}.spatial_shapes"] = shape
    save_file(padded, output / "siglip_padded.safetensors")
    model.to(torch.bfloat16)
    save_file({f"{name}.feature_grid": features(model, *patches(golden / f"images/{name}.png", most))
               for name, most in ROUNDED}, output / "siglip_bf16.safetensors")


if __name__ == "__main__":
    main(*(pathlib.Path(argument) for argument in sys.argv[1:3]))
