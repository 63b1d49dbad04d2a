"""The networks: diffusers' and transformers' own classes in small sizes, and a fast form of the transformer.

The fast form computes exactly what the classes compute, on batches of equal length and without masks or complex
numbers, so that torch.compile can fuse it; tests/test_networks.py compares the two.
"""

import dataclasses

import torch
import torch.nn.functional as F
from diffusers import AutoencoderKL, ZImageTransformer2DModel
from diffusers.models.controlnets.controlnet_z_image import ZImageControlNetModel
from transformers import Qwen3Config, Qwen3Model, Siglip2VisionConfig, Siglip2VisionModel

LATENT = 16
WIDTH, HEADS, LAYERS = 192, 6, 8
TEXT_WIDTH = 128
SIGLIP_WIDTH = 96
PAD = 32


def autoencoder():
    blocks = 4
    return AutoencoderKL(
        in_channels=3, out_channels=3, down_block_types=("DownEncoderBlock2D",) * blocks,
        up_block_types=("UpDecoderBlock2D",) * blocks, block_out_channels=(16, 32, 64, 64), layers_per_block=1,
        act_fn="silu", latent_channels=LATENT, norm_num_groups=8, sample_size=128, scaling_factor=1.0,
        shift_factor=0.0, force_upcast=True, use_quant_conv=False, use_post_quant_conv=False,
        mid_block_add_attention=True)


def text_encoder(vocabulary):
    return Qwen3Model(Qwen3Config(
        vocab_size=vocabulary, hidden_size=TEXT_WIDTH, intermediate_size=384, num_hidden_layers=4,
        num_attention_heads=4, num_key_value_heads=2, head_dim=32, max_position_embeddings=1024, rope_theta=1_000_000.0,
        tie_word_embeddings=True, attention_bias=False, rms_norm_eps=1e-6))


def transformer(siglip=False):
    return ZImageTransformer2DModel(
        in_channels=LATENT, dim=WIDTH, n_layers=LAYERS, n_refiner_layers=1, n_heads=HEADS, n_kv_heads=HEADS,
        cap_feat_dim=TEXT_WIDTH, siglip_feat_dim=SIGLIP_WIDTH if siglip else None, axes_dims=[8, 12, 12],
        axes_lens=[1024, 512, 512])


def controlnet():
    return ZImageControlNetModel(
        control_layers_places=[0, 2, 4, 6], control_refiner_layers_places=None, control_in_dim=LATENT,
        add_control_noise_refiner=None, dim=WIDTH, n_refiner_layers=1, n_heads=HEADS, n_kv_heads=HEADS)


def siglip():
    return Siglip2VisionModel(Siglip2VisionConfig(
        hidden_size=SIGLIP_WIDTH, intermediate_size=192, num_hidden_layers=2, num_attention_heads=4, num_channels=3,
        num_patches=64, patch_size=16, vision_use_head=False))


def text_features(encoder, ids, mask):
    """(batch, tokens, width): what the pipelines take, the output of the last layer but one."""
    return encoder(input_ids=ids, attention_mask=mask, output_hidden_states=True).hidden_states[-2]


def norm(x, layer):
    return F.rms_norm(x.float(), (x.shape[-1],), layer.weight.float(), layer.eps)


def rotate(x, rope):
    """Rotary embedding of (batch, token, head, channel) by real tables (token, 1, channel / 2)."""
    cos, sin = rope
    even, odd = x[..., 0::2], x[..., 1::2]
    return torch.stack((even * cos - odd * sin, even * sin + odd * cos), -1).flatten(3)


def attend(layer, x, rope):
    """Self-attention by plain products: flash attention's backward pass is slow on CPUs."""
    shape = (*x.shape[:2], layer.heads, -1)
    query = rotate(norm(layer.to_q(x).view(shape), layer.norm_q), rope).transpose(1, 2)
    key = rotate(norm(layer.to_k(x).view(shape), layer.norm_k), rope).transpose(1, 2)
    value = layer.to_v(x).view(shape).transpose(1, 2)
    scores = query @ key.transpose(2, 3) * query.shape[-1] ** -0.5
    mixed = scores.softmax(-1).to(value.dtype) @ value
    return layer.to_out[0](mixed.transpose(1, 2).flatten(2))


def feed_forward(layer, x):
    return layer.w2(F.silu(layer.w1(x)) * layer.w3(x))


def block(layer, x, rope, time=None):
    """One block; `time` is (batch, 1 or tokens, width), or None for blocks without modulation."""
    if time is None:
        x = x + norm(attend(layer.attention, norm(x, layer.attention_norm1), rope), layer.attention_norm2)
        return x + norm(feed_forward(layer.feed_forward, norm(x, layer.ffn_norm1)), layer.ffn_norm2)
    scale1, gate1, scale2, gate2 = layer.adaLN_modulation(time).float().chunk(4, 2)
    attended = attend(layer.attention, norm(x, layer.attention_norm1) * (1 + scale1), rope)
    x = x + gate1.tanh() * norm(attended, layer.attention_norm2)
    fed = feed_forward(layer.feed_forward, norm(x, layer.ffn_norm1) * (1 + scale2))
    return x + gate2.tanh() * norm(fed, layer.ffn_norm2)


def patches(x):
    """(batch, channel, height, width) to (batch, token, 4 * channel), channel fastest."""
    b, c, h, w = x.shape
    return x.view(b, c, h // 2, 2, w // 2, 2).permute(0, 2, 4, 3, 5, 1).reshape(b, h * w // 4, 4 * c)


def unpatched(tokens, h, w):
    b, c = tokens.shape[0], tokens.shape[2] // 4
    return tokens.view(b, h // 2, w // 2, 2, 2, c).permute(0, 5, 1, 3, 2, 4).reshape(b, c, h, w)


@dataclasses.dataclass(frozen=True)
class Ropes:
    """Real rotary tables of the parts of a sequence and of the whole of it."""

    image: tuple
    caption: tuple
    both: tuple


def ropes(network, side=16, caption=PAD):
    """Tables for latents of side x side and captions padded to `caption` tokens."""
    h = side // 2
    grid = torch.stack(torch.meshgrid(torch.tensor([caption + 1]), torch.arange(h), torch.arange(h), indexing="ij"), -1)
    text = torch.zeros(caption, 3, dtype=torch.long)
    text[:, 0] = torch.arange(1, caption + 1)
    image = table(network, grid.reshape(-1, 3))
    words = table(network, text)
    return Ropes(image, words, tuple(torch.cat(pair) for pair in zip(image, words)))


def table(network, positions):
    """Cosines and sines (token, 1, channel / 2) of integer positions (token, 3)."""
    angles = network.rope_embedder(positions.to(next(network.parameters()).device))
    return angles.real[:, None].contiguous(), angles.imag[:, None].contiguous()


def time_features(network, t):
    return network.t_embedder(t * network.t_scale)[:, None]


def caption_tokens(network, features, mask, rope):
    """Refined captions; padding tokens are the learned one and take part, as in the reference."""
    tokens = network.cap_embedder[1](norm(features, network.cap_embedder[0])).float()
    tokens = torch.where(mask[..., None].bool(), tokens, network.cap_pad_token)
    for layer in network.context_refiner:
        tokens = block(layer, tokens, rope)
    return tokens


def image_tokens(network, x, time, rope):
    tokens = network.all_x_embedder["2-1"](patches(x)).float()
    for layer in network.noise_refiner:
        tokens = block(layer, tokens, rope, time)
    return tokens


def final(network, tokens, time, side):
    layer = network.all_final_layer["2-1"]
    scaled = F.layer_norm(tokens, (tokens.shape[-1],), eps=1e-6) * (1 + layer.adaLN_modulation(time).float())
    return unpatched(layer.linear(scaled), side, side).float()


def velocity(network, x, t, features, mask, rope, control=None, control_latents=None, scale=1.0):
    """The transformer's output for latents (batch, 16, side, side): clean minus noise.

    :param t: 1 - sigma, (batch)
    :param features: text features (batch, 32, width), rows beyond the caption are ignored
    :param mask: 1 for real caption tokens, (batch, 32)
    :param control: ControlNet, with `control_latents` of its picture
    """
    time = time_features(network, t)
    image = image_tokens(network, x, time, rope.image)
    words = caption_tokens(network, features, mask, rope.caption)
    tokens = torch.cat((image, words), 1)
    hints = {} if control is None else control_hints(control, control_latents, tokens, words, time, rope)
    for index, layer in enumerate(network.layers):
        tokens = block(layer, tokens, rope.both, time)
        if index in hints:
            tokens = tokens + hints[index] * scale
    return final(network, tokens[:, :image.shape[1]], time, x.shape[-1])


def control_hints(control, latents, tokens, words, time, rope):
    """What the ControlNet adds after which layer."""
    state = control.control_all_x_embedder["2-1"](patches(latents)).float()
    for layer in control.control_noise_refiner:
        state = block(layer, state, rope.image, time)
    state = torch.cat((state, words), 1)
    hints = {}
    for place, layer in zip(control.control_layers_places, control.control_layers):
        if place == 0:
            state = layer.before_proj(state) + tokens
        state = block(layer, state, rope.both, time)
        hints[place] = layer.after_proj(state).float()
    return hints
