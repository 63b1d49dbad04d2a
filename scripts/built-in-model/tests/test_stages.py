"""Every stage runs end to end at a tiny scale, resumes, and its export is what diffusers' own pipeline samples."""

import os
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import numpy as np
import torch

os.environ["ZIMAGE_NO_COMPILE"] = "1"
from builtin_model import (  # noqa: E402
    autoencoder, control, data, edit_model, evaluate, evaluate_edit, export, generate, lora, text_to_image,
    tokenizer)


class Stages(unittest.TestCase):
    def test_all_stages_at_tiny_scale(self):
        small = [mock.patch.object(data, "SHARD", 64), mock.patch.object(control, "SHARD", 32),
                 mock.patch.object(control, "SHARDS", 1), mock.patch.object(edit_model, "SHARD", 32),
                 mock.patch.object(edit_model, "SHARDS", 1), mock.patch.object(lora, "SHARD", 32),
                 mock.patch.object(lora, "SHARDS", 1), mock.patch.object(text_to_image, "READING_STEPS", 2),
                 mock.patch.object(evaluate, "SCENES", 8), mock.patch.object(evaluate_edit, "PER_KIND", 1)]
        for patch in small:
            patch.start()
            self.addCleanup(patch.stop)
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            tokenizer.stage(folder)
            autoencoder.train(folder, 3, images=24)
            autoencoder.train_decoder(folder, 2, images=24)
            data.stage(folder, 64)
            text_to_image.train(folder, 2)
            text_to_image.train(folder, 3)
            control.train(folder, 2)
            edit_model.train(folder, 2)
            lora.train(folder, 2)
            evaluate.stage(folder, 8)
            export.stage(folder)
            self.assert_pipeline_agrees(folder)

    def assert_pipeline_agrees(self, folder):
        from diffusers import ZImagePipeline
        pipeline = ZImagePipeline.from_pretrained(folder / "export/base", torch_dtype=torch.float32)
        pipeline.set_progress_bar_config(disable=True)
        expected = pipeline("three blue nuclei", 128, 128, num_inference_steps=4, guidance_scale=1.0,
                            generator=torch.Generator().manual_seed(5), output_type="np").images[0]
        actual = generate.Generator(folder).images(["three blue nuclei"], [5], steps=4, guidance=1.0)[0]
        self.assertLessEqual(np.abs(np.rint(expected * 255) - actual).max(), 1)


if __name__ == "__main__":
    unittest.main()
