"""Trains the ControlNet on masks and label images of nuclei, above the frozen text-to-image model."""

import numpy as np
import torch

from . import autoencoder, flow, networks, text_to_image
from .captions import caption
from .data import SHARD
from .drawing import CHUNK, rendered
from .render import label_image, mask_image, render
from .scenes import generator, sample_scene
from .tokenizer import encode, load as load_tokenizer, templated
from .training import BATCH_SCALE, Trainer, autocast, compiled, device, load_average

BATCH = 32 * BATCH_SCALE
SHARDS = 4
STRENGTH = 1.5


def build(transformer):
    """A ControlNet whose blocks start as copies of the transformer's, and whose outputs start at zero."""
    control = networks.controlnet().to(device())
    for place, layer in zip(control.control_layers_places, control.control_layers):
        layer.load_state_dict(transformer.layers[place].state_dict(), strict=False)
    for copy, layer in zip(control.control_noise_refiner, transformer.noise_refiner):
        copy.load_state_dict(layer.state_dict())
    control.control_all_x_embedder.load_state_dict(transformer.all_x_embedder.state_dict())
    return control


def load(folder):
    """The trained ControlNet, with what it adds strengthened: at scale 1 faint scenes then follow their mask, too."""
    control = networks.controlnet().to(device())
    load_average(folder, "controlnet", {"controlnet": control})
    with torch.no_grad():
        for layer in control.control_layers:
            for parameter in layer.after_proj.parameters():
                parameter.mul_(STRENGTH)
    return control.eval().requires_grad_(False)


def train(folder, steps):
    """The whole stage; writes controlnet.pt."""
    torch.manual_seed(13)
    encoder, transformer = text_to_image.load(folder)
    control = build(transformer)
    data = prepare(folder)
    rope = networks.ropes(transformer)
    velocity = compiled(lambda x, t, features, mask, hint: networks.velocity(
        transformer, x, t, features, mask, rope, control, hint))
    trainer = Trainer(folder, "controlnet", {"controlnet": control}, steps, BATCH)

    def loss(step):
        rng = generator("controlnet batch", step)
        index = torch.from_numpy(rng.integers(0, len(data["latents"]), BATCH))
        clean, hint = data["latents"][index].float().to(device()), data["hints"][index].float().to(device())
        ids, mask = data["ids"][index].to(device()), data["mask"][index].to(device())
        noise = torch.randn(clean.shape, generator=torch.Generator().manual_seed(step)).to(device())
        sigma = flow.sigmas_for(BATCH, step, "controlnet")
        with autocast():
            with torch.no_grad():
                features = networks.text_features(encoder, ids, mask)
            output = velocity(flow.mix(clean, noise, sigma), 1 - sigma, features, mask, hint)
        error = (output - (clean - noise)).square().mean()
        return error, {}

    trainer.run(loss)


def prepare(folder):
    """Latents of nuclei pictures and of their masks or label images in turn, with captions."""
    model = autoencoder.load(folder)
    shards = []
    for shard in range(SHARDS):
        path = folder / "data" / f"control-{shard:03d}.pt"
        if not path.exists():
            torch.save(_shard(model, shard), path)
        shards.append(torch.load(path, weights_only=True))
    ids, mask = encode(load_tokenizer(folder / "tokenizer"), [templated(t) for s in shards for t in s["texts"]])
    return {"latents": torch.cat([s["latents"] for s in shards]), "hints": torch.cat([s["hints"] for s in shards]),
            "ids": torch.from_numpy(ids).long(), "mask": torch.from_numpy(mask).bool()}


def _shard(model, shard):
    latents, hints, texts = [], [], []
    for images, drawn, captions in rendered(_chunk, [(shard, chunk) for chunk in range(SHARD // CHUNK)]):
        latents.append(autoencoder.encode(model, images).cpu())
        hints.append(autoencoder.encode(model, drawn).cpu())
        texts += captions
    return {"latents": torch.cat(latents).half(), "hints": torch.cat(hints).half(), "texts": texts}


def _chunk(job):
    rng = generator("controlnet scenes", *job)
    scenes = [sample_scene(rng, kinds=("nuclei",)) for _ in range(CHUNK)]
    pictures = [render(scene, rng) for scene in scenes]
    drawn = [mask_image(p.labels) if i % 2 else label_image(p.labels, rng) for i, p in enumerate(pictures)]
    texts = ["" if rng.random() < 0.1 else caption(scene, rng, ("en", "zh")[i // 2 % 2]).text
             for i, scene in enumerate(scenes)]
    return np.stack([p.image for p in pictures]), np.stack(drawn), texts
