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
    if torch.__contains__(w, name + ".gain") or torch.__contains__(w, name + ".input_gain"):
        y = self.multiply_scaled(x, weight, w, name)
        if bias is not None:
            y = torch.add(y, bias)
    else:
        y = self.multiply(x, weight, bias)
    if torch.__contains__(w, name + ".lora_down"):
        y = torch.add(y, torch.linear(torch.linear(x, w[name + ".lora_down"]), w[name + ".lora_up"]))
    i = 0
    while torch.__contains__(w, name + ".kron_left." + str(i)):
        y = torch.add(y, self.multiply_kronecker(x, w, name, str(i)))
        i = i + 1
    i = 0
    while torch.__contains__(w, name + ".difference." + str(i)):
        scale = w[name + ".difference_scale." + str(i)]
        y = torch.add(y, torch.mul(torch.linear(x, w[name + ".difference." + str(i)]), scale).to(y.dtype))
        i = i + 1
    return y

def multiply_scaled(self, x: Tensor, weight: Tensor, w: Dict[str, Tensor], name: str) -> Tensor:
    # DoRA (arXiv 2402.09353) beside the weight: its rows times a gain, and its columns times another.
    y = self.multiply(x, weight, None)
    if torch.__contains__(w, name + ".gain"):
        y = torch.mul(y, w[name + ".gain"]).to(weight.dtype)
    if torch.__contains__(w, name + ".input_gain"):
        y = torch.add(y, self.multiply(torch.mul(x, w[name + ".input_gain"]).to(weight.dtype), weight, None))
    return y

def multiply_kronecker(self, x: Tensor, w: Dict[str, Tensor], name: str, i: str) -> Tensor:
    # Of the Kronecker product of left (a, c) and right (b, d), which is never made: x as (c, d), times both.
    left = w[name + ".kron_left." + i]
    rows = torch.unflatten(x, -1, [torch.size(left, 1), -1])
    if torch.__contains__(w, name + ".kron_inner." + i):
        rows = torch.linear(rows, w[name + ".kron_inner." + i])
    y = torch.flatten(torch.matmul(left, torch.linear(rows, w[name + ".kron_right." + i])), -2, -1)
    if torch.__contains__(w, name + ".kron_gain." + i):
        y = torch.mul(y, w[name + ".kron_gain." + i]).to(x.dtype)
    return y

def multiply(self, x: Tensor, weight: Tensor, bias: Optional[Tensor]) -> Tensor:
    # oneDNN of libtorch 2.7 is slow for long bfloat16 rows times a narrower result. Seen from the other side, the weight
    # is the left factor and need not be repacked: half the time for 1088 rows of 10240 to 3840, no gain for few rows.
    long_rows = torch.size(x, -1) >= 8192 and torch.size(weight, 0) * 2 <= torch.size(x, -1)
    many = torch.numel(x) // torch.size(x, -1) >= 512
    if long_rows and many and bias is None and weight.dtype == 15 and not weight.is_cuda:
        columns = torch.contiguous(torch.t(torch.flatten(x, 0, -2)))
        y = torch.contiguous(torch.t(torch.mm(weight, columns)))
        return torch.unflatten(y, 0, torch.size(x)[:-1])
    return torch.linear(x, weight, bias)

def rms_norm(self, x: Tensor, weight: Tensor, eps: float) -> Tensor:
    # Zhang and Sennrich 2019 (arXiv 1910.07467)
    x = x.to(6)
    mean_square = torch.mean(torch.mul(x, x), [-1], True)
    return torch.mul(torch.mul(x, torch.rsqrt(torch.add(mean_square, eps))), weight.to(6))
