"""Briefs: one or two pages on a thing, or on two, for people who print what they read."""

from collections.abc import Callable
from typing import Final

from coopgraph.briefs.paper import html
from coopgraph.briefs.plain import markdown
from coopgraph.briefs.values import Brief

FORMATS: Final[dict[str, Callable[[Brief], str]]] = {"html": html, "md": markdown}
"""Every form of a brief by the name that people type, which is also the ending of its file."""
