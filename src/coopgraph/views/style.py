"""How the classes, families and groups of a page look: told apart by shape and by colour, also by the colour-blind."""

from typing import Final

SHAPES: Final[dict[str, tuple[str, int, str, str]]] = {
    "country": ("dot", 23, "#0e2039", "#abbdf3"),
    "ministry": ("square", 13, "#1360d9", "#4c9bf2"),
    "institute": ("triangle", 14, "#239dc6", "#a5e1e4"),
    "person": ("dot", 7, "#878888", "#a2a3a3"),
    "agreement": ("diamond", 15, "#c5360d", "#f0965f"),
    "meeting": ("hexagon", 14, "#115a38", "#0fe19d"),
    "topic": ("star", 16, "#791687", "#cb68b4"),
    "other": ("triangleDown", 12, "#8a6d00", "#d9c26a"),
}
"""Shape, size, light and dark colour of each class."""

COLOURS: Final[dict[str, tuple[str, str]]] = {
    "structure": ("#5b6675", "#9aa4b2"),
    "agreement": ("#c5360d", "#f0965f"),
    "meeting": ("#117a4a", "#0fe19d"),
    "theme": ("#791687", "#cb68b4"),
}
"""Light and dark colour of each family of relations; theme is dashed as well."""

GROUPS: Final = tuple((light, dark) for _, _, light, dark in SHAPES.values())
"""Light and dark colour of each group that an analysis found; the classes are then told apart by shape alone."""

RAMP: Final = (
    ("#a9c4e6", "#33506f"),
    ("#7ba3d6", "#41709f"),
    ("#4c80c2", "#5a96cf"),
    ("#245ca6", "#8cbcec"),
    ("#0b3a78", "#d2e6fb"),
)
"""Light and dark colour of the steps of a number, from little to much."""
