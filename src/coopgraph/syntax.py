"""How SPARQL is written: which parts of a text hold no keyword."""

import re
from typing import Final

QUIET: Final = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""'
    r"|'''(?:[^'\\]|\\.|'(?!''))*'''"
    r'|"(?:[^"\\\n\r]|\\.)*"'
    r"|'(?:[^'\\\n\r]|\\.)*'"
    r'|<[^<>"{}|^`\\\x00-\x20]*>'
    r"|\#[^\n\r]*"
    r"|[?$]\w+"
    r"|(?<![\w.:-])(?P<prefix>_|[^\W\d_](?:[\w.-]*[\w-])?)?:(?:[\w%](?:[\w.%-]*[\w%-])?)?(?![\w:-])",
    re.DOTALL,
)
"""Strings, IRIs, comments, variables and prefixed names: the parts of SPARQL in which no keyword can stand."""
