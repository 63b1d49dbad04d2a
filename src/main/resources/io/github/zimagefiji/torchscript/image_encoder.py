# SigLIP2's vision tower (transformers/models/siglip2/modeling_siglip2.py), without the pooling head. Patches are
# (1, patches, width); all are real, so that there is no mask.

def positions(self, w: Dict[str, Tensor], side: int, rows: int, columns: int) -> Tensor:
    # the square of position embeddings, interpolated to the image's grid of patches
    square = torch.reshape(w["position_embedding.weight"].to(6), [1, side, side, -1])
    grid = torch._upsample_bilinear2d_aa(torch.permute(square, [0, 3, 1, 2]), [rows, columns], False)
    return torch.transpose(torch.flatten(grid, 2), 1, 2)

def embed(self, patches: Tensor, w: Dict[str, Tensor], side: int, rows: int, columns: int) -> Tensor:
    # patches is (patches, colours of a patch)
    x = torch.unsqueeze(self.linear(patches, w, "patch_embedding").to(6), 0)
    return torch.add(x, self.positions(w, side, rows, columns))

def layer_norm(self, x: Tensor, w: Dict[str, Tensor], name: str, eps: float) -> Tensor:
    return torch.layer_norm(x, [torch.size(x, -1)], w[name + "weight"].to(6), w[name + "bias"].to(6), eps)

def attention(self, x: Tensor, w: Dict[str, Tensor], heads: int) -> Tensor:
    q = self.linear(x, w, "self_attn.q_proj").unflatten(2, [heads, -1]).transpose(1, 2)
    k = self.linear(x, w, "self_attn.k_proj").unflatten(2, [heads, -1]).transpose(1, 2)
    v = self.linear(x, w, "self_attn.v_proj").unflatten(2, [heads, -1]).transpose(1, 2)
    mixed = torch.scaled_dot_product_attention(q, k, v)
    return self.linear(mixed.transpose(1, 2).flatten(2), w, "self_attn.out_proj")

def layer(self, x: Tensor, w: Dict[str, Tensor], heads: int, eps: float) -> Tensor:
    x = torch.add(x, self.attention(self.layer_norm(x, w, "layer_norm1.", eps), w, heads))
    hidden = self.linear(self.layer_norm(x, w, "layer_norm2.", eps), w, "mlp.fc1")
    return torch.add(x, self.linear(torch.gelu(hidden, approximate="tanh"), w, "mlp.fc2"))

def finish(self, x: Tensor, w: Dict[str, Tensor], eps: float, rows: int, columns: int) -> Tensor:
    # (1, patches, width) to (rows, columns, width)
    return torch.reshape(self.layer_norm(x, w, "", eps), [rows, columns, -1])
