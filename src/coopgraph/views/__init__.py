"""Views: ways to show a model as one self-contained page."""

from collections.abc import Callable
from typing import Final

from coopgraph.views import relations
from coopgraph.views.model import MapModel

View = Callable[[MapModel, str], str]
"""A view: a model and a language make the text of a whole page."""

VIEWS: Final[dict[str, View]] = {"map": relations.render}
"""Every view by its name; a new one is a module and a line here."""
