"""Trains the autoencoder on rendered pictures, masks and label images, then whitens its latents.

Two stages: first encoder and decoder together, after which the latents are measured and the whitening is folded into
the encoder's last and the decoder's first convolution; then the decoder alone, on slightly noisy latents.
"""

import math

import numpy as np
import torch

from . import networks
from .drawing import CHUNK, rendered
from .render import label_image, mask_image, render
from .scenes import generator, sample_scene
from .training import BATCH_SCALE, Trainer, autocast, device, load_average

CROP, BATCH = 64, 24 * BATCH_SCALE
KL = 5e-4
LATENT_NOISE = 0.06


def pictures(folder, count):
    """uint8 (count, 128, 128, 3): scenes of all kinds, one in six a mask or label image. Kept in a file."""
    path = folder / f"autoencoder-pictures-{count}.npy"
    if not path.exists():
        jobs = [(start, min(CHUNK, count - start)) for start in range(0, count, CHUNK)]
        np.save(path, np.concatenate(list(rendered(_chunk, jobs))))
    return np.load(path, mmap_mode="r")


def _chunk(job):
    start, count = job
    rng = generator("autoencoder", start)
    result = np.empty((count, 128, 128, 3), np.uint8)
    for index in range(count):
        if index % 6 == 5:
            labels = render(sample_scene(rng, kinds=("nuclei",)), rng).labels
            result[index] = mask_image(labels) if index % 12 == 5 else label_image(labels, rng)
        else:
            result[index] = render(sample_scene(rng), rng).image
    return result


def batch(images, step, crop=CROP):
    """Random crops with random flips as (batch, 3, crop, crop) in -1..1, a function of the step alone."""
    rng = generator("autoencoder batch", step)
    rows = []
    for index in rng.integers(0, len(images), BATCH):
        y, x = rng.integers(0, 129 - crop, 2)
        piece = images[index, y:y + crop, x:x + crop]
        if rng.random() < 0.5:
            piece = piece[:, ::-1]
        rows.append(np.rot90(piece, int(rng.integers(4))))
    pixels = torch.from_numpy(np.stack(rows)).to(device())
    return pixels.permute(0, 3, 1, 2).float() / 127.5 - 1


def reconstruction(output, target):
    """Absolute and squared error, and the error of differences between neighbours, which keeps thin lines."""
    error = output.float() - target
    edges = (error[..., 1:] - error[..., :-1]).abs().mean() + (error[..., 1:, :] - error[..., :-1, :]).abs().mean()
    return error.abs().mean() + 2 * error.square().mean() + 0.5 * edges


def train(folder, steps, images=6000):
    """First part; writes autoencoder.pt and whitening.pt, after which the latents are settled."""
    torch.manual_seed(11)
    model = networks.autoencoder().to(device())
    trainer = Trainer(folder, "autoencoder", {"vae": model}, steps, BATCH, muon_lr=2e-3, adam_lr=1e-3)
    data = pictures(folder, images)

    def loss(step):
        pixels = batch(data, step)
        noise = seeded_noise((BATCH, networks.LATENT, CROP // 8, CROP // 8), step)
        with autocast():
            mean, logvar = model.encoder(pixels).float().chunk(2, 1)
            logvar = logvar.clamp(-30, 20)
            output = model.decoder(mean + noise * (0.5 * logvar).exp())
        kl = 0.5 * (mean.square() + logvar.exp() - 1 - logvar).mean()
        return reconstruction(output, pixels) + KL * kl, {"kl": kl.detach(), "psnr": psnr(output, pixels)}

    trainer.run(loss)
    trainer.load_average()
    whiten(folder, model, data[:1200])


def train_decoder(folder, steps, images=6000):
    """Second part: the encoder stays, the decoder learns the whitened and slightly noisy latents.

    Writes decoder.pt. It changes no latents, so it may come after the transformer's training as well as before.
    """
    torch.manual_seed(16)
    model = load(folder).train()
    model.decoder.requires_grad_(True)
    trainer = Trainer(folder, "decoder", {"vae": model}, steps, BATCH, muon_lr=1e-3, adam_lr=5e-4)
    data = pictures(folder, images)

    def loss(step):
        pixels = batch(data, 1_000_000 + step)
        noise = seeded_noise((BATCH, networks.LATENT, CROP // 8, CROP // 8), 1_000_000 + step)
        with autocast():
            with torch.no_grad():
                mean = model.encoder(pixels).float().chunk(2, 1)[0]
            output = model.decoder(mean + noise * LATENT_NOISE)
        return reconstruction(output, pixels), {"psnr": psnr(output, pixels)}

    trainer.run(loss)


def psnr(output, target):
    """Peak signal-to-noise ratio in dB of pictures in -1..1."""
    return -10 * math.log10(float((output.detach().float() - target).square().mean()) / 4 + 1e-12)


def seeded_noise(shape, step):
    return torch.randn(shape, generator=torch.Generator().manual_seed(step)).to(device())


@torch.no_grad()
def whiten(folder, model, images):
    """Folds zero mean and unit deviation per channel into the neighbouring convolutions."""
    path = folder / "whitening.pt"
    if path.exists():
        statistics = torch.load(path, weights_only=True)
    else:
        latents = torch.cat([encode(model, images[i:i + 50]) for i in range(0, len(images), 50)])
        statistics = {"mean": latents.mean((0, 2, 3)).cpu(), "std": latents.std((0, 2, 3)).cpu()}
        torch.save(statistics, path)
    mean, std = (statistics[name].to(device()) for name in ("mean", "std"))
    out, into = model.encoder.conv_out, model.decoder.conv_in
    into.bias += (into.weight * mean[None, :, None, None]).sum((1, 2, 3))
    into.weight *= std[None, :, None, None]
    channels = networks.LATENT
    out.weight[:channels] /= std[:, None, None, None]
    out.bias[:channels] = (out.bias[:channels] - mean) / std
    out.bias[channels:] -= 2 * std.log()


@torch.no_grad()
def encode(model, images, cast=autocast):
    """Latent means (batch, 16, 16, 16) of uint8 pictures (batch, 128, 128, 3)."""
    pixels = torch.from_numpy(np.ascontiguousarray(images)).to(device()).permute(0, 3, 1, 2).float() / 127.5 - 1
    with cast():
        return model.encoder(pixels).float().chunk(2, 1)[0]


@torch.no_grad()
def decode(model, latents, cast=autocast):
    """uint8 pictures (batch, 128, 128, 3) of latents."""
    with cast():
        pixels = model.decoder(latents).float()
    return ((pixels / 2 + 0.5).clamp(0, 1) * 255).round().byte().permute(0, 2, 3, 1).cpu().numpy()


def load(folder):
    """The trained and whitened autoencoder, ready for use; with the second part's decoder where there is one."""
    model = networks.autoencoder().to(device())
    load_average(folder, "autoencoder", {"vae": model})
    whiten(folder, model, None)
    if (folder / "decoder.pt").exists():
        load_average(folder, "decoder", {"vae": model})
    return model.eval().requires_grad_(False)
