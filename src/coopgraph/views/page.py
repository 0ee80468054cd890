"""The page around a map: one template, safe JSON, every script and style named by its hash.  The door to Jinja2."""

import json
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from importlib.resources import files
from re import sub

from coopgraph.errors import CoopgraphError

VIS = "templates/lib/vis-9.1.2/vis-network.min.js"
"""Where the pyvis wheel keeps vis-network (Apache-2.0 or MIT; its licence header stays in the page)."""

ESCAPES = str.maketrans({"&": r"\u0026", "<": r"\u003c", ">": r"\u003e", "\u2028": r"\u2028", "\u2029": r"\u2029"})
"""What JSON must not hold inside a script element, and how JSON writes it instead."""


def page(title: str, lang: str, data: Mapping[str, object]) -> str:
    """Fill the template; the answer is a whole page that asks the network for nothing."""
    from jinja2 import Environment, StrictUndefined  # imported here: only maps need it

    vis, app, css = vis_script(), app_script(), _asset("page.css").strip()
    policy = (
        f"default-src 'none'; script-src {_hash(vis)} {_hash(app)}; style-src {_hash(css)}; "
        "img-src data: blob:; connect-src 'none'; base-uri 'none'; form-action 'none'"
    )
    template = Environment(autoescape=True, undefined=StrictUndefined).from_string(_asset("page.html.j2"))
    return (
        template.render(
            title=title,
            lang=lang,
            policy=policy,
            vis=_safe(vis),
            app=_safe(app),
            css=_safe(css),
            data=_safe(safe_json({**data, "lang": lang})),
        )
        + "\n"
    )


def safe_json(value: object) -> str:
    r"""Write JSON that cannot end the script element it stands in.

    >>> safe_json({"a": "</script>"})
    '{"a":"\\u003c/script\\u003e"}'
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.translate(ESCAPES)


def vis_script() -> str:
    """Read vis-network from the installed pyvis, without the reference to its source map."""
    try:
        text = files("pyvis").joinpath(VIS).read_text("utf-8")
    except (ModuleNotFoundError, FileNotFoundError) as wrong:
        raise CoopgraphError(f"pyvis has no {VIS} here: install pyvis 0.3.2, whose wheel brings it") from wrong
    return _closed(sub(r"//# sourceMappingURL=\S*", "", text).strip(), VIS)


def app_script() -> str:
    """Join our own scripts, in the order of their numbered names, into one module."""
    folder = files("coopgraph.views").joinpath("assets", "js")
    parts = sorted(folder.iterdir(), key=lambda part: part.name)
    return _closed(
        "\n".join(part.read_text("utf-8").strip() for part in parts if part.name.endswith(".js")), "assets/js"
    )


def _asset(name: str) -> str:
    return files("coopgraph.views").joinpath("assets", name).read_text("utf-8")


def _closed(script: str, name: str) -> str:
    """Refuse a script that would end its own element."""
    if "</script" in script.lower() or "<!--" in script:
        raise CoopgraphError(f"{name} holds '</script' or '<!--' and cannot stand inside a page")
    return script


def _hash(text: str) -> str:
    """Name a text for a content security policy."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _safe(text: str) -> str:
    """Mark a text that was made safe above, so that the template does not escape it."""
    from markupsafe import Markup

    return Markup(text)  # noqa: S704  # our own assets and JSON without < > &
