# S3-DiT (arXiv 2511.22699; diffusers/models/transformers/transformer_z_image.py).
# Sequences are (batch, tokens, width). Padding tokens up to a multiple of 32 are part of the model and are attended to.

def timestep_embedding(self, t: Tensor, dim: int) -> Tensor:
    # t is (batch), already scaled; cosines first
    half = dim // 2
    steps = torch.arange(half, dtype=6, device=t.device)
    frequencies = torch.exp(torch.div(torch.mul(steps, -9.210340371976184), half))
    phase = torch.mul(torch.unsqueeze(t, 1), torch.unsqueeze(frequencies, 0))
    return torch.cat([torch.cos(phase), torch.sin(phase)], 1)

def embed_timestep(self, t: Tensor, w: Dict[str, Tensor]) -> Tensor:
    hidden = torch.silu(self.linear(self.timestep_embedding(t, 256), w, "t_embedder.mlp.0"))
    return self.linear(hidden, w, "t_embedder.mlp.2").to(6)

def pad(self, x: Tensor, token: Tensor) -> Tensor:
    # x is (batch, tokens, width), token (1, width)
    missing = torch.neg(torch.size(x, 1)) % 32
    if missing == 0:
        return x
    filler = torch.expand(torch.unsqueeze(token.to(6), 0), [torch.size(x, 0), missing, -1])
    return torch.cat([x, filler], 1)

def embed_caption(self, features: Tensor, w: Dict[str, Tensor], eps: float) -> Tensor:
    # features is (tokens, text width)
    x = self.rms_norm(torch.unsqueeze(features, 0), w["cap_embedder.0.weight"], eps)
    return self.pad(self.linear(x, w, "cap_embedder.1").to(6), w["cap_pad_token"])

def patchify(self, latents: Tensor, patch: int) -> Tensor:
    # (batch, channels, height, width) to (batch, patches, patch * patch * channels), channels fastest
    b, c, h, w = torch.size(latents)
    x = torch.reshape(latents, [b, c, h // patch, patch, w // patch, patch])
    return torch.reshape(torch.permute(x, [0, 2, 4, 3, 5, 1]), [b, (h // patch) * (w // patch), patch * patch * c])

def unpatchify(self, tokens: Tensor, patch: int, height: int, width: int) -> Tensor:
    # (batch, patches, patch * patch * channels) to (batch, channels, height, width)
    b = torch.size(tokens, 0)
    c = torch.size(tokens, 2) // (patch * patch)
    x = torch.reshape(tokens, [b, height // patch, width // patch, patch, patch, c])
    return torch.reshape(torch.permute(x, [0, 5, 1, 3, 2, 4]), [b, c, height, width])

def embed_image(self, latents: Tensor, w: Dict[str, Tensor], name: str, patch: int) -> Tensor:
    return self.pad(self.linear(self.patchify(latents, patch), w, name).to(6), w["x_pad_token"])

def join(self, image: Tensor, caption: Tensor) -> Tensor:
    return torch.cat([image, torch.expand(caption, [torch.size(image, 0), -1, -1])], 1)

def rotate(self, x: Tensor, freqs: Tensor) -> Tensor:
    # Pairs, as complex numbers: x is (batch, tokens, heads, head_dim), freqs (tokens, head_dim / 2, 2) = cos, sin
    pairs = torch.view_as_complex(x.unflatten(3, [-1, 2]))
    turned = torch.mul(pairs, torch.unsqueeze(torch.view_as_complex(freqs), 1))
    return torch.flatten(torch.view_as_real(turned), 3)

def query(self, x: Tensor, freqs: Tensor, w: Dict[str, Tensor], name: str, heads: int) -> Tensor:
    # a query or a key, normed and rotated, in the precision of its weights
    projected = self.linear(x, w, "attention.to_" + name)
    normed = self.rms_norm(projected.unflatten(2, [heads, -1]), w["attention.norm_" + name + ".weight"], 1e-05)
    return self.rotate(normed, freqs).to(projected.dtype).transpose(1, 2)

def attention(self, x: Tensor, freqs: Tensor, w: Dict[str, Tensor], heads: int) -> Tensor:
    q = self.query(x, freqs, w, "q", heads)
    k = self.query(x, freqs, w, "k", heads)
    v = self.linear(x, w, "attention.to_v").unflatten(2, [heads, -1]).transpose(1, 2)
    mixed = torch.scaled_dot_product_attention(q, k, v)
    return self.linear(mixed.transpose(1, 2).flatten(2), w, "attention.to_out.0")

def feed_forward(self, x: Tensor, w: Dict[str, Tensor]) -> Tensor:
    gate = torch.silu(self.linear(x, w, "feed_forward.w1"))
    return self.linear(torch.mul(gate, self.linear(x, w, "feed_forward.w3")), w, "feed_forward.w2")

def plain_block(self, x: Tensor, freqs: Tensor, w: Dict[str, Tensor], heads: int, eps: float) -> Tensor:
    # a block without modulation, for captions
    a = self.attention(self.rms_norm(x, w["attention_norm1.weight"], eps), freqs, w, heads)
    x = torch.add(x, self.rms_norm(a, w["attention_norm2.weight"], eps))
    f = self.feed_forward(self.rms_norm(x, w["ffn_norm1.weight"], eps), w)
    return torch.add(x, self.rms_norm(f, w["ffn_norm2.weight"], eps))

def block(self, x: Tensor, c: Tensor, freqs: Tensor, w: Dict[str, Tensor], heads: int, eps: float) -> Tensor:
    # c is (batch, conditioning width), from embed_timestep; no activation before the modulation
    modulation = torch.unsqueeze(self.linear(c, w, "adaLN_modulation.0").to(6), 1)
    return self.modulated_block(x, torch.chunk(modulation, 4, 2), freqs, w, heads, eps)

def omni_block(self, x: Tensor, noisy: Tensor, c: Tensor, freqs: Tensor, w: Dict[str, Tensor], heads: int, eps: float) -> Tensor:
    # The Omni form: noisy is (tokens), 1 or 0; c is (2, conditioning width), of noisy tokens and of clean ones
    modulation = self.linear(c, w, "adaLN_modulation.0").to(6)
    mask = torch.unsqueeze(torch.gt(noisy, 0), 1)
    parts = [torch.where(mask, part[0], part[1]) for part in torch.chunk(modulation, 4, 1)]
    return self.modulated_block(x, parts, freqs, w, heads, eps)

def modulated_block(self, x: Tensor, modulation: List[Tensor], freqs: Tensor, w: Dict[str, Tensor], heads: int, eps: float) -> Tensor:
    scale_msa, gate_msa, scale_mlp, gate_mlp = modulation
    normed = torch.mul(self.rms_norm(x, w["attention_norm1.weight"], eps), torch.add(scale_msa, 1.))
    a = self.rms_norm(self.attention(normed, freqs, w, heads), w["attention_norm2.weight"], eps)
    x = torch.add(x, torch.mul(torch.tanh(gate_msa), a))
    normed = torch.mul(self.rms_norm(x, w["ffn_norm1.weight"], eps), torch.add(scale_mlp, 1.))
    f = self.rms_norm(self.feed_forward(normed, w), w["ffn_norm2.weight"], eps)
    return torch.add(x, torch.mul(torch.tanh(gate_mlp), f))

def final_layer(self, x: Tensor, c: Tensor, w: Dict[str, Tensor], name: str) -> Tensor:
    scale = torch.add(self.linear(torch.silu(c), w, name + ".adaLN_modulation.1").to(6), 1.)
    normed = torch.layer_norm(x, [torch.size(x, 2)], None, None, 9.9999999999999995e-07)
    return self.linear(torch.mul(normed, torch.unsqueeze(scale, 1)), w, name + ".linear").to(6)

def predict(self, x: Tensor, c: Tensor, w: Dict[str, Tensor], name: str, patch: int, height: int, width: int) -> Tensor:
    # the image tokens come first; caption and padding are not looked at
    tokens = torch.narrow(x, 1, 0, (height // patch) * (width // patch))
    return self.unpatchify(self.final_layer(tokens, c, w, name), patch, height, width)

# The Omni form's own parts: caption, images and what SigLIP2 saw of them in one sequence.

def embed_features(self, features: Tensor, w: Dict[str, Tensor], eps: float) -> Tensor:
    # (rows, columns, SigLIP width). The reference takes the memory of (width, rows, columns) for tokens; trained
    # weights expect it.
    rows, columns, width = torch.size(features)
    scrambled = torch.reshape(torch.permute(features, [2, 0, 1]), [1, rows * columns, width])
    x = self.rms_norm(scrambled, w["siglip_embedder.0.weight"], eps)
    return self.pad(self.linear(x, w, "siglip_embedder.1").to(6), w["siglip_pad_token"])

def missing_features(self, w: Dict[str, Tensor]) -> Tensor:
    # what stands for the features of the image that is to be made
    return torch.expand(torch.unsqueeze(w["siglip_pad_token"].to(6), 0), [1, 32, -1])

def tokens(self, parts: List[Tensor], batch: int) -> Tensor:
    # one sequence for each image of the batch, of parts that may be shared by all
    return torch.cat([torch.expand(part, [batch, -1, -1]) for part in parts], 1)

def omni_predict(self, x: Tensor, first: int, c: Tensor, w: Dict[str, Tensor], name: str, patch: int, height: int, width: int) -> Tensor:
    # the tokens of the image that is made begin at first; all of them are noisy
    tokens = torch.narrow(x, 1, first, torch.size(x, 1) - first)
    return self.predict(tokens, torch.narrow(c, 0, 0, 1), w, name, patch, height, width)
