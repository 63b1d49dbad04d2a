# ControlNet of Z-Image (diffusers/models/controlnets/controlnet_z_image.py): a chain of the transformer's blocks that
# carries the control picture, looks at the transformer's tokens once, and after each block has something to add.

def embed_control(self, latents: Tensor, w: Dict[str, Tensor], name: str, patch: int, pad_token: Tensor) -> Tensor:
    # padding is the transformer's own token
    return self.pad(self.linear(self.patchify(latents, patch), w, name).to(6), pad_token)

def first_control_block(self, control: Tensor, x: Tensor, c: Tensor, freqs: Tensor, w: Dict[str, Tensor], heads: int, eps: float) -> Tensor:
    seen = torch.add(self.linear(control, w, "before_proj").to(6), x)
    return self.block(seen, c, freqs, w, heads, eps)

def add_hint(self, x: Tensor, control: Tensor, w: Dict[str, Tensor], scale: float) -> Tensor:
    return torch.add(x, torch.mul(self.linear(control, w, "after_proj").to(6), scale))
