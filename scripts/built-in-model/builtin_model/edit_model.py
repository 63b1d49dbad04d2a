"""Trains the edit model: the Omni form, started from the text-to-image model, with a small SigLIP part of its own."""

import numpy as np
import torch
import torch.nn.functional as F

from . import autoencoder, flow, networks, omni, text_to_image
from .captions import INSTRUCTION_KINDS, instruction
from .drawing import CHUNK, rendered
from .edits import sample_edit
from .render import draw
from .scenes import COLOUR_NAMES, KINDS, generator
from .tokenizer import encode, load as load_tokenizer
from .training import BATCH_SCALE, Trainer, autocast, compiled, device, load_average

BATCH = 16 * BATCH_SCALE
SHARD, SHARDS = 1024, 6
READING_WEIGHT = 0.05
HARD, HARD_WEIGHT = ("remove", "add_spots"), 3.0
# What the reading head tells of an instruction: the change and its details; 0 stands for "does not apply".
DETAILS = {"what": INSTRUCTION_KINDS, "kind": KINDS, "colour": COLOUR_NAMES, "count": (1, 2, 3, 4, 5),
           "brightness": ("dim", "bright"), "background": ("dark", "grey")}
CLASSES = [1 + len(values) for values in DETAILS.values()]


def build(folder):
    """Text encoder, reading head, transformer and SigLIP, the first and third from the text-to-image training."""
    encoder, base = text_to_image.load(folder)
    transformer = networks.transformer(siglip=True).to(device())
    transformer.load_state_dict(base.state_dict(), strict=False)
    with torch.no_grad():
        transformer.siglip_pad_token.normal_(0, 0.02)
    head = torch.nn.Linear(networks.TEXT_WIDTH, sum(CLASSES)).to(device())
    return {"text_encoder": encoder.requires_grad_(True).train(), "head": head, "transformer": transformer,
            "siglip": networks.siglip().to(device())}


def load(folder):
    modules = build(folder)
    load_average(folder, "edit", modules)
    return {name: module.eval().requires_grad_(False) for name, module in modules.items()}


def targets(change):
    return [0 if name not in change else 1 + values.index(change[name]) for name, values in DETAILS.items()]


def train(folder, steps):
    """The whole stage; writes edit.pt."""
    torch.manual_seed(14)
    modules = build(folder)
    transformer = modules["transformer"]
    data = prepare(folder)
    velocity = compiled(lambda condition, x, t, captions, mask, seen, rope, noisy: omni.velocity(
        transformer, condition, x, t, captions, mask, seen, rope, noisy))
    trainer = Trainer(folder, "edit", modules, steps, BATCH)
    noisy = omni.positions([(4, 12, 2)]).noisy.to(device())
    shares = cumulative_shares(data["targets"])

    def loss(step):
        index = torch.from_numpy(np.searchsorted(shares, generator("edit batch", step).random(BATCH)))
        before, after = data["before"][index].float().to(device()), data["after"][index].float().to(device())
        ids, mask = data["ids"][index].to(device()), data["mask"][index].to(device())
        rope = omni.ropes(transformer, omni.positions(mask.sum(2).tolist()))
        noise = torch.randn(after.shape, generator=torch.Generator().manual_seed(step)).to(device())
        sigma = flow.sigmas_for(BATCH, step, "edit")
        with autocast():
            features = networks.text_features(modules["text_encoder"], ids.flatten(0, 1), mask.flatten(0, 1))
            reading = reading_loss(modules["head"], features.view(BATCH, 3, 32, -1)[:, 1], mask[:, 1],
                                   data["targets"][index].to(device()))
            seen = omni.siglip_features(modules["siglip"], data["images"][index].to(device()))
            output = velocity(before, flow.mix(after, noise, sigma), 1 - sigma,
                              features.view(BATCH, 96, -1), mask.flatten(1), seen, rope, noisy)
        error = (output - (after - noise)).square().mean()
        return error + READING_WEIGHT * reading, {"flow": error.detach(), "reading": reading.detach()}

    trainer.run(loss)


def cumulative_shares(targets):
    """At which numbers in 0..1 the draw passes from one pair to the next; what is hard to learn is drawn more often."""
    hard = np.isin(targets[:, 0].numpy(), [1 + INSTRUCTION_KINDS.index(kind) for kind in HARD])
    weights = np.where(hard, HARD_WEIGHT, 1.0)
    return np.cumsum(weights)[:-1] / weights.sum()


def reading_loss(head, features, mask, wanted):
    last = features[torch.arange(len(mask)), mask.sum(1) - 1]
    parts = head(last).float().split(CLASSES, 1)
    return sum(F.cross_entropy(part, wanted[:, i].long()) for i, part in enumerate(parts)) / len(parts)


def prepare(folder):
    """Latents before and after, the pictures before (for SigLIP), and the instructions as three pieces each."""
    model = autoencoder.load(folder)
    shards = []
    for shard in range(SHARDS):
        path = folder / "data" / f"edits-{shard:03d}.pt"
        if not path.exists():
            torch.save(_shard(model, shard), path)
            print(f"edit: {(shard + 1) * SHARD} pairs", flush=True)
        shards.append(torch.load(path, weights_only=True))
    joined = {name: torch.cat([s[name] for s in shards]) for name in ("before", "after", "images", "targets")}
    texts = [text for shard in shards for text in shard["texts"]]
    joined["ids"], joined["mask"] = encoded(load_tokenizer(folder / "tokenizer"), texts)
    return joined


def encoded(tokenizer, instructions):
    """Ids and mask (instruction, piece, token)."""
    ids, mask = encode(tokenizer, [piece for text in instructions for piece in omni.pieces(text)])
    shape = (len(instructions), omni.PIECES, -1)
    return torch.from_numpy(ids).view(shape).long(), torch.from_numpy(mask).view(shape).bool()


def _shard(model, shard):
    before, after, images, texts, wanted = [], [], [], [], []
    for old, new, instructions, changes in rendered(_chunk, [(shard, chunk) for chunk in range(SHARD // CHUNK)]):
        before.append(autoencoder.encode(model, old).cpu())
        after.append(autoencoder.encode(model, new).cpu())
        images.append(torch.from_numpy(old))
        texts += instructions
        wanted += [targets(change) for change in changes]
    return {"before": torch.cat(before).half(), "after": torch.cat(after).half(), "images": torch.cat(images),
            "texts": texts, "targets": torch.tensor(wanted, dtype=torch.uint8)}


def _chunk(job):
    rng = generator("edits", *job)
    edits = [sample_edit(rng) for _ in range(CHUNK)]
    texts = [instruction(edit.change, rng, ("en", "zh")[i % 2]) for i, edit in enumerate(edits)]
    old, new = (np.stack([draw(placed).image for placed in side])
                for side in ([e.before for e in edits], [e.after for e in edits]))
    return old, new, texts, [edit.change for edit in edits]


class Editor:
    """Picture and instruction to picture, in batches."""

    def __init__(self, folder):
        self.vae = autoencoder.load(folder)
        self.modules = load(folder)
        self.tokenizer = load_tokenizer(folder / "tokenizer")

    @torch.no_grad()
    def images(self, pictures, instructions, seeds, steps=16):
        """uint8 (picture, 128, 128, 3)."""
        results = []
        for start in range(0, len(instructions), 20):
            part = slice(start, start + 20)
            results.append(self._batch(pictures[part], instructions[part], seeds[part], steps))
        return np.concatenate(results)

    def _batch(self, pictures, instructions, seeds, steps):
        transformer = self.modules["transformer"]
        ids, mask = (part.to(device()) for part in encoded(self.tokenizer, instructions))
        where = omni.positions(mask.sum(2).tolist())
        rope, noisy = omni.ropes(transformer, where), where.noisy.to(device())
        condition = autoencoder.encode(self.vae, pictures)
        features = networks.text_features(self.modules["text_encoder"], ids.flatten(0, 1), mask.flatten(0, 1))
        seen = omni.siglip_features(self.modules["siglip"], torch.from_numpy(pictures).to(device()))

        def predict(x, t):
            with autocast():
                return omni.velocity(transformer, condition, x, t, features.view(len(x), 96, -1), mask.flatten(1),
                                     seen, rope, noisy)

        return autoencoder.decode(self.vae, flow.sample(predict, flow.start_noise(seeds), steps))
