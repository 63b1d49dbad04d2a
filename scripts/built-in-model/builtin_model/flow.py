"""Flow matching in this family's convention, and a batched sampler that equals the pipelines' loop.

x = (1 - sigma) clean + sigma noise; the network is told t = 1 - sigma and returns clean - noise (the pipelines negate
it and step with sigma decreasing).
"""

import numpy as np
import torch

from . import networks
from .scenes import generator
from .training import autocast, device

SHIFT = 2.0


def sigmas_for(count, step, purpose):
    """Noise levels of a training batch: stratified, 80 % logit-normal leaning to noise, 20 % uniform."""
    rng = generator(purpose, "sigma", step)
    even = (rng.permutation(count) + rng.random(count)) / count
    even = np.clip(even, 1e-4, 1 - 1e-4)
    normal = torch.special.ndtri(torch.from_numpy(even)).numpy()
    logit_normal = 1 / (1 + np.exp(-(0.4 + normal)))
    mixed = np.where(rng.random(count) < 0.8, logit_normal, rng.random(count))
    return torch.from_numpy(mixed).float().to(device())


def mix(clean, noise, sigma):
    sigma = sigma[:, None, None, None]
    return (1 - sigma) * clean + sigma * noise


def schedule(steps, shift=SHIFT):
    """Sigmas of the static-shift Euler scheduler with the pipelines' default spacing, with the final 0."""
    sigma = np.linspace(1, 1 / steps, steps)
    return np.append(shift * sigma / (1 + (shift - 1) * sigma), 0).astype(np.float32)


@torch.no_grad()
def sample(predict, noise, steps, shift=SHIFT):
    """Integrates from noise (batch, 16, side, side) to clean latents.

    :param predict: function of latents and t (batch) that returns clean - noise
    """
    sigmas = schedule(steps, shift)
    x = noise
    for now, later in zip(sigmas[:-1], sigmas[1:]):
        t = torch.full((len(x),), 1 - float(now), device=x.device)
        x = x - (float(later) - float(now)) * predict(x, t)
    return x


def guided(predict, features, mask, empty, guidance, cast=autocast):
    """A predictor for texts with guidance pos + g (pos - neg), or plain where g is 0.

    :param predict: function of latents, t, features, mask
    :param empty: features (1, token, width) and mask (1, token) of the empty prompt
    :param cast: context in which the network runs; contextlib.nullcontext for float32
    """
    def function(x, t):
        with cast():
            positive = predict(x, t, features, mask)
            if guidance == 0:
                return positive
            count = len(x)
            negative = predict(x, t, empty[0].expand(count, -1, -1), empty[1].expand(count, -1))
        return positive + guidance * (positive - negative)
    return function


def start_noise(seeds):
    """What the pipelines draw for each seed with a CPU generator, (seed, 16, 16, 16)."""
    return torch.stack([torch.randn((1, networks.LATENT, 16, 16), generator=torch.Generator().manual_seed(int(seed)))[0]
                        for seed in seeds]).to(device())
