#!/usr/bin/env python3
"""Times the stages of Hugging Face diffusers' ZImagePipeline on the processor.

Python is needed for this comparison only, never to build, test or run the plugin. Packages: torch, diffusers,
transformers, accelerate, pillow.

The stages run one after another, each with only its own network in memory, because all of them together do not fit
into the memory of common machines, and because the plugin works in the same way. What runs is the reference's own
code: its prompt encoding (padded to 512 tokens), its sampling loop without guidance, its decoding.
"""

import argparse
import gc
import json
import platform
import statistics
import threading
import time
from pathlib import Path

import diffusers
import torch
import transformers
from diffusers import AutoencoderKL, FlowMatchEulerDiscreteScheduler, ZImagePipeline, ZImageTransformer2DModel


class MemoryWatch(threading.Thread):
    """Samples the memory of this process: the largest private (anonymous) and mapped (file) parts, Linux only."""

    FIELDS = {"RssAnon": "peak_anonymous_bytes", "RssFile": "peak_file_bytes"}

    def __init__(self, interval=0.1):
        super().__init__(daemon=True)
        self.interval = interval
        self.peaks = {}

    def run(self):
        status = Path("/proc/self/status")
        while status.exists():
            for line in status.read_text().splitlines():
                name, _, value = line.partition(":")
                if name in self.FIELDS:
                    key = self.FIELDS[name]
                    self.peaks[key] = max(self.peaks.get(key, 0), int(value.split()[0]) * 1024)
            time.sleep(self.interval)


def timed(function):
    """The function's result and the seconds it took."""
    start = time.perf_counter()
    result = function()
    return result, time.perf_counter() - start


def pipeline(model, **networks):
    """The reference's pipeline with the given networks only; those that a stage does not use are None."""
    parts = dict.fromkeys(("text_encoder", "tokenizer", "transformer", "vae"))
    scheduler = FlowMatchEulerDiscreteScheduler.from_pretrained(model, subfolder="scheduler")
    result = ZImagePipeline(**{**parts, **networks}, scheduler=scheduler)
    result.set_progress_bar_config(disable=True)
    return result


def encode(options, dtype):
    """The prompt's embedding, the seconds to load the text encoder, and those of each encoding."""
    network, load = timed(lambda: transformers.Qwen3Model.from_pretrained(
        options.model, subfolder="text_encoder", dtype=dtype, low_cpu_mem_usage=True))
    tokenizer = transformers.AutoTokenizer.from_pretrained(options.model, subfolder="tokenizer")
    pipe = pipeline(options.model, text_encoder=network, tokenizer=tokenizer)
    seconds = []
    for _ in range(options.repeats):
        (embeddings, _), elapsed = timed(lambda: pipe.encode_prompt(options.prompt, do_classifier_free_guidance=False))
        seconds.append(elapsed)
    return embeddings, load, seconds


def sample(options, dtype, embeddings):
    """The latents, the seconds to load the transformer, and for each repeat those of its steps."""
    network, load = timed(lambda: ZImageTransformer2DModel.from_pretrained(
        options.model, subfolder="transformer", torch_dtype=dtype, low_cpu_mem_usage=True))
    pipe = pipeline(options.model, transformer=network)
    seconds = []
    for _ in range(options.repeats):
        moments = [time.perf_counter()]

        def step_ended(_pipe, _step, _timestep, _tensors):
            moments.append(time.perf_counter())
            return {}

        latents = pipe(
            prompt_embeds=list(embeddings), width=options.width, height=options.height, guidance_scale=0.0,
            num_inference_steps=options.steps, generator=torch.Generator().manual_seed(options.seed),
            output_type="latent", callback_on_step_end=step_ended).images
        seconds.append([later - earlier for earlier, later in zip(moments, moments[1:])])
    return latents, load, seconds


def decode(options, dtype, latents):
    """The image, the seconds to load the autoencoder, and those of each decoding."""
    network, load = timed(lambda: AutoencoderKL.from_pretrained(
        options.model, subfolder="vae", torch_dtype=dtype, low_cpu_mem_usage=True))
    pipe = pipeline(options.model, vae=network)
    scaled = latents.to(dtype) / network.config.scaling_factor + network.config.shift_factor
    seconds = []
    for _ in range(options.repeats):
        pixels, elapsed = timed(lambda: network.decode(scaled, return_dict=False)[0])
        seconds.append(elapsed)
    return pipe.image_processor.postprocess(pixels, output_type="pil")[0], load, seconds


def medians(runs):
    """Each stage's median; a run's first step is left out, because it warms the caches up."""
    steps = [seconds for run in runs for seconds in run["steps"][1:]]
    return {
        "encode": statistics.median(run["encode"] for run in runs),
        "step": statistics.median(steps),
        "decode": statistics.median(run["decode"] for run in runs),
    }


def measure(options):
    """Everything that is written into the JSON file, and the image."""
    dtype = getattr(torch, options.precision)
    with torch.inference_mode():
        embeddings, load_text, encoding = encode(options, dtype)
        gc.collect()
        latents, load_transformer, stepping = sample(options, dtype, embeddings)
        gc.collect()
        image, load_autoencoder, decoding = decode(options, dtype, latents)
    runs = [
        {"encode": encoding[i], "steps": stepping[i], "decode": decoding[i]} for i in range(options.repeats)
    ]
    result = {
        "settings": {key: value for key, value in vars(options).items() if key not in ("json", "output")},
        "versions": {
            "python": platform.python_version(), "torch": torch.__version__,
            "diffusers": diffusers.__version__, "transformers": transformers.__version__,
        },
        "prompt_tokens": len(embeddings[0]),
        "load": load_text + load_transformer + load_autoencoder,
        "runs": runs,
        "medians": medians(runs),
    }
    return result, image


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", required=True, help="model folder in the layout of diffusers")
    parser.add_argument("--precision", choices=("float32", "bfloat16"), default="bfloat16")
    parser.add_argument("--width", type=int, default=1024, help="pixels, a multiple of 16")
    parser.add_argument("--height", type=int, default=1024, help="pixels, a multiple of 16")
    parser.add_argument("--steps", type=int, default=8, help="at least 2, because the first is not counted")
    parser.add_argument("--prompt", default="A photograph of a red fox in the snow")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--repeats", type=int, default=1)
    parser.add_argument("--json", required=True, help="file to write the results to")
    parser.add_argument("--output", help="image file to write, to look at")
    options = parser.parse_args()
    if options.steps < 2 or options.repeats < 1 or options.threads < 1:
        parser.error("--steps must be at least 2, --repeats and --threads at least 1")
    return options


def main():
    options = parse()
    torch.set_num_threads(options.threads)
    watch = MemoryWatch()
    watch.start()
    result, image = measure(options)
    result.update(watch.peaks)
    Path(options.json).write_text(json.dumps(result, indent=2) + "\n")
    if options.output:
        image.save(options.output)
    print(", ".join(f"{name} {version}" for name, version in result["versions"].items()))
    print(f"load {result['load']:.3f} s")
    for stage, seconds in result["medians"].items():
        print(f"{stage} {seconds:.3f} s (median)")


if __name__ == "__main__":
    main()
