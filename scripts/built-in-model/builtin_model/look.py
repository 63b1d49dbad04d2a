"""Contact sheets, to be looked at by a person."""

import numpy as np
from PIL import Image

from .captions import caption
from .generate import Generator
from .scenes import generator, sample_scene

SHEET = (
    "three round blue nuclei", "five elongated green nuclei", "one bright round white nucleus",
    "six round magenta nuclei", "two elongated yellow nuclei", "many round cyan nuclei",
    "four round red nuclei on a grey background", "many green spots", "a few red spots", "some yellow dots",
    "three white spots", "many magenta spots on a hazy background", "some green filaments", "many white filaments",
    "a few cyan filaments", "bright red filaments", "blue nuclei and many green filaments",
    "three round red nuclei with many cyan spots", "two dim round green nuclei",
    "四个圆形蓝色细胞核", "许多红色斑点", "一些绿色纤维", "两个细长的黄色细胞核，灰色背景", "六个圆形白色细胞核，朦胧背景",
)


def sheet(images, columns, path):
    """Writes uint8 pictures as one PNG with thin grey lines between them."""
    rows = -(-len(images) // columns)
    height, width = images[0].shape[:2]
    canvas = np.full((rows * (height + 2), columns * (width + 2), 3), 90, np.uint8)
    for index, image in enumerate(images):
        y, x = index // columns * (height + 2), index % columns * (width + 2)
        canvas[y:y + height, x:x + width] = image
    Image.fromarray(canvas).save(path)


def stage(folder, count):
    """sheet.png with the first `count` fixed prompts; beyond them random held-out captions."""
    rng = generator("look")
    texts = list(SHEET[:count])
    while len(texts) < count:
        texts.append(caption(sample_scene(rng, held_out=True), rng, "en").text)
    images = Generator(folder).images(texts, range(100, 100 + len(texts)))
    sheet(images, 6, folder / "sheet.png")
    print(f"look: {folder / 'sheet.png'}")
