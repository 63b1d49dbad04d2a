"""The transformer's Omni form for one condition image, in batches, with the reference's positions.

Sequence: caption pieces (3 x 32 tokens), condition image (64), target image (64), SigLIP of the condition image (64),
SigLIP padding of the target (32). Positions depend on the captions' real lengths, so each sample has its own tables.
The surplus zero rows among the caption positions and the scrambled SigLIP grid are the reference's
(transformer_z_image.py, patchify_and_embed_omni); they must be learned as they are used.
"""

import dataclasses

import torch

from . import networks
from .networks import PAD

SIDE = 16
IMAGE_TOKENS = (SIDE // 2) ** 2
SIGLIP_SIDE = 8
PIECES = 3


def pieces(instruction):
    """The three texts around one condition image, as pipeline_z_image_omni.py writes them."""
    return ("<|im_start|>user\n<|vision_start|>",
            f"<|vision_end|>{instruction}<|im_end|>\n<|im_start|>assistant\n<|vision_start|>",
            "<|vision_end|><|im_end|>")


@dataclasses.dataclass(frozen=True)
class Positions:
    """Integer positions (batch, token, 3) of each part, and which tokens belong to the noisy side."""

    caption: torch.Tensor
    image: torch.Tensor
    siglip: torch.Tensor
    noisy: torch.Tensor


def positions(lengths):
    """Positions for each sample's three caption lengths, (batch) tuples of three."""
    caption, image, siglip = [], [], []
    for sample in lengths:
        start, ends, rows = 1, [], []
        for length in sample:
            rows.append(_along(start, PAD))
            rows.append(torch.zeros(PAD - length, 3, dtype=torch.long))
            start += length
            ends.append(start)
            start += 2
        caption.append(torch.cat(rows)[:PIECES * PAD])
        half = SIDE // 2
        image.append(torch.cat((_grid(ends[0], half), _grid(ends[1], half))))
        scaled = _grid(ends[0] + 1, SIGLIP_SIDE).float()
        scaled[:, 1:] = scaled[:, 1:] / (SIGLIP_SIDE - 1) * (SIDE - 1)
        siglip.append(torch.cat((scaled.long(), torch.zeros(PAD, 3, dtype=torch.long))))
    noisy = [0] * PAD + [1] * 2 * PAD + [0] * IMAGE_TOKENS + [1] * IMAGE_TOKENS + [0] * SIGLIP_SIDE**2 + [1] * PAD
    return Positions(torch.stack(caption), torch.stack(image), torch.stack(siglip), torch.tensor(noisy).bool())


def _along(start, count):
    result = torch.zeros(count, 3, dtype=torch.long)
    result[:, 0] = torch.arange(start, start + count)
    return result


def _grid(first, side):
    axes = (torch.tensor([first]), torch.arange(side), torch.arange(side))
    return torch.stack(torch.meshgrid(*axes, indexing="ij"), -1).reshape(-1, 3)


def tables(network, where):
    """Rotary tables (cos, sin) of (batch, token, 1, channel / 2) for positions (batch, token, 3)."""
    flat = networks.table(network, where.reshape(-1, 3))
    return tuple(part.view(*where.shape[:2], 1, -1) for part in flat)


def ropes(network, where):
    caption, image, siglip = (tables(network, part) for part in (where.caption, where.image, where.siglip))
    both = tuple(torch.cat(parts, 1) for parts in zip(caption, image, siglip))
    return caption, image, siglip, both


def scrambled(features):
    """The reference's reading of (batch, row, column, channel): memory in channel-first order, taken as tokens."""
    b, h, w, c = features.shape
    return features.permute(0, 3, 1, 2).reshape(b, h * w, c)


def velocity(network, condition, x, t, captions, mask, seen, rope, noisy):
    """Clean minus noise of the target image.

    :param condition: latents (batch, 16, 16, 16) of the picture to edit; `x` the noisy target's
    :param captions: text features (batch, 96, width), three pieces of 32; `mask` 1 for real tokens
    :param seen: SigLIP features (batch, 8, 8, width) of the picture to edit
    :param rope: tables of `ropes`; `noisy` (token) of `positions`
    """
    caption_rope, image_rope, siglip_rope, both_rope = rope
    first, last = PIECES * PAD, PIECES * PAD + 2 * IMAGE_TOKENS
    at = network.t_embedder(t * network.t_scale)[:, None]
    clean = network.t_embedder(torch.ones_like(t) * network.t_scale)[:, None]
    time = torch.where(noisy[None, :, None], at, clean)
    images = network.all_x_embedder["2-1"](torch.cat((networks.patches(condition), networks.patches(x)), 1)).float()
    for layer in network.noise_refiner:
        images = networks.block(layer, images, image_rope, time[:, first:last])
    words = networks.caption_tokens(network, captions, mask, caption_rope)
    views = siglip_tokens(network, seen, siglip_rope)
    tokens = torch.cat((words, images, views), 1)
    for layer in network.layers:
        tokens = networks.block(layer, tokens, both_rope, time)
    return networks.final(network, tokens[:, last - IMAGE_TOKENS:last], time[:, last - IMAGE_TOKENS:last], SIDE)


def siglip_tokens(network, seen, rope):
    embed = network.siglip_embedder
    tokens = embed[1](networks.norm(scrambled(seen), embed[0])).float()
    padding = network.siglip_pad_token.expand(len(tokens), PAD, -1)
    tokens = torch.cat((tokens, padding), 1)
    for layer in network.siglip_refiner:
        tokens = networks.block(layer, tokens, rope)
    return tokens


def siglip_features(model, images):
    """(batch, 8, 8, width) of uint8 pictures (batch, 128, 128, 3), cut into patches as the processor does."""
    count = len(images)
    pixels = images.float() / 127.5 - 1
    cut = pixels.view(count, SIGLIP_SIDE, 16, SIGLIP_SIDE, 16, 3).permute(0, 1, 3, 2, 4, 5).reshape(count, 64, -1)
    mask = torch.ones(count, 64, dtype=torch.int32, device=images.device)
    shapes = torch.full((count, 2), SIGLIP_SIDE, device=images.device)
    output = model(pixel_values=cut, pixel_attention_mask=mask, spatial_shapes=shapes).last_hidden_state
    return output.view(count, SIGLIP_SIDE, SIGLIP_SIDE, -1)
