# Moves and reinterprets tensors; the engine's own helpers.

def as_bfloat16(self, x: Tensor) -> Tensor:
    # The Java layer has no bfloat16: the bits travel as float16 and are seen anew here, without a copy.
    return torch.set_(torch.empty([0], dtype=15, device=x.device), x)

def convert(self, x: Tensor, dtype: int, device: str) -> Tensor:
    return torch.to(x, torch.device(device), dtype, False, False)

def concatenate(self, parts: List[Tensor], axis: int) -> Tensor:
    return torch.contiguous(torch.cat(parts, axis))

def scaled(self, x: Tensor, factor: float) -> Tensor:
    return torch.mul(x.to(6), factor)

def time_linear(self, x: Tensor, w: Tensor, repeats: int) -> Tensor:
    # A feed-forward layer's work, for choosing a precision by measurement.
    y = x
    for i in range(repeats):
        y = torch.linear(torch.linear(x, w), torch.t(w))
    return y
