"""Scenes, captions, pictures and measurements agree with each other."""

import tempfile
import unittest

import numpy as np

from builtin_model import captions, edits, measure, render, tokenizer
from builtin_model.scenes import generator, sample_scene


class Scenes(unittest.TestCase):
    def test_the_same_seed_gives_the_same_picture(self):
        pictures = [render.render(sample_scene(rng), rng).image for rng in (generator("t", 1), generator("t", 1))]
        np.testing.assert_array_equal(*pictures)

    def test_labels_count_what_the_scene_says(self):
        rng = generator("labels")
        for _ in range(20):
            scene = sample_scene(rng, kinds=("nuclei",))
            labels = render.render(scene, rng).labels
            self.assertEqual(set(np.unique(labels)), set(range(scene.layers[0].count + 1)))

    def test_training_scenes_are_never_held_out(self):
        rng = generator("held out")
        self.assertFalse(any(sample_scene(rng).held_out for _ in range(200)))
        self.assertTrue(all(sample_scene(rng, held_out=True).held_out for _ in range(50)))


class Captions(unittest.TestCase):
    def test_a_caption_says_only_what_is_so(self):
        rng = generator("truth")
        for _ in range(100):
            scene = sample_scene(rng)
            said = captions.caption(scene, rng, "en").attributes
            for layer in scene.layers:
                self.assertIn(said.get(f"{layer.kind}_colour", layer.colour), (layer.colour,))
            self.assertIn(said.get("background", scene.background), (scene.background,))

    def test_every_caption_and_instruction_fits_into_32_tokens(self):
        with tempfile.TemporaryDirectory() as folder:
            tokenizer.train(folder)
            words = tokenizer.load(folder)
            rng = generator("fit")
            texts = [captions.caption(sample_scene(rng), rng, lang).text for _ in range(500) for lang in ("en", "zh")]
            changes = [edits.sample_edit(rng).change for _ in range(100)]
            texts += [captions.instruction(change, rng, lang) for change in changes for lang in ("en", "zh")]
            ids, _ = tokenizer.encode(words, [tokenizer.templated(text) for text in texts])
            self.assertEqual(ids.shape, (len(texts), 32))

    def test_the_template_equals_the_chat_template(self):
        with tempfile.TemporaryDirectory() as folder:
            tokenizer.train(folder)
            message = [{"role": "user", "content": "三个 nuclei"}]
            text = tokenizer.load(folder).apply_chat_template(
                message, tokenize=False, add_generation_prompt=True, enable_thinking=True)
            self.assertEqual(text, tokenizer.templated("三个 nuclei"))


class Measurements(unittest.TestCase):
    def test_the_renderer_itself_scores_almost_perfectly(self):
        rng = generator("bound")
        for kind in ("nuclei", "spots", "filaments"):
            right = 0
            for _ in range(30):
                scene = sample_scene(rng, True, (kind,))
                found = measure.analyse(render.render(scene, rng).image)
                right += found.kind == kind and found.colour == scene.layers[0].colour
            self.assertGreaterEqual(right, 28, kind)

    def test_a_threshold_finds_the_labels(self):
        rng = generator("overlap")
        for _ in range(20):
            picture = render.render(sample_scene(rng, kinds=("nuclei",)), rng)
            self.assertGreater(measure.overlap(measure.foreground(picture.image), picture.labels > 0), 0.85)

    def test_a_blank_picture_has_nothing(self):
        self.assertEqual(measure.analyse(np.zeros((128, 128, 3), np.uint8)).kind, "nothing")


class Edits(unittest.TestCase):
    def test_an_edit_leaves_the_rest_as_it_was(self):
        rng = generator("edits")
        for _ in range(20):
            edit = edits.sample_edit(rng, what="recolour")
            before, after = render.draw(edit.before), render.draw(edit.after)
            np.testing.assert_array_equal(before.labels, after.labels)
            self.assertGreater(np.abs(before.image.astype(int) - after.image).max(), 30)


if __name__ == "__main__":
    unittest.main()
