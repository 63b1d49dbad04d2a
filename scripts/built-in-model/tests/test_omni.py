"""The fast Omni form computes what diffusers' transformer computes with a condition image."""

import unittest

import torch

from builtin_model import networks, omni
from tests.test_networks import randomised


class FastOmni(unittest.TestCase):
    @torch.no_grad()
    def test_velocity_equals_the_transformer_with_one_condition_image(self):
        torch.manual_seed(1)
        transformer = randomised(networks.transformer(siglip=True), 2)
        lengths = ((4, 12, 2), (4, 17, 2))
        condition, x = torch.randn(2, 16, 16, 16), torch.randn(2, 16, 16, 16)
        captions = torch.randn(2, 96, networks.TEXT_WIDTH)
        mask = torch.cat([torch.arange(32)[None] < torch.tensor([sample[j] for sample in lengths])[:, None]
                          for j in range(3)], 1)
        seen = torch.randn(2, 8, 8, networks.SIGLIP_WIDTH)
        t = torch.tensor([0.3, 0.8])
        expected = transformer(
            [[c.unsqueeze(1), n.unsqueeze(1)] for c, n in zip(condition, x)], t,
            [[captions[i, 32 * j:32 * j + lengths[i][j]] for j in range(3)] for i in range(2)],
            siglip_feats=[[s, None] for s in seen], image_noise_mask=[[0, 1], [0, 1]], return_dict=False)[0]
        where = omni.positions(lengths)
        rope = omni.ropes(transformer, where)
        actual = omni.velocity(transformer, condition, x, t, captions, mask, seen, rope, where.noisy)
        torch.testing.assert_close(actual, torch.stack(expected).squeeze(2), rtol=1e-4, atol=1e-4)


if __name__ == "__main__":
    unittest.main()
