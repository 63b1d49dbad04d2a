"""Sentences about scenes and instructions about changes, in English and Chinese, with the attributes they mention.

The attributes a caption leaves open are part of its truth too: `Caption.attributes` holds 0 ("not said") for those.
"""

import dataclasses

from .scenes import BACKGROUNDS, BRIGHTNESS, COLOUR_NAMES, DENSITIES, MAX_EXPLICIT_COUNT, SHAPES

NUMBERS_EN = ("zero", "one", "two", "three", "four", "five", "six")
NUMBERS_ZH = ("零", "一", "两", "三", "四", "五", "六")
COLOURS_ZH = {"red": "红色", "green": "绿色", "blue": "蓝色", "cyan": "青色", "magenta": "品红色",
              "yellow": "黄色", "white": "白色"}
NOUNS_EN = {
    "nuclei": (("nucleus", "nuclei"), ("cell nucleus", "cell nuclei")),
    "spots": (("spot", "spots"), ("dot", "dots")),
    "filaments": (("filament", "filaments"), ("fibre", "fibres")),
}
NOUNS_ZH = {"nuclei": ("细胞核",), "spots": ("斑点", "亮点"), "filaments": ("纤维", "细丝")}
SHAPES_EN = {"round": ("round",), "elongated": ("elongated", "long")}
SHAPES_ZH = {"round": ("圆形",), "elongated": ("细长", "长形")}
DENSITY_EN = {"few": ("a few", "few"), "some": ("some", "several"), "many": ("many", "lots of")}
DENSITY_ZH = {"few": ("少量", "几个"), "some": ("一些",), "many": ("许多", "大量")}
BRIGHTNESS_ZH = {"dim": "暗淡", "bright": "明亮"}
BACKGROUND_EN = {"dark": ("dark", "black"), "hazy": ("hazy",), "grey": ("grey", "gray")}
BACKGROUND_ZH = {"dark": ("黑色",), "hazy": ("朦胧",), "grey": ("灰色",)}

ATTRIBUTES = {
    "nuclei_colour": COLOUR_NAMES, "nuclei_count": ("1", "2", "3", "4", "5", "6", "many"), "nuclei_shape": SHAPES,
    "spots_colour": COLOUR_NAMES, "spots_amount": ("1", "2", "3", "4", "5", "6") + DENSITIES,
    "filaments_colour": COLOUR_NAMES, "filaments_amount": DENSITIES,
    "nuclei": ("shown",), "spots": ("shown",), "filaments": ("shown",),
    "brightness": tuple(BRIGHTNESS), "background": BACKGROUNDS,
}


@dataclasses.dataclass(frozen=True)
class Caption:
    """`attributes` maps a name of ATTRIBUTES to its value; what is not said is missing."""

    text: str
    attributes: dict


def caption(scene, rng, language, complete=False):
    """One caption.

    :param language: "en" or "zh"
    :param complete: says every attribute of the objects, as evaluation asks
    """
    said = _choose(scene, rng, complete)
    text = _english(scene, said, rng) if language == "en" else _chinese(scene, said, rng)
    return Caption(text, said)


def _choose(scene, rng, complete):
    def say(probability):
        return complete or rng.random() < probability

    said = {}
    for layer in scene.layers:
        kind = layer.kind
        said[kind] = "shown"
        if say(0.94):
            said[f"{kind}_colour"] = layer.colour
        if kind == "nuclei":
            if say(0.92):
                said["nuclei_count"] = str(layer.count) if layer.count <= MAX_EXPLICIT_COUNT else "many"
            if say(0.85):
                said["nuclei_shape"] = layer.shape
        elif say(0.92):
            said[f"{kind}_amount"] = layer.density if layer.count is None else str(layer.count)
    if scene.brightness != "normal" and say(0.9):
        said["brightness"] = scene.brightness
    if rng.random() < (0.35 if scene.background == "dark" else 0.92):
        said["background"] = scene.background
    return said


def _pick(rng, options):
    return options[int(rng.integers(len(options)))]


def _amount(kind, said):
    return said.get("nuclei_count") if kind == "nuclei" else said.get(f"{kind}_amount")


def _english(scene, said, rng):
    parts = [_english_objects(layer.kind, said, rng) for layer in reversed(scene.layers)]
    if len(parts) == 2 and rng.random() < 0.5:
        parts.reverse()
    text = _pick(rng, (" and ", " with ")).join(parts)
    if "brightness" in said:
        text = said["brightness"] + " " + text if rng.random() < 0.5 else text + ", " + said["brightness"]
    if "background" in said:
        word = _pick(rng, BACKGROUND_EN[said["background"]])
        text += _pick(rng, (f" on a {word} background", f", {word} background"))
    if rng.random() < 0.2:
        text = _pick(rng, ("fluorescence image of ", "microscopy image of ", "an image of ")) + text
    return text[0].upper() + text[1:] if rng.random() < 0.15 else text


def _english_objects(kind, said, rng):
    singular, plural = _pick(rng, NOUNS_EN[kind])
    amount = _amount(kind, said)
    words = []
    if amount is not None:
        if amount.isdigit():
            words.append(NUMBERS_EN[int(amount)] if rng.random() < 0.6 else amount)
        else:
            words.append(_pick(rng, DENSITY_EN[amount]))
    adjectives = []
    if kind == "nuclei" and "nuclei_shape" in said:
        adjectives.append(_pick(rng, SHAPES_EN[said["nuclei_shape"]]))
    if f"{kind}_colour" in said:
        adjectives.append(said[f"{kind}_colour"])
    if rng.random() < 0.3:
        adjectives.reverse()
    return " ".join(words + adjectives + [singular if amount == "1" else plural])


def _chinese(scene, said, rng):
    parts = [_chinese_objects(layer.kind, said, rng) for layer in reversed(scene.layers)]
    if len(parts) == 2 and rng.random() < 0.5:
        parts.reverse()
    text = "和".join(parts)
    if "brightness" in said:
        word = BRIGHTNESS_ZH[said["brightness"]]
        text = word + "的" + text if rng.random() < 0.5 else text + "，" + word
    if "background" in said:
        text += "，" + _pick(rng, BACKGROUND_ZH[said["background"]]) + "背景"
    if rng.random() < 0.2:
        text = _pick(rng, ("荧光图像：", "显微图像：")) + text
    return text


def _chinese_objects(kind, said, rng):
    amount = _amount(kind, said)
    words = []
    if amount is not None:
        if amount.isdigit():
            number = NUMBERS_ZH[int(amount)] if rng.random() < 0.6 else amount
            words.append(number + ("条" if kind == "filaments" else "个"))
        else:
            words.append(_pick(rng, DENSITY_ZH[amount]))
    adjectives = []
    if kind == "nuclei" and "nuclei_shape" in said:
        adjectives.append(_pick(rng, SHAPES_ZH[said["nuclei_shape"]]))
    if f"{kind}_colour" in said:
        adjectives.append(COLOURS_ZH[said[f"{kind}_colour"]])
    if rng.random() < 0.3:
        adjectives.reverse()
    of = "的" if adjectives and rng.random() < 0.5 else ""
    return "".join(words + adjectives) + of + _pick(rng, NOUNS_ZH[kind])


def attribute_targets(said):
    """Class index of each attribute in the order of ATTRIBUTES; 0 where it is not said."""
    return [0 if name not in said else 1 + values.index(said[name]) for name, values in ATTRIBUTES.items()]


INSTRUCTION_KINDS = ("recolour", "remove", "add_spots", "brightness", "background")


def instruction(change, rng, language):
    """The sentence that asks for a change of edits.py: a dict with `what` and its details."""
    templates = _ENGLISH_EDITS if language == "en" else _CHINESE_EDITS
    template = _pick(rng, templates[change["what"]])
    words = dict(change)
    if language == "en":
        words["objects"] = _pick(rng, NOUNS_EN[change["kind"]])[1] if "kind" in change else ""
        if "count" in change:
            words["count"] = NUMBERS_EN[change["count"]] if rng.random() < 0.6 else change["count"]
            words["objects"] = _pick(rng, NOUNS_EN["spots"])[0 if change["count"] == 1 else 1]
        if change["what"] == "brightness":
            words["more"] = {"dim": "darker", "bright": "brighter"}[change["brightness"]]
        if "background" in change:
            words["background"] = _pick(rng, BACKGROUND_EN[change["background"]])
    else:
        words["objects"] = _pick(rng, NOUNS_ZH[change["kind"]]) if "kind" in change else ""
        if "colour" in change:
            words["colour"] = COLOURS_ZH[change["colour"]]
        if "count" in change:
            words["count"] = NUMBERS_ZH[change["count"]] if rng.random() < 0.6 else change["count"]
            words["objects"] = _pick(rng, NOUNS_ZH["spots"])
        if change["what"] == "brightness":
            words["more"] = {"dim": "暗", "bright": "亮"}[change["brightness"]]
        if "background" in change:
            words["background"] = _pick(rng, BACKGROUND_ZH[change["background"]])
    return template.format(**words)


_ENGLISH_EDITS = {
    "recolour": ("make the {objects} {colour}", "turn the {objects} {colour}", "change the {objects} to {colour}"),
    "remove": ("remove the {objects}", "delete the {objects}", "remove all {objects}"),
    "add_spots": ("add {count} {colour} {objects}",),
    "brightness": ("make the image {more}", "make it {more}"),
    "background": ("make the background {background}", "change the background to {background}"),
}
_CHINESE_EDITS = {
    "recolour": ("把{objects}变成{colour}", "将{objects}改为{colour}"),
    "remove": ("去掉{objects}", "删除所有{objects}", "移除{objects}"),
    "add_spots": ("添加{count}个{colour}{objects}", "加上{count}个{colour}{objects}"),
    "brightness": ("把图像变{more}", "让图像更{more}"),
    "background": ("把背景变成{background}", "将背景改为{background}"),
}


def vocabulary():
    """Every word the grammar can use, for the tokenizer and for hints about words it does not know."""
    english = set("and with on a an the of image background fluorescence microscopy dim bright normal".split())
    english |= set("make turn change to remove delete all add it brighter darker".split())
    english |= set(NUMBERS_EN[1:]) | set(COLOUR_NAMES)
    for table in (SHAPES_EN, DENSITY_EN, BACKGROUND_EN):
        english |= {word for words in table.values() for phrase in words for word in phrase.split()}
    for nouns in NOUNS_EN.values():
        english |= {word for pair in nouns for phrase in pair for word in phrase.split()}
    chinese = set("个条和的，：暗亮")
    chinese |= set(NUMBERS_ZH[1:]) | set(COLOURS_ZH.values()) | set(BRIGHTNESS_ZH.values())
    chinese |= set("背景 荧光 显微 图像 变成 改为 去掉 删除 所有 移除 添加 加上 让 更 把 将 变".split())
    for table in (SHAPES_ZH, DENSITY_ZH, BACKGROUND_ZH, NOUNS_ZH):
        chinese |= {word for words in table.values() for word in words}
    return sorted(english), sorted(chinese)
