"""Changes of placed scenes for the edit model: before, instruction, after, with everything else unchanged."""

import dataclasses

from .captions import INSTRUCTION_KINDS
from .render import Placed, PlacedLayer, place, scatter_spots
from .scenes import BRIGHTNESS, COLOUR_NAMES, sample_scene

KINDS_SHOWN = {
    "recolour": (("nuclei",), ("spots",), ("filaments",), ("nuclei", "spots"), ("filaments", "nuclei")),
    "remove": (("nuclei", "spots"), ("filaments", "nuclei")),
    "add_spots": (("nuclei",), ("filaments",)),
    "brightness": (("nuclei",), ("spots",), ("filaments",), ("nuclei", "spots")),
    "background": (("nuclei",), ("nuclei", "spots"), ("filaments",)),
}


@dataclasses.dataclass(frozen=True)
class Edit:
    """`change` has `what` (one of INSTRUCTION_KINDS) and the details that captions.instruction puts into words."""

    before: Placed
    after: Placed
    change: dict


def sample_edit(rng, held_out=False, what=None):
    """A random edit of a random scene."""
    what = what or INSTRUCTION_KINDS[int(rng.integers(len(INSTRUCTION_KINDS)))]
    shown = KINDS_SHOWN[what]
    scene = sample_scene(rng, held_out, shown[int(rng.integers(len(shown)))])
    before = place(scene, rng)
    return EDITS[what](before, rng)


def _other(rng, options, taken):
    free = [option for option in options if option not in taken]
    return free[int(rng.integers(len(free)))]


def _recolour(before, rng):
    layer = before.layers[int(rng.integers(len(before.layers)))]
    colour = _other(rng, COLOUR_NAMES, [other.colour for other in before.layers])
    after = before.replace_layer(layer.kind, dataclasses.replace(layer, colour=colour))
    return Edit(before, after, {"what": "recolour", "kind": layer.kind, "colour": colour})


def _remove(before, rng):
    kind = before.layers[int(rng.integers(len(before.layers)))].kind
    return Edit(before, before.replace_layer(kind, None), {"what": "remove", "kind": kind})


def _add_spots(before, rng):
    count = int(rng.integers(1, 6))
    colour = _other(rng, COLOUR_NAMES, [other.colour for other in before.layers])
    spots = PlacedLayer("spots", colour, scatter_spots(count, rng, 2.0, 2.5))
    after = dataclasses.replace(before, layers=before.layers + (spots,))
    return Edit(before, after, {"what": "add_spots", "count": count, "colour": colour})


def _brightness(before, rng):
    low, high = BRIGHTNESS["normal"]
    before = dataclasses.replace(before, brightness=float(rng.uniform(low, high)))
    target = ("dim", "bright")[int(rng.integers(2))]
    value = 0.4 if target == "dim" else 0.97
    return Edit(before, dataclasses.replace(before, brightness=value), {"what": "brightness", "brightness": target})


def _background(before, rng):
    if before.background == "hazy":  # weak haze is almost dark: nothing much would change
        before = dataclasses.replace(before, background="grey")
    target = "grey" if before.background == "dark" else "dark"
    return Edit(before, dataclasses.replace(before, background=target), {"what": "background", "background": target})


EDITS = {"recolour": _recolour, "remove": _remove, "add_spots": _add_spots, "brightness": _brightness,
         "background": _background}
