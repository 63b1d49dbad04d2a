"""Writes golden/loop_heun and golden/loop_heun_img2img: runs of the reference's pipelines with Heun's method.

    PYTHONPATH=DIFFUSERS/src python scripts/golden/heun.py src/test/resources/golden OUTPUT

The pipelines of Z-Image do not run with FlowMatchHeunDiscreteScheduler as it is: they pass mu, which its set_timesteps
does not take, and its own noise levels are shifted twice. So the noise levels are those of the model's scheduler, each
but the first twice, as that class doubles its own; its step() is used as it is.
"""

import json
import pathlib
import sys

import torch
from diffusers import (FlowMatchEulerDiscreteScheduler, FlowMatchHeunDiscreteScheduler, ZImageImg2ImgPipeline,
                       ZImagePipeline)
from PIL import Image
from safetensors.torch import save_file


class Heun(FlowMatchHeunDiscreteScheduler):
    """diffusers' steps on the noise levels of the model's scheduler."""

    def __init__(self, levels):
        super().__init__(num_train_timesteps=levels.config.num_train_timesteps, shift=levels.config.shift)
        self.levels = levels
        self.sigma_min = levels.sigma_min

    def set_timesteps(self, num_inference_steps=None, device=None, sigmas=None, mu=None):
        self.levels.sigma_min = self.sigma_min  # the pipelines set it on the scheduler they know
        self.levels.set_timesteps(num_inference_steps, device=device, sigmas=sigmas, mu=mu)
        times, sigmas = self.levels.timesteps, self.levels.sigmas
        self.num_inference_steps = len(times)
        self.timesteps = torch.cat([times[:1], times[1:].repeat_interleave(2)])
        self.sigmas = torch.cat([sigmas[:1], sigmas[1:-1].repeat_interleave(2), sigmas[-1:]])
        self.prev_derivative = self.dt = self._step_index = self._begin_index = None


class ImageToImage(ZImageImg2ImgPipeline):
    """Cuts steps off as a strength says; as it is, it would count evaluations as steps."""

    def get_timesteps(self, num_inference_steps, strength, device):
        return super().get_timesteps(self.scheduler.num_inference_steps, strength, device)


def run(kind, golden, config, **inputs):
    pipeline = kind.from_pretrained(golden / "model", torch_dtype=torch.float32)
    levels = FlowMatchEulerDiscreteScheduler.from_config(pipeline.scheduler.config)
    pipeline.scheduler = Heun(levels)
    tensors = {}

    def keep(_, step, time, values):
        tensors[f"latents.evaluation{step}"] = values["latents"].clone()
        return values

    image = pipeline(
        prompt=config["prompt"], negative_prompt=config["negative_prompt"], guidance_scale=config["guidance_scale"],
        num_inference_steps=config["steps"], generator=torch.Generator("cpu").manual_seed(config["seed"]),
        callback_on_step_end=keep, output_type="np", **inputs).images
    tensors["image_uint8"] = torch.from_numpy((image * 255).round().astype("uint8")).contiguous()
    tensors["sigmas"] = levels.sigmas.clone()
    return tensors


def main(golden, output):
    expected = json.loads((golden / "expected.json").read_text())["golden"]
    config = expected["golden/loop_cfg.safetensors"]["config"]
    save_file(run(ZImagePipeline, golden, config, width=config["width"], height=config["height"]),
              output / "loop_heun.safetensors")
    config = expected["golden/loop_img2img_cfg.safetensors"]["config"]
    image = Image.open(golden / config["image"]).convert("RGB")
    save_file(run(ImageToImage, golden, config, image=image, strength=config["strength"]),
              output / "loop_heun_img2img.safetensors")


if __name__ == "__main__":
    main(*(pathlib.Path(argument) for argument in sys.argv[1:3]))
