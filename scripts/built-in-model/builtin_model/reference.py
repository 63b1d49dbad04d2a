"""Pictures of the exported model by diffusers' own unmodified pipeline, for the plugin's tests and diagnostics."""

import json

import torch
from diffusers import ZImagePipeline
from safetensors.torch import save_file

from .generate import GUIDANCE, STEPS
from .scenes import SIZE

RUNS = (("three round green nuclei", 42), ("five elongated magenta nuclei, hazy background", 7),
        ("许多黄色斑点", 11), ("a few cyan filaments on a grey background", 2**32 - 5), ("两个圆形红色细胞核，明亮", 0))
DETAIL = (0, 7, STEPS - 1)  # steps whose latents are kept


def write(model, target):
    """Runs the exported model in float32 on one thread with generators on the processor.

    Writes runs.json (prompt, seed, settings), N.png and latents.safetensors (N.step, and N.text: prompt embeddings).

    :param model: folder in the diffusers layout
    :param target: folder, made anew
    """
    target.mkdir(parents=True, exist_ok=True)
    pipeline = ZImagePipeline.from_pretrained(model, torch_dtype=torch.float32)
    pipeline.set_progress_bar_config(disable=True)
    runs, tensors = [], {}
    for index, (prompt, seed) in enumerate(RUNS):
        def keep(_, step, __, values, index=index):
            if step in DETAIL:
                tensors[f"{index}.step{step}"] = values["latents"].float().clone()
            return {}
        image = pipeline(prompt, height=SIZE, width=SIZE, num_inference_steps=STEPS, guidance_scale=GUIDANCE,
                         generator=torch.Generator().manual_seed(seed), callback_on_step_end=keep).images[0]
        tensors[f"{index}.text"] = pipeline.encode_prompt(prompt, do_classifier_free_guidance=False)[0][0].contiguous()
        image.save(target / f"{index}.png")
        runs.append({"prompt": prompt, "seed": seed, "width": SIZE, "height": SIZE, "steps": STEPS,
                     "guidance": GUIDANCE, "precision": "float32", "image": f"{index}.png"})
    save_file(tensors, target / "latents.safetensors")
    (target / "runs.json").write_text(json.dumps(runs, ensure_ascii=False, indent=1), encoding="utf-8")
