"""Trains the autoencoder on rendered pictures, masks and label images, then whitens its latents.

Two parts: first encoder and decoder together; then the latents are measured, the whitening is folded into the
encoder's last and the decoder's first convolution, and the decoder alone is trained on slightly noisy latents.
"""

import math

import numpy as np
import torch
import torch.nn.functional as F

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


def train(folder, steps, images=6000, decoder_share=0.3):
    """The whole stage; writes autoencoder.pt, whitening.pt and autoencoder_decoder.pt."""
    torch.manual_seed(11)
    model = networks.autoencoder().to(device())
    first_steps = int(steps * (1 - decoder_share))
    first = Trainer(folder, "autoencoder", {"vae": model}, first_steps, BATCH, muon_lr=2e-3, adam_lr=1e-3)
    data = None
    if first.step < first_steps:
        data = pictures(folder, images)

        def both(pixels, noise):
            hidden = model.encoder(pixels)
            mean, logvar = hidden.float().chunk(2, 1)
            logvar = logvar.clamp(-30, 20)
            kl = 0.5 * (mean.square() + logvar.exp() - 1 - logvar).mean()
            output = model.decoder(mean + noise * (0.5 * logvar).exp())
            return reconstruction(output, pixels) + KL * kl, kl, F.mse_loss(output.float(), pixels)

        def loss(step):
            pixels = batch(data, step)
            noise = seeded_noise((BATCH, networks.LATENT, CROP // 8, CROP // 8), step)
            with autocast():
                value, kl, squared = both(pixels, noise)
            return value, {"kl": kl.detach(), "psnr": -10 * math.log10(float(squared.detach()) / 4)}

        first.run(loss)
    first.load_average()
    data = pictures(folder, images) if data is None else data
    whiten(folder, model, data[:1200])
    train_decoder(folder, model, data, steps - first_steps)


def seeded_noise(shape, step):
    return torch.randn(shape, generator=torch.Generator().manual_seed(step)).to(device())


@torch.no_grad()
def whiten(folder, model, images):
    """Folds zero mean and unit deviation per channel into the neighbouring convolutions."""
    path = folder / "whitening.pt"
    if path.exists():
        statistics = torch.load(path, weights_only=True)
    else:
        latents = torch.cat([encode(model, images[i:i + 50], whitened=False) for i in range(0, len(images), 50)])
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


def train_decoder(folder, model, data, steps):
    """Second part: the encoder stays, the decoder learns the whitened and slightly noisy latents."""
    model.encoder.requires_grad_(False)
    second = Trainer(folder, "autoencoder_decoder", {"vae": model}, steps, BATCH, muon_lr=1e-3, adam_lr=5e-4)
    if second.step >= steps:
        return

    def decoded(pixels, noise):
        with torch.no_grad():
            mean = model.encoder(pixels).float().chunk(2, 1)[0]
        output = model.decoder(mean + noise * LATENT_NOISE)
        return reconstruction(output, pixels), F.mse_loss(output.float(), pixels)

    def loss(step):
        pixels = batch(data, 1_000_000 + step)
        noise = seeded_noise((BATCH, networks.LATENT, CROP // 8, CROP // 8), 1_000_000 + step)
        with autocast():
            value, squared = decoded(pixels, noise)
        return value, {"psnr": -10 * math.log10(float(squared.detach()) / 4)}

    second.run(loss)


@torch.no_grad()
def encode(model, images, whitened=True):
    """Latent means (batch, 16, 16, 16) of uint8 pictures (batch, 128, 128, 3)."""
    pixels = torch.from_numpy(np.ascontiguousarray(images)).to(device()).permute(0, 3, 1, 2).float() / 127.5 - 1
    with autocast():
        return model.encoder(pixels).float().chunk(2, 1)[0]


@torch.no_grad()
def decode(model, latents):
    """uint8 pictures (batch, 128, 128, 3) of latents."""
    with autocast():
        pixels = model.decoder(latents).float()
    return ((pixels / 2 + 0.5).clamp(0, 1) * 255).round().byte().permute(0, 2, 3, 1).cpu().numpy()


def load(folder):
    """The trained and whitened autoencoder, ready for use."""
    model = networks.autoencoder().to(device())
    load_average(folder, "autoencoder", {"vae": model})
    whiten(folder, model, None)
    load_average(folder, "autoencoder_decoder", {"vae": model})
    return model.eval().requires_grad_(False)
