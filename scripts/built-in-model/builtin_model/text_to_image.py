"""Trains text encoder and transformer together, after a short warm-up that teaches the encoder to read.

In the warm-up, and with a small weight later, a linear head must tell every attribute of a caption from the feature
of its last token. That makes English and Chinese mean the same before the transformer first looks.
"""

import numpy as np
import torch
import torch.nn.functional as F

from . import flow, networks
from .captions import ATTRIBUTES, attribute_targets, caption
from .data import CAPTIONS, Scenes
from .scenes import generator, sample_scene
from .tokenizer import encode, load as load_tokenizer, templated
from .training import BATCH_SCALE, Trainer, autocast, compiled, device, load_average

BATCH = 64 * BATCH_SCALE
READING_STEPS, READING_BATCH = 500, 64
READING_WEIGHT = 0.03
DROPOUT = 0.1
CLASSES = [1 + len(values) for values in ATTRIBUTES.values()]


def build(folder, siglip=False):
    """New text encoder, reading head and transformer."""
    vocabulary = len(load_tokenizer(folder / "tokenizer"))
    return (networks.text_encoder(vocabulary).to(device()),
            torch.nn.Linear(networks.TEXT_WIDTH, sum(CLASSES)).to(device()),
            networks.transformer(siglip).to(device()))


def train(folder, steps):
    """The whole stage; writes reading.pt and text-to-image.pt."""
    torch.manual_seed(12)
    encoder, head, transformer = build(folder)
    read(folder, encoder, head)
    scenes = Scenes(folder)
    rope = networks.ropes(transformer)
    velocity = compiled(lambda x, t, features, mask: networks.velocity(transformer, x, t, features, mask, rope))
    modules = {"text_encoder": encoder, "head": head, "transformer": transformer}
    initialise(transformer)
    trainer = Trainer(folder, "text-to-image", modules, steps, BATCH)
    reading_weight = READING_WEIGHT if "head" in trainer.resumed else 0.0

    def loss(step):
        clean, ids, mask, targets = batch(scenes, step)
        noise = torch.randn(clean.shape, generator=torch.Generator().manual_seed(step)).to(device())
        sigma = flow.sigmas_for(len(clean), step, "text-to-image")
        with autocast():
            features = networks.text_features(encoder, ids, mask)
            output = velocity(flow.mix(clean, noise, sigma), 1 - sigma, features, mask)
            reading = reading_loss(head, features, mask, targets)
        error = (output - (clean - noise)).square().mean((1, 2, 3))
        noisy = error[sigma > 0.7].mean().detach()
        return error.mean() + reading_weight * reading, {"flow": error.mean().detach(), "noisy": noisy,
                                                         "reading": reading.detach()}

    trainer.run(loss)


def initialise(transformer):
    """Smaller outputs at the start: every gate and the final layer begin near zero."""
    with torch.no_grad():
        for name, parameter in transformer.named_parameters():
            if "all_final_layer" in name and "linear" in name:
                parameter.mul_(0.1)
            if name.endswith("pad_token"):
                parameter.normal_(0, 0.02)


def batch(scenes, step):
    """Latents, ids, mask and attribute targets; one caption in ten is empty. A function of the step alone."""
    rng = generator("text-to-image batch", step)
    index = torch.from_numpy(np.searchsorted(scenes.shares, rng.random(BATCH)))
    which = torch.from_numpy(rng.integers(0, len(CAPTIONS), BATCH))
    ids, mask, targets = scenes.ids[index, which], scenes.mask[index, which], scenes.targets[index, which]
    dropped = torch.from_numpy(rng.random(BATCH) < DROPOUT)
    ids = torch.where(dropped[:, None], scenes.empty[0], ids)
    mask = torch.where(dropped[:, None], scenes.empty[1], mask)
    targets = torch.where(dropped[:, None], 0, targets)
    latents = scenes.latents[index].float()
    return latents.to(device()), ids.long().to(device()), mask.to(device()), targets.long().to(device())


def reading_loss(head, features, mask, targets):
    """Cross entropy of every attribute, told from the last token of each caption."""
    last = features[torch.arange(len(mask)), mask.sum(1) - 1]
    parts = head(last).float().split(CLASSES, 1)
    return sum(F.cross_entropy(part, targets[:, i]) for i, part in enumerate(parts)) / len(parts)


def read(folder, encoder, head):
    """The warm-up: only the text encoder, only the attributes, on fresh captions that need no picture."""
    trainer = Trainer(folder, "reading", {"text_encoder": encoder, "head": head}, READING_STEPS, READING_BATCH)
    tokenizer = load_tokenizer(folder / "tokenizer")

    def loss(step):
        rng = generator("reading batch", step)
        captions = [caption(sample_scene(rng), rng, CAPTIONS[i % 4]) for i in range(READING_BATCH)]
        ids, mask = encode(tokenizer, [templated(c.text) for c in captions])
        mask = torch.from_numpy(mask).bool().to(device())
        targets = torch.tensor([attribute_targets(c.attributes) for c in captions], device=device())
        with autocast():
            features = networks.text_features(encoder, torch.from_numpy(ids).to(device()), mask)
            return reading_loss(head, features, mask, targets), {}

    trainer.run(loss)
    trainer.load_average()


def load(folder):
    """Trained text encoder and transformer."""
    encoder, head, transformer = build(folder)
    modules = {"text_encoder": encoder, "head": head, "transformer": transformer}
    step = load_average(folder, "text-to-image", modules)
    print(f"text-to-image: weights of step {step}", flush=True)
    return encoder.eval().requires_grad_(False), transformer.eval().requires_grad_(False)
