# What every network uses. Each file here is TorchScript: plain functions of tensors, compiled by libtorch when it is
# loaded. Element types are numbers: 1 = int8, 4 = int64, 5 = float16, 6 = float32, 15 = bfloat16.
#
# Residual streams, norms, gates and rotations are float32. Linear layers and convolutions take and give the type of
# their weights, so that with bfloat16 weights only what enters and leaves them is rounded.

def linear(self, x: Tensor, w: Dict[str, Tensor], name: str) -> Tensor:
    weight = w[name + ".weight"]
    x = x.to(weight.dtype)
    bias: Optional[Tensor] = None
    if torch.__contains__(w, name + ".bias"):
        bias = w[name + ".bias"]
    y = torch.linear(x, weight, bias)
    if torch.__contains__(w, name + ".lora_down"):
        y = torch.add(y, torch.linear(torch.linear(x, w[name + ".lora_down"]), w[name + ".lora_up"]))
    return y

def rms_norm(self, x: Tensor, weight: Tensor, eps: float) -> Tensor:
    # Zhang and Sennrich 2019 (arXiv 1910.07467)
    x = x.to(6)
    mean_square = torch.mean(torch.mul(x, x), [-1], True)
    return torch.mul(torch.mul(x, torch.rsqrt(torch.add(mean_square, eps))), weight.to(6))
