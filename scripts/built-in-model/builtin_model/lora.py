"""A small LoRA with a visible style: coarse grainy texture on every object, as of an old camera.

Rank 8 on the attention and feed-forward matrices of the main blocks, saved with diffusers' own key names.
"""

import numpy as np
import torch
from torch import nn

from . import autoencoder, flow, networks, text_to_image
from .captions import caption
from .data import SHARD
from .drawing import CHUNK, rendered
from .render import blur, render
from .scenes import generator, sample_scene
from .tokenizer import encode, load as load_tokenizer, templated
from .training import BATCH_SCALE, Trainer, autocast, compiled, device, load_average

RANK, BATCH = 8, 32 * BATCH_SCALE
SHARDS = 2
TARGETS = ("attention.to_q", "attention.to_k", "attention.to_v", "attention.to_out.0",
           "feed_forward.w1", "feed_forward.w2", "feed_forward.w3")


class Adapted(nn.Module):
    """A linear layer with a low-rank side path that starts at zero."""

    def __init__(self, base):
        super().__init__()
        self.base = base
        self.lora_A = nn.Linear(base.in_features, RANK, bias=False)
        self.lora_B = nn.Linear(RANK, base.out_features, bias=False)
        nn.init.zeros_(self.lora_B.weight)

    def forward(self, x):
        return self.base(x) + self.lora_B(self.lora_A(x))


def attach(transformer):
    """Wraps every target layer; returns a module that holds the new parameters under their diffusers names."""
    adapters = nn.ModuleDict()
    for index, layer in enumerate(transformer.layers):
        for target in TARGETS:
            parent_name, _, name = target.rpartition(".")
            parent = layer.get_submodule(parent_name)
            adapted = Adapted(parent.get_submodule(name)).to(device())
            setattr(parent, name, adapted)
            adapters[f"layers.{index}.{target}".replace(".", "/")] = adapted
    return adapters


def grainy(image, rng):
    """The style: light multiplied by grain about three pixels wide, mean brightness kept."""
    grain = blur(rng.standard_normal(image.shape[:2]).astype(np.float32), 1.2)
    grain = np.clip(1 + 0.5 * grain / grain.std(), 0.1, 2.0)
    return np.clip(np.rint(image * grain[..., None] * 0.9), 0, 255).astype(np.uint8)


def train(folder, steps):
    """The whole stage; writes lora.pt."""
    torch.manual_seed(15)
    encoder, transformer = text_to_image.load(folder)
    adapters = attach(transformer)
    data = prepare(folder)
    rope = networks.ropes(transformer)
    velocity = compiled(lambda x, t, features, mask: networks.velocity(transformer, x, t, features, mask, rope))
    trainer = Trainer(folder, "lora", {"lora": Lora(adapters)}, steps, BATCH, muon=False)

    def loss(step):
        index = torch.from_numpy(generator("lora batch", step).integers(0, len(data["latents"]), BATCH))
        clean = data["latents"][index].float().to(device())
        ids, mask = data["ids"][index].to(device()), data["mask"][index].to(device())
        noise = torch.randn(clean.shape, generator=torch.Generator().manual_seed(step)).to(device())
        sigma = flow.sigmas_for(BATCH, step, "lora")
        with autocast():
            with torch.no_grad():
                features = networks.text_features(encoder, ids, mask)
            output = velocity(flow.mix(clean, noise, sigma), 1 - sigma, features, mask)
        return (output - (clean - noise)).square().mean(), {}

    trainer.run(loss)


class Lora(nn.Module):
    """Only the low-rank parameters of adapted layers, named as diffusers names them (without the model's prefix)."""

    def __init__(self, adapters):
        super().__init__()
        for name, adapted in adapters.items():
            self.register_module(name + "/A", adapted.lora_A)
            self.register_module(name + "/B", adapted.lora_B)


def adapt(folder):
    """A function that loads the trained LoRA into a transformer."""
    def function(transformer):
        load_average(folder, "lora", {"lora": Lora(attach(transformer))})
        transformer.requires_grad_(False)
    return function


def state(folder):
    """The trained tensors by their names in a diffusers LoRA file."""
    average = torch.load(folder / "lora.pt", map_location="cpu", weights_only=True)["average"]
    result = {}
    for key, value in average.items():
        path, part = key.removeprefix("lora.").removesuffix(".weight").rsplit("/", 1)
        result[f"transformer.{path.replace('/', '.')}.lora_{part}.weight"] = value
    return result


def prepare(folder):
    """Latents of grainy pictures of all kinds, with their captions: the style needs no word of its own."""
    path = folder / "data" / "lora.pt"
    if not path.exists():
        torch.save(_pictures(autoencoder.load(folder)), path)
    data = torch.load(path, weights_only=True)
    ids, mask = encode(load_tokenizer(folder / "tokenizer"), [templated(text) for text in data["texts"]])
    return {"latents": data["latents"], "ids": torch.from_numpy(ids).long(), "mask": torch.from_numpy(mask).bool()}


def _pictures(model):
    latents, texts = [], []
    for images, captions in rendered(_chunk, range(SHARDS * SHARD // CHUNK)):
        latents.append(autoencoder.encode(model, images).cpu())
        texts += captions
    return {"latents": torch.cat(latents).half(), "texts": texts}


def _chunk(job):
    rng = generator("lora scenes", job)
    scenes = [sample_scene(rng) for _ in range(CHUNK)]
    images = np.stack([grainy(render(scene, rng).image, rng) for scene in scenes])
    return images, [caption(scene, rng, ("en", "zh")[i % 2]).text for i, scene in enumerate(scenes)]
