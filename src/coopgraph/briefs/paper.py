"""A brief as one HTML document for paper and screen: no script, no request, a policy that allows neither."""

from importlib.resources import files
from typing import Final

from coopgraph import dates
from coopgraph.briefs import chart, identity, sketch
from coopgraph.briefs.plain import unrecorded
from coopgraph.briefs.values import Bars, Brief, Section
from coopgraph.briefs.words import WORDS
from coopgraph.views.page import digest, filled, marked_safe
from coopgraph.views.style import COLOURS, SHAPES

SHORT: Final = 22
"""Letters that fit on one line of any table."""
POLICY: Final = "default-src 'none'; style-src {0}; base-uri 'none'; form-action 'none'"


def html(brief: Brief) -> str:
    """Write the whole page; the same brief gives the same bytes."""
    words, css = WORDS[brief.lang], _css()
    day = dates.said(brief.as_of, brief.lang)
    drawing = sketch.draw(brief.map, brief.lang, brief.subjects, words["drawing"].format(len(brief.map.nodes)))
    bars = {
        section.title: marked_safe(chart.draw(section.bars, spoken(section.bars, brief.lang)))
        for section in brief.sections
        if section.bars
    }
    return filled(
        _asset("brief.html.j2"),
        brief=brief,
        words=words,
        day=words["as-of"].format(day),
        policy=POLICY.format(digest(css)),
        css=marked_safe(css),
        drawing=marked_safe(drawing),
        kinds=[(kind, marked_safe(symbol)) for kind, symbol in sketch.key(brief.map)],
        bars=bars,
        narrow=narrow,
        long=identity.LONG,
        unrecorded=unrecorded(brief),
        focus=" ".join(f"--focus {subject}" for subject in brief.subjects[:1]),
    )


def narrow(section: Section, column: int) -> str:
    """Give the attribute of a cell in a column of short texts, which are not broken."""
    longest = max((len(row.cells[column]) for row in section.rows), default=0)
    return marked_safe(' class="narrow"' if longest <= SHORT else "")


def spoken(bars: Bars, lang: str) -> str:
    """Tell the counts of a chart in one sentence."""
    words = WORDS[lang]
    years = [words["in-year"].format(year, sum(counts)) for year, counts in bars.years if sum(counts)]
    undated = [words["in-year"].format(words["undated"], bars.undated)] if bars.undated else []
    return words["by-year"].format("; ".join([*years, *undated]))


def _css() -> str:
    """Give the style sheet with the colours of the maps in it."""
    light = [f".k-{kind}{{fill:{light}}}" for kind, (_, _, light, _) in SHAPES.items()]
    light += [f".f-{family}{{stroke:{light}}}" for family, (light, _) in COLOURS.items()]
    dark = [f".k-{kind}{{fill:{dark}}}" for kind, (_, _, _, dark) in SHAPES.items()]
    dark += [f".f-{family}{{stroke:{dark}}}" for family, (_, dark) in COLOURS.items()]
    night = f"@media screen and (prefers-color-scheme:dark){{{''.join(dark)}}}"
    return f"{_asset('brief.css').strip()}\n{''.join(light)}\n{night}"


def _asset(name: str) -> str:
    return files("coopgraph.briefs").joinpath("assets", name).read_text("utf-8")
