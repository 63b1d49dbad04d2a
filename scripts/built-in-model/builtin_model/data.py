"""Renders and encodes the scenes that the transformer is trained on, in shards, with four captions each."""

import numpy as np
import torch

from . import autoencoder
from .captions import ATTRIBUTES, attribute_targets, caption
from .drawing import CHUNK, rendered
from .render import render
from .scenes import MAX_EXPLICIT_COUNT, generator, sample_scene
from .tokenizer import encode, load, templated

SHARD = 1024
CAPTIONS = ("en", "en", "zh", "zh")
LITTLE_WEIGHT = 3.0


def stage(folder, count):
    """Writes the missing ones of the shards that hold the first `count` scenes."""
    target = folder / "data"
    target.mkdir(exist_ok=True)
    model = autoencoder.load(folder)
    for shard in range(count // SHARD):
        path = target / f"scenes-{shard:03d}.pt"
        if not path.exists():
            partial = path.with_suffix(".partial")
            torch.save(_shard(model, shard), partial)
            partial.replace(path)
            print(f"data: {(shard + 1) * SHARD} scenes", flush=True)


def _shard(model, shard):
    latents, texts, targets = [], [], []
    for images, captions in rendered(_chunk, [(shard, chunk) for chunk in range(SHARD // CHUNK)]):
        latents.append(autoencoder.encode(model, images).cpu())
        texts += [[c.text for c in group] for group in captions]
        targets += [[attribute_targets(c.attributes) for c in group] for group in captions]
    return {"latents": torch.cat(latents).half(), "texts": texts, "targets": torch.tensor(targets, dtype=torch.uint8)}


def _chunk(job):
    rng = generator("scenes", *job)
    scenes = [sample_scene(rng) for _ in range(CHUNK)]
    images = np.stack([render(scene, rng).image for scene in scenes])
    return images, [[caption(scene, rng, language) for language in CAPTIONS] for scene in scenes]


def cumulative_shares(targets):
    """At which numbers in 0..1 the draw passes from one scene to the next.

    One nucleus or a few spots hardly move the loss, and a model that leaves them out is hardly punished: such scenes
    are drawn more often.
    """
    nuclei, spots = (targets[:, :, list(ATTRIBUTES).index(name)] for name in ("nuclei_count", "spots_amount"))
    # 0: not said, 1: one; of spots 1 to 6 are counted, beyond are densities
    little = ((nuclei == 1) | (spots >= 1) & (spots <= MAX_EXPLICIT_COUNT)).any(1).numpy()
    weights = np.where(little, LITTLE_WEIGHT, 1.0)
    return np.cumsum(weights)[:-1] / weights.sum()


class Scenes:
    """All shards in memory: latents (scene, 16, 16, 16), ids and mask (scene, caption, token), attribute targets."""

    def __init__(self, folder):
        shards = [torch.load(path, weights_only=True) for path in sorted((folder / "data").glob("scenes-*.pt"))]
        if not shards:
            raise FileNotFoundError(f"{folder}/data has no scenes: run the stage 'data' first.")
        tokenizer = load(folder / "tokenizer")
        self.latents = torch.cat([shard["latents"] for shard in shards])
        self.targets = torch.cat([shard["targets"] for shard in shards])
        texts = [templated(text) for shard in shards for group in shard["texts"] for text in group]
        ids, mask = encode(tokenizer, texts)
        shape = (len(self.latents), len(CAPTIONS), -1)
        self.ids = torch.from_numpy(ids).view(shape).to(torch.int32)
        self.mask = torch.from_numpy(mask).view(shape).bool()
        empty_ids, empty_mask = encode(tokenizer, [templated("")])
        self.empty = torch.from_numpy(empty_ids)[0].to(torch.int32), torch.from_numpy(empty_mask)[0].bool()
        self.shares = cumulative_shares(self.targets)

    def __len__(self):
        return len(self.latents)
