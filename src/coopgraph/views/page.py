"""The page around a view: one template, safe JSON, every script and style named by its hash.  The door to Jinja2."""

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from hashlib import sha256
from importlib.resources import files
from zlib import compress

from coopgraph.errors import CoopgraphError

ESCAPES = str.maketrans({"&": r"\u0026", "<": r"\u003c", ">": r"\u003e", "\u2028": r"\u2028", "\u2029": r"\u2029"})
"""What JSON must not hold inside a script element, and how JSON writes it instead."""


def page(title: str, lang: str, data: Mapping[str, object], tabs: Sequence[str], library: str = "") -> str:
    """Fill the template; the answer is a whole page that asks the network for nothing.

    `tabs` are the views of the page by the names of their folders in `assets/`; `library` is a script of others, which
    stands packed in the page: `00-library.js` of the view unpacks and runs it.
    """
    app, css = _joined(".js", "js", *tabs), _joined(".css", "css", *tabs)
    scripts = [_closed(script) for script in (library, app) if script]
    policy = (
        f"default-src 'none'; script-src {' '.join(map(digest, scripts))}; style-src {digest(css)}; "
        "img-src data: blob:; connect-src 'none'; base-uri 'none'; form-action 'none'"
    )
    template = files("coopgraph.views").joinpath("assets", "page.html.j2").read_text("utf-8")
    safe = {"app": app, "css": css, "data": safe_json({**data, "lang": lang})}
    safe["library"] = packed(library) if library else ""
    marked = {name: marked_safe(text) for name, text in safe.items()}
    return filled(template, title=title, lang=lang, policy=policy, tabs=tabs, **marked)


def filled(template: str, **values: object) -> str:
    """Fill a template; every text is escaped but those that `marked_safe` gave."""
    from jinja2 import Environment, StrictUndefined  # imported here: only pages need it

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(template).render(**values) + "\n"


def safe_json(value: object) -> str:
    r"""Write JSON that cannot end the script element it stands in.

    >>> safe_json({"a": "</script>"})
    '{"a":"\\u003c/script\\u003e"}'
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.translate(ESCAPES)


def packed(script: str) -> str:
    """Pack a script of others to a third of its size, base64 of zlib; the comment that opens it, its licence, stays."""
    licence = script.partition("*/")[0] + "*/\n" if script.startswith("/*") else ""
    return licence + b64encode(compress(script.encode(), 9)).decode()


def _joined(ending: str, *folders: str) -> str:
    """Join the files of one kind in some folders of `assets/`, in the order of their numbered names."""
    assets = files("coopgraph.views").joinpath("assets")
    found = [part for folder in folders for part in assets.joinpath(folder).iterdir() if part.name.endswith(ending)]
    return "\n".join(part.read_text("utf-8").strip() for part in sorted(found, key=lambda part: part.name))


def _closed(script: str) -> str:
    """Refuse a script that would end its own element."""
    if "</script" in script.lower() or "<!--" in script:
        raise CoopgraphError(f"the script {script[:40]!r} … holds '</script' or '<!--' and cannot stand inside a page")
    return script


def digest(text: str) -> str:
    """Name a text for a content security policy."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def marked_safe(text: str) -> str:
    """Mark a text that was made safe above, so that the template does not escape it."""
    from markupsafe import Markup

    return Markup(text)  # noqa: S704  # our own assets and JSON without < > &
