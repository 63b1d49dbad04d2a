# Qwen3 (transformers/models/qwen3/modeling_qwen3.py), without what Z-Image never looks at: the last layer, the final
# norm and the language-model head.

def embed(self, ids: Tensor, w: Dict[str, Tensor]) -> Tensor:
    # (tokens) to (1, tokens, width)
    return torch.unsqueeze(torch.embedding(w["embed_tokens.weight"], ids), 0).to(6)

def drop_batch(self, x: Tensor) -> Tensor:
    return torch.squeeze(x, 0)

def rotate(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    # Halves, not pairs: x is (batch, heads, tokens, head_dim); cos and sin are (tokens, head_dim).
    first, second = torch.chunk(x, 2, 3)
    turned = torch.cat([torch.neg(second), first], 3)
    return torch.add(torch.mul(x, cos), torch.mul(turned, sin))

def attention(self, x: Tensor, cos: Tensor, sin: Tensor, w: Dict[str, Tensor], heads: int, kv_heads: int, eps: float) -> Tensor:
    q = self.linear(x, w, "self_attn.q_proj").unflatten(2, [heads, -1])
    k = self.linear(x, w, "self_attn.k_proj").unflatten(2, [kv_heads, -1])
    v = self.linear(x, w, "self_attn.v_proj").unflatten(2, [kv_heads, -1]).transpose(1, 2)
    q = self.rotate(self.rms_norm(q, w["self_attn.q_norm.weight"], eps).transpose(1, 2), cos, sin)
    k = self.rotate(self.rms_norm(k, w["self_attn.k_norm.weight"], eps).transpose(1, 2), cos, sin)
    groups = heads // kv_heads
    k = torch.repeat_interleave(k, groups, 1)
    v = torch.repeat_interleave(v, groups, 1)
    mixed = torch.scaled_dot_product_attention(q.to(v.dtype), k.to(v.dtype), v, None, 0., True)
    return self.linear(mixed.transpose(1, 2).flatten(2), w, "self_attn.o_proj")

def feed_forward(self, x: Tensor, w: Dict[str, Tensor]) -> Tensor:
    gate = torch.silu(self.linear(x, w, "mlp.gate_proj"))
    return self.linear(torch.mul(gate, self.linear(x, w, "mlp.up_proj")), w, "mlp.down_proj")

def layer(self, x: Tensor, cos: Tensor, sin: Tensor, w: Dict[str, Tensor], heads: int, kv_heads: int, eps: float) -> Tensor:
    a = self.attention(self.rms_norm(x, w["input_layernorm.weight"], eps), cos, sin, w, heads, kv_heads, eps)
    x = torch.add(x, a)
    return torch.add(x, self.feed_forward(self.rms_norm(x, w["post_attention_layernorm.weight"], eps), w))
