"""Views: ways to show a model as one self-contained page."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from coopgraph.errors import QueryError
from coopgraph.views import chart, matrix, outlines, relations, tiles, timeline
from coopgraph.views.model import MapModel

View = Callable[[MapModel, str], str]
"""A view: a model and a language make the text of a whole page."""

VIEWS: Final[dict[str, View]] = {
    "map": relations.render,
    "timeline": timeline.render,
    "matrix": matrix.render,
    "tiles": tiles.render,
    "chart": chart.render,
}
"""Every view by its name; a new one is a module and a line here."""


def named(name: str) -> View:
    """Give a view by its name; a question whose answer is a table is drawn as a map.

    Raises QueryError that lists the views.
    """
    if name not in {"table", *VIEWS}:
        known = ", ".join(["table", *VIEWS])
        raise QueryError(
            f"there is no view {name!r}; '#+ view:' takes: {known}",
            f"không có cách xem {name!r}; '#+ view:' nhận: {known}",
        )
    return VIEWS[name if name in VIEWS else "map"]


def outlined(name: str, model: MapModel, path: Path) -> MapModel:
    """Give the countries of a page the shapes of an office's own GeoJSON file.

    Raises QueryError when the view draws no countries, SourceError when the file is wrong.
    """
    if name != "tiles":
        raise QueryError(
            "--geo draws the shapes of countries; only the region has any: coopgraph map region-tiles --geo FILE",
            "--geo vẽ hình các nước; chỉ dùng cho hình khu vực: coopgraph map region-tiles --geo TỆP",
        )
    return outlines.outlined(model, path)
