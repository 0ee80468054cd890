"""Where countries stand on the region tiles: roughly as they lie, with room for the links between them.

No boundary is drawn, and no order of rank. Who is a member of what is told by the data, not by the place of a tile.
"""

from collections.abc import Iterable
from typing import Final, NamedTuple

from coopgraph.views.layout import code


class Spot(NamedTuple):
    """The place of a tile of the region in steps to the east and to the south, and the country's other ISO codes."""

    east: float
    south: float
    alpha3: str
    number: str


REGION: Final[dict[str, Spot]] = {
    "mm": Spot(0.0, 0.25, "mmr", "104"),
    "la": Spot(1.25, 0.0, "lao", "418"),
    "vn": Spot(2.5, 0.45, "vnm", "704"),
    "th": Spot(0.6, 1.4, "tha", "764"),
    "kh": Spot(1.85, 1.6, "khm", "116"),
    "ph": Spot(4.0, 1.05, "phl", "608"),
    "my": Spot(0.85, 2.65, "mys", "458"),
    "bn": Spot(2.95, 2.45, "brn", "096"),
    "sg": Spot(1.5, 3.75, "sgp", "702"),
    "id": Spot(2.8, 3.7, "idn", "360"),
    "tl": Spot(4.05, 4.0, "tls", "626"),
}
"""South-East Asia by ISO code: the only countries of which an office's own shapes are drawn."""

NORTH: Final = ("kz", "ru", "mn", "cn", "hk", "mo", "tw", "kp", "kr", "jp")
EAST: Final = ("ca", "us", "mx", "gt", "cu", "do", "co", "ec", "pe", "br", "cl", "ar")
SOUTH: Final = ("au", "pg", "nz", "fj", "sb", "vu", "ws", "to")
WEST: Final = ("pk", "in", "np", "bt", "bd", "lk", "mv")
"""Partners by the side of the region on which they lie, in the order of their tiles; who is not listed lies west."""


def sides(countries: Iterable[str]) -> dict[str, list[str]]:
    """Sort the ids of countries outside the region by side and order.

    >>> sides(["cty-vn", "cty-jp", "cty-cn", "cty-fr", "cty-in"])
    {'north': ['cty-cn', 'cty-jp'], 'east': [], 'south': [], 'west': ['cty-in', 'cty-fr']}
    """
    left = sorted(country for country in countries if code(country) not in REGION)
    found: dict[str, list[str]] = {}
    for side, codes in (("north", NORTH), ("east", EAST), ("south", SOUTH)):
        found[side] = sorted((one for one in left if code(one) in codes), key=lambda one: codes.index(code(one)))
        left = [one for one in left if one not in found[side]]
    near = {iso: number for number, iso in enumerate(WEST)}
    found["west"] = sorted(left, key=lambda one: (near.get(code(one), len(near)), one))
    return found
