"""Pictures of the trained model, in batches, with the same numbers as the pipelines' loop.

The weights are rounded to bfloat16, as they are shipped, and computed in float32, as the plugin does.
"""

import contextlib
import functools

import numpy as np
import torch

from . import autoencoder, flow, networks, text_to_image
from .tokenizer import encode, load, templated
from .training import device

STEPS, GUIDANCE, BATCH = 16, 1.0, 25
CAST = contextlib.nullcontext


class Generator:
    """Text to picture, with or without a ControlNet.

    :param adapt: function that changes the transformer after loading (a LoRA), or None
    """

    def __init__(self, folder, control=None, adapt=None):
        self.vae = autoencoder.load(folder)
        self.encoder, self.transformer = text_to_image.load(folder)
        if adapt:
            adapt(self.transformer)
        self.control = control
        for model in (self.vae, self.encoder, self.transformer, control):
            for parameter in model.parameters() if model is not None else ():
                parameter.data = parameter.data.bfloat16().float()
        self.tokenizer = load(folder / "tokenizer")
        self.rope = networks.ropes(self.transformer)

    @torch.no_grad()
    def features(self, texts):
        ids, mask = encode(self.tokenizer, [templated(text) for text in texts])
        ids, mask = torch.from_numpy(ids).to(device()), torch.from_numpy(mask).bool().to(device())
        return networks.text_features(self.encoder, ids, mask), mask

    def images(self, texts, seeds, steps=STEPS, guidance=GUIDANCE, control_images=None, scale=1.0):
        """uint8 (text, 128, 128, 3).

        :param control_images: uint8 (text, 128, 128, 3) for the ControlNet, or None
        """
        results = []
        for start in range(0, len(texts), BATCH):
            part = slice(start, start + BATCH)
            controls = None if control_images is None else control_images[part]
            results.append(self._batch(texts[part], seeds[part], steps, guidance, controls, scale))
        return np.concatenate(results)

    def _batch(self, texts, seeds, steps, guidance, controls, scale):
        features, mask = self.features(texts)
        predict = functools.partial(self._velocity, scale=scale)
        if controls is not None:
            predict = functools.partial(predict, hint=autoencoder.encode(self.vae, controls, CAST))
        function = flow.guided(predict, features, mask, self.features([""]), guidance, CAST)
        return autoencoder.decode(self.vae, flow.sample(function, flow.start_noise(seeds), steps), CAST)

    def _velocity(self, x, t, features, mask, hint=None, scale=1.0):
        control = None if hint is None else self.control
        return networks.velocity(self.transformer, x, t, features, mask, self.rope, control, hint, scale)
