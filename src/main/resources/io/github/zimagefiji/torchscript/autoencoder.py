# Flux's autoencoder (diffusers/models/autoencoders/autoencoder_kl.py and vae.py). Images are
# (batch, channels, height, width).

def conv(self, x: Tensor, w: Dict[str, Tensor], name: str, stride: int, padding: int) -> Tensor:
    weight = w[name + ".weight"]
    bias = w[name + ".bias"]
    channels = torch.size(weight, 0)
    if weight.dtype == 15 and channels % 16 != 0:
        # oneDNN of libtorch 2.7 gets a last block of fewer than 16 channels wrong on some processors (AMD Zen 5); full ones
        # are right. Zeros fill it, which it would do by itself.
        missing = 16 - channels % 16
        weight = torch.constant_pad_nd(weight, [0, 0, 0, 0, 0, 0, 0, missing])
        bias = torch.constant_pad_nd(bias, [0, missing])
    y = torch.conv2d(x.to(weight.dtype), weight, bias, [stride, stride], [padding, padding])
    return torch.narrow(y, 1, 0, channels)

def group_norm(self, x: Tensor, w: Dict[str, Tensor], name: str, groups: int) -> Tensor:
    return torch.group_norm(x.to(6), groups, w[name + ".weight"].to(6), w[name + ".bias"].to(6), 9.9999999999999995e-07)

def activate(self, x: Tensor, w: Dict[str, Tensor], name: str, groups: int) -> Tensor:
    return torch.silu_(self.group_norm(x, w, name, groups))

def conv_in(self, x: Tensor, w: Dict[str, Tensor], side: str) -> Tensor:
    return self.conv(x, w, side + ".conv_in", 1, 1).to(6)

def conv_out(self, x: Tensor, w: Dict[str, Tensor], side: str, groups: int) -> Tensor:
    return self.conv(self.activate(x, w, side + ".conv_norm_out", groups), w, side + ".conv_out", 1, 1).to(6)

def resnet(self, x: Tensor, w: Dict[str, Tensor], name: str, groups: int) -> Tensor:
    h = self.conv(self.activate(x, w, name + ".norm1", groups), w, name + ".conv1", 1, 1)
    h = self.conv(self.activate(h, w, name + ".norm2", groups), w, name + ".conv2", 1, 1)
    if torch.__contains__(w, name + ".conv_shortcut.weight"):
        x = self.conv(x, w, name + ".conv_shortcut", 1, 0)
    return torch.add(x.to(6), h)

def attention(self, x: Tensor, w: Dict[str, Tensor], name: str, groups: int) -> Tensor:
    # one head as wide as there are channels, over all pixels
    b, c, height, width = torch.size(x)
    tokens = torch.transpose(torch.flatten(self.group_norm(x, w, name + ".group_norm", groups), 2), 1, 2)
    q = torch.unsqueeze(self.linear(tokens, w, name + ".to_q"), 1)
    k = torch.unsqueeze(self.linear(tokens, w, name + ".to_k"), 1)
    v = torch.unsqueeze(self.linear(tokens, w, name + ".to_v"), 1)
    mixed = torch.squeeze(torch.scaled_dot_product_attention(q, k, v), 1)
    out = self.linear(mixed, w, name + ".to_out.0")
    return torch.add(x, torch.reshape(torch.transpose(out, 1, 2), [b, c, height, width]))

def upsample(self, x: Tensor, w: Dict[str, Tensor], name: str) -> Tensor:
    weight = w[name + ".conv.weight"]
    larger = torch.upsample_nearest2d(x.to(weight.dtype), [2 * torch.size(x, 2), 2 * torch.size(x, 3)])
    return self.conv(larger, w, name + ".conv", 1, 1).to(6)

def downsample(self, x: Tensor, w: Dict[str, Tensor], name: str) -> Tensor:
    # one column and one row of zeros, at the right and at the bottom only
    return self.conv(torch.constant_pad_nd(x, [0, 1, 0, 1]), w, name + ".conv", 2, 0).to(6)

def moments(self, x: Tensor) -> Tuple[Tensor, Tensor]:
    # mean and clamped log-variance of the posterior
    mean, logvar = torch.chunk(x, 2, 1)
    return torch.contiguous(mean), torch.clamp(logvar, -30., 20.)

def crop(self, x: Tensor, top: int, left: int, height: int, width: int) -> Tensor:
    return torch.contiguous(torch.narrow(torch.narrow(x, 2, top, height), 3, left, width))

def blend(self, before: Tensor, x: Tensor, axis: int, extent: int) -> Tensor:
    # a linear cross-fade over the first rows (axis 2) or columns (axis 3) of x
    e = min(min(torch.size(before, axis), torch.size(x, axis)), extent)
    if e == 0:
        return x
    ramp = torch.div(torch.arange(e, dtype=6, device=x.device), e)
    if axis == 2:
        ramp = torch.unsqueeze(ramp, 1)
    head = torch.mul(torch.narrow(before, axis, torch.size(before, axis) - e, e), torch.rsub(ramp, 1.))
    head = torch.add(head, torch.mul(torch.narrow(x, axis, 0, e), ramp))
    return torch.cat([head, torch.narrow(x, axis, e, torch.size(x, axis) - e)], axis)

def join_tiles(self, tiles: List[Tensor], keep: int, axis: int) -> Tensor:
    # side by side, of each tile what is not faded into the next one
    kept = [torch.narrow(tile, axis, 0, min(keep, torch.size(tile, axis))) for tile in tiles]
    return torch.contiguous(torch.cat(kept, axis))
