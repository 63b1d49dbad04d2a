"""Writes what has been trained in the diffusers layout, bfloat16 safetensors, with checksums.

export/base is a folder for ZImagePipeline, export/edit one for ZImageOmniPipeline, export/controlnet and export/lora
go with the base. What has not been trained is left out.
"""

import hashlib
import json
import shutil

import torch
from diffusers import FlowMatchEulerDiscreteScheduler, ZImagePipeline
from safetensors.torch import load_file, save_file

from . import autoencoder, flow, lora, reference, text_to_image
from .captions import vocabulary
from .shipped import SHIPPED
from .tokenizer import load as load_tokenizer

TESTS = SHIPPED.parents[5] / "test/resources/built-in"
LIMIT_BYTES = 45_000_000
IDENTITY = "zimage-fiji/built-in-demo"  # by which the plugin knows its own model
# Siglip2ImageProcessor for pictures of 128 x 128: 8 x 8 patches of 16, no change of size.
PROCESSOR = {"do_normalize": True, "do_rescale": True, "do_resize": True, "image_mean": [0.5] * 3,
             "image_processor_type": "Siglip2ImageProcessor", "image_std": [0.5] * 3, "max_num_patches": 64,
             "patch_size": 16, "resample": 2, "rescale_factor": 1 / 255}
QWEN = {"architectures": ["Qwen3ForCausalLM"], "rope_scaling": None, "torch_dtype": "bfloat16"}


def stage(folder):
    """Replaces `folder`/export.

    :raises ValueError: where the result is larger than what may be shipped
    """
    target = folder / "export"
    shutil.rmtree(target, ignore_errors=True)
    base(folder, target / "base")
    if (folder / "controlnet.pt").exists():
        from . import control
        control.load(folder).to(torch.bfloat16).save_pretrained(target / "controlnet")
    if (folder / "edit.pt").exists():
        edit(folder, target / "edit", target / "base")
    if (folder / "lora.pt").exists():
        (target / "lora").mkdir()
        tensors = {name: value.to(torch.bfloat16).contiguous() for name, value in lora.state(folder).items()}
        save_file(tensors, target / "lora" / "pytorch_lora_weights.safetensors", {"format": "pt"})
    english, chinese = vocabulary()
    (target / "vocabulary.json").write_text(
        json.dumps({"en": english, "zh": chinese}, ensure_ascii=False, indent=1), encoding="utf-8")
    if (folder / "scores.json").exists():
        shutil.copy(folder / "scores.json", target / "scores.json")
    shutil.rmtree(folder / "reference", ignore_errors=True)
    reference.write(target / "base", folder / "reference")
    expected(folder / "reference", target / "expected")
    checksums(target)


def expected(runs, target):
    """The first of the reference's runs, by which an installation can be checked."""
    target.mkdir()
    run = json.loads((runs / "runs.json").read_text(encoding="utf-8"))[0]
    (target / "run.json").write_text(json.dumps(run, ensure_ascii=False, indent=1), encoding="utf-8")
    shutil.copy(runs / run["image"], target / run["image"])


def install(folder):
    """Puts the export among the plugin's resources and the reference's runs among those of its tests."""
    for source, target in ((folder / "export", SHIPPED), (folder / "reference", TESTS / "reference")):
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(source, target)
        print(f"install: {target}", flush=True)
    shutil.copy(folder / "findings.tsv", TESTS / "findings.tsv")


def base(folder, target):
    """The text-to-image model as ZImagePipeline saves it."""
    encoder, transformer = text_to_image.load(folder)
    scheduler = FlowMatchEulerDiscreteScheduler(num_train_timesteps=1000, shift=flow.SHIFT, use_dynamic_shifting=False)
    pipeline = ZImagePipeline(scheduler, autoencoder.load(folder), encoder, load_tokenizer(folder / "tokenizer"),
                              transformer)
    pipeline.to(torch.bfloat16).save_pretrained(target)
    index = json.loads((target / "model_index.json").read_text())
    index["_name_or_path"] = IDENTITY
    (target / "model_index.json").write_text(json.dumps(index, indent=1))
    shutil.rmtree(target / "tokenizer")
    shutil.copytree(folder / "tokenizer", target / "tokenizer")
    as_published(target / "text_encoder", "model.", QWEN)


def as_published(folder, prefix, config):
    """Gives a component the key names and the configuration form of the published models.

    transformers 5 leaves the outer module's name out of the keys and writes rope_theta in another place; readers
    of the published files expect the older form, and transformers reads both.
    """
    path = folder / "model.safetensors"
    tensors = {prefix + name: tensor for name, tensor in load_file(path).items()}
    save_file(tensors, path, {"format": "pt"})
    written = json.loads((folder / "config.json").read_text())
    rope = written.pop("rope_parameters", None)
    if rope:
        written["rope_theta"] = rope["rope_theta"]
    written.update(config)
    (folder / "config.json").write_text(json.dumps(written, indent=1), encoding="utf-8")


def edit(folder, target, base_folder):
    """The edit model; autoencoder, tokenizer and scheduler are the base's."""
    from . import edit_model
    modules = edit_model.load(folder)
    for name in ("vae", "tokenizer", "scheduler"):
        shutil.copytree(base_folder / name, target / name)
    for name in ("text_encoder", "transformer", "siglip"):
        modules[name].to(torch.bfloat16).save_pretrained(target / name)
    as_published(target / "text_encoder", "model.", QWEN)
    as_published(target / "siglip", "vision_model.", {"dtype": "bfloat16"})
    (target / "siglip_processor").mkdir()
    (target / "siglip_processor/preprocessor_config.json").write_text(json.dumps(PROCESSOR, indent=1))
    index = json.loads((base_folder / "model_index.json").read_text())
    index["_class_name"] = "ZImageOmniPipeline"
    index["siglip"] = ["transformers", "Siglip2VisionModel"]
    index["siglip_processor"] = ["transformers", "Siglip2ImageProcessorFast"]
    (target / "model_index.json").write_text(json.dumps(index, indent=1))


def checksums(target):
    """SHA256SUMS of every file, and the size of it all."""
    files = sorted(path for path in target.rglob("*") if path.is_file())
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(target)}" for path in files]
    (target / "SHA256SUMS").write_text("\n".join(lines) + "\n", encoding="utf-8")
    size = sum(path.stat().st_size for path in files)
    print(f"export: {len(files)} files, {size / 1e6:.1f} MB in {target}")
    if size > LIMIT_BYTES:
        raise ValueError(f"The export has {size} bytes, more than the {LIMIT_BYTES} that may be shipped.")
