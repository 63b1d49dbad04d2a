# What is computed once of a LoRA's tensors, when a transformer is loaded with it. All in float32.

def product(self, up: Tensor, down: Tensor) -> Tensor:
    return torch.mm(up, down)

def multiplied(self, a: Tensor, b: Tensor) -> Tensor:
    return torch.mul(a, b)

def products_of_rows(self, a: Tensor, b: Tensor) -> Tensor:
    # (r, n) and (s, n) to (r s, n): every row of a times every row of b. With products_of_columns, (a b) * (c d) becomes
    # one product of matrices.
    return torch.flatten(torch.mul(torch.unsqueeze(a, 1), torch.unsqueeze(b, 0)), 0, 1)

def products_of_columns(self, a: Tensor, b: Tensor) -> Tensor:
    return torch.flatten(torch.mul(torch.unsqueeze(a, 2), torch.unsqueeze(b, 1)), 1, 2)

def kronecker_rows(self, left: Tensor, right: Tensor, first: int, count: int) -> Tensor:
    return torch.contiguous(torch.narrow(torch.kron(left, right), 0, first, count))

def gain(self, weight: Tensor, change: Tensor, factor: float, lengths: Tensor, axis: int) -> Tensor:
    changed = torch.add(weight.to(6), torch.mul(change, factor))
    norm = torch.sqrt(torch.sum(torch.mul(changed, changed), [axis]))
    return torch.div(lengths, torch.clamp_min(norm, 1e-12))

def less_one(self, x: Tensor, factor: float) -> Tensor:
    return torch.mul(torch.sub(x, 1.0), factor)

def plus_one(self, x: Tensor) -> Tensor:
    return torch.add(x, 1.0)

def mixed(self, a: Tensor, share: float, b: Tensor, other: float) -> Tensor:
    return torch.add(torch.mul(a.to(6), share), torch.mul(b, other))

def times_rows(self, x: Tensor, numbers: Tensor) -> Tensor:
    return torch.mul(x, torch.unsqueeze(numbers, 1))

def times_columns(self, x: Tensor, numbers: Tensor) -> Tensor:
    return torch.mul(x, numbers)
