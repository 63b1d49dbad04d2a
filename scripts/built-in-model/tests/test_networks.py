"""The fast forms compute what diffusers' classes compute."""

import unittest

import torch

from builtin_model import networks
from diffusers.models.controlnets.controlnet_z_image import ZImageControlNetModel


def randomised(module, seed):
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.add_(torch.randn(parameter.shape, generator=generator) * 0.05)
    return module.eval()


class FastForms(unittest.TestCase):
    def setUp(self):
        torch.manual_seed(1)
        self.transformer = randomised(networks.transformer(), 2)
        self.latents = torch.randn(2, 16, 16, 16)
        self.control = torch.randn(2, 16, 16, 16)
        self.features = torch.randn(2, 32, networks.TEXT_WIDTH)
        self.lengths = (11, 20)
        self.mask = torch.arange(32)[None, :] < torch.tensor(self.lengths)[:, None]
        self.t = torch.tensor([0.2, 0.9])
        self.rope = networks.ropes(self.transformer)

    def captions(self):
        return [features[:length] for features, length in zip(self.features, self.lengths)]

    def unbatched(self, latents):
        return list(latents.unsqueeze(2).unbind(0))

    @torch.no_grad()
    def test_velocity_equals_the_transformer(self):
        expected = self.transformer(self.unbatched(self.latents), self.t, self.captions(), return_dict=False)[0]
        actual = networks.velocity(self.transformer, self.latents, self.t, self.features, self.mask, self.rope)
        torch.testing.assert_close(actual, torch.stack(expected).squeeze(2), rtol=1e-4, atol=1e-4)

    @torch.no_grad()
    def test_velocity_with_control_equals_controlnet_and_transformer(self):
        control = randomised(networks.controlnet(), 3)
        ZImageControlNetModel.from_transformer(control, self.transformer)
        hints = control(self.unbatched(self.latents), self.t, self.captions(), self.unbatched(self.control), 0.7)
        expected = self.transformer(self.unbatched(self.latents), self.t, self.captions(), return_dict=False,
                                    controlnet_block_samples=hints)[0]
        actual = networks.velocity(self.transformer, self.latents, self.t, self.features, self.mask, self.rope,
                                   control, self.control, 0.7)
        torch.testing.assert_close(actual, torch.stack(expected).squeeze(2), rtol=1e-4, atol=1e-4)


if __name__ == "__main__":
    unittest.main()
