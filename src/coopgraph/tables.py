"""Tables as text: for the terminal, for spreadsheets, for programs. What is written is escaped here."""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Final

import pyoxigraph as ox

from coopgraph.model import Evidence, Table, Term, cell, short, shown
from coopgraph.terms import XSD

NARROWEST: Final = 10
"""A column narrower than this is no longer readable; rows are then written as blocks."""
CITED: Final = 3
"""Documents cited per row in a terminal; further ones are counted, and the other forms list them all."""
SURE: Final = ("", "high", "medium", "low")
NUMBERS: Final = frozenset(XSD + name for name in ("integer", "decimal", "double", "float"))
UNSPEAKABLE: Final = dict.fromkeys({*range(32), 0xFFFE, 0xFFFF} - {9, 10, 13}, "\ufffd")
"""Characters that XML 1.0 has no place for."""
MARKS: Final = {ord(mark): f"\\{mark}" for mark in "\\`*_{}[]~|#"}
ESCAPES: Final = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord('"'): "&quot;"}
NOTHING: Final = {"en": "Nothing recorded.", "vi": "Chưa ghi nhận."}


def width(text: str) -> int:
    """Count the terminal columns of a text.

    >>> width("Bộ Nội vụ"), width("한국")
    (9, 4)
    """
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def text(table: Table, lang: str, columns: int, headings: Mapping[str, str] = {}) -> str:  # never changed
    """Write a table for a terminal of so many columns; numbers in the last column lead to the sources below."""
    if not table.rows:
        return NOTHING[lang] + "\n"
    heads = [headings.get(name, name.replace("_", " ")) for name in table.columns]
    rows = [[shown(table, term) for term in row] for row in table.rows]
    numbers = numbered(table)
    if numbers:
        heads.append({"en": "sources", "vi": "nguồn"}[lang])
        rows = [[*row, _cited(found, numbers)] for row, found in zip(rows, table.sources, strict=True)]
    widths = _widths([heads, *rows], columns)
    if min(widths) < min(NARROWEST, *(width(head) for head in heads)) or sum(widths) + 2 * len(widths) > columns + 2:
        return "\n".join(_block(heads, row, columns) for row in rows)
    lines = [_line(heads, widths), "  ".join("─" * size for size in widths), *(_line(row, widths) for row in rows)]
    return "\n".join(lines) + "\n"


def numbered(table: Table) -> dict[str, int]:
    """Give each document that a table cites in a terminal a number, in the order in which they first appear."""
    seen = [document for found in table.sources for document in _leading(found)]
    return {document: number for number, document in enumerate(dict.fromkeys(seen), 1)}


def _leading(found: Sequence[Evidence]) -> list[str]:
    """Give the few documents to cite first: stated before inferred, surer first, with an exact place first."""
    by_worth = sorted(
        found, key=lambda e: (e.mode == "inferred", SURE.index(e.confidence), e.place == "whole", e.document)
    )
    return list(dict.fromkeys(item.document for item in by_worth))[:CITED]


def _cited(found: Sequence[Evidence], numbers: Mapping[str, int]) -> str:
    cited = "".join(f"[{number}]" for number in sorted(numbers[document] for document in _leading(found)))
    more = len({item.document for item in found}) - CITED
    return f"{cited} +{more}" if more > 0 else cited


def _widths(rows: list[list[str]], columns: int) -> list[int]:
    """Give each column what it needs, and take from the widest until the table fits."""
    widths = [max(width(text) for text in column) for column in zip(*rows, strict=True)]
    room = columns - 2 * (len(widths) - 1)
    while sum(widths) > room and max(widths) > NARROWEST:
        widths[widths.index(max(widths))] -= 1
    return widths


def _line(cells: list[str], widths: list[int]) -> str:
    """Write one row; long cells go on in the lines below."""
    wrapped = [_wrapped(text, size) for text, size in zip(cells, widths, strict=True)]
    height = max(len(part) for part in wrapped)
    lines = []
    for number in range(height):
        parts = [part[number] if number < len(part) else "" for part in wrapped]
        lines.append("  ".join(p + " " * (size - width(p)) for p, size in zip(parts, widths, strict=True)).rstrip())
    return "\n".join(lines)


def _wrapped(text: str, size: int) -> list[str]:
    """Break a text into lines of so many terminal columns; a word that is wider is cut."""
    lines = [""]
    for word in text.split():
        if lines[-1] and width(lines[-1]) + 1 + width(word) <= size:
            lines[-1] += f" {word}"
            continue
        lines.append("")
        for letter in word:
            if width(lines[-1] + letter) > size:
                lines.append("")
            lines[-1] += letter
    return lines[1:] or [""]


def _block(heads: list[str], row: list[str], columns: int) -> str:
    """Write one row as a block of lines, for a narrow terminal; what is empty is left out."""
    lines = []
    for head, text_ in ((head, text_) for head, text_ in zip(heads, row, strict=True) if text_):
        first, *rest = _wrapped(f"{head}: {text_}", max(columns - 2, 18))
        lines += [first, *(f"  {line}" for line in rest)]
    return "\n".join(lines) + "\n"


def _things(table: Table) -> list[bool]:
    """Tell which columns hold things that have names."""
    columns = zip(*table.rows, strict=True) if table.rows else [()] * len(table.columns)
    return [any(isinstance(t, ox.NamedNode) and t.value in table.labels for t in column) for column in columns]


def _flat(table: Table) -> tuple[list[str], list[list[str]]]:
    """Give header and rows for spreadsheets: ids and names side by side, sources last."""
    named = _things(table)
    header = [
        part
        for name, thing in zip(table.columns, named, strict=True)
        for part in ([name, f"{name}_label"] if thing else [name])
    ]
    rows = []
    for number, row in enumerate(table.rows):
        out = []
        for term, thing in zip(row, named, strict=True):
            out += [cell(term), _harmless(shown(table, term)) if term is not None else ""] if thing else [_sheet(term)]
        if table.sources:
            out.append("; ".join(short(item) for item in table.sources[number]))
        rows.append(out)
    return [*header, *(["sources"] if table.sources else [])], rows


def csv_(table: Table) -> str:
    """Write CSV (RFC 4180). Cells that a spreadsheet would run as a formula get an apostrophe in front."""
    import csv
    import io

    header, rows = _flat(table)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()


def tsv(table: Table) -> str:
    """Write tab-separated values: one line per row, no quotes; tabs and line breaks in a cell become spaces."""
    header, rows = _flat(table)
    return "".join("\t".join(" ".join(text.split()) for text in row) + "\n" for row in [header, *rows])


def _sheet(term: Term | None) -> str:
    """Give a cell for a spreadsheet: numbers stay numbers, text is kept from being a formula."""
    number = isinstance(term, ox.Literal) and term.datatype.value in NUMBERS
    return cell(term) if number else _harmless(cell(term))


def _harmless(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would run as a formula."""
    risky = text.lstrip()[:1] in set("=+-@") or text[:1] in set("\t\r\n")
    return f"'{text}" if risky else text


def json_(table: Table) -> str:
    """Write SPARQL 1.1 Query Results JSON; names and sources stand beside the results, under `coopgraph`."""
    import json

    bindings = [
        {name: _json(term) for name, term in zip(table.columns, row, strict=True) if term is not None}
        for row in table.rows
    ]
    sources = [[item._asdict() for item in found] for found in table.sources]
    ours = {"title": table.title, "labels": dict(table.labels), "sources": sources}
    whole = {"head": {"vars": list(table.columns)}, "results": {"bindings": bindings}, "coopgraph": ours}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _json(term: Term) -> dict[str, str]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.Literal):
        extra = {"xml:lang": term.language} if term.language else {}
        if not term.language and not term.datatype.value.endswith("#string"):
            extra = {"datatype": term.datatype.value}
        return {"type": "literal", "value": term.value, **extra}
    return {"type": "bnode", "value": cell(term)}


def xml(table: Table) -> str:
    """Write SPARQL Query Results XML."""
    out = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<sparql xmlns="http://www.w3.org/2005/sparql-results#">',
        "<head>",
    ]
    out += [f"<variable name={_quoted(name)}/>" for name in table.columns]
    out += ["</head>", "<results>"]
    for row in table.rows:
        cells = (
            f"<binding name={_quoted(n)}>{_xml(t)}</binding>"
            for n, t in zip(table.columns, row, strict=True)
            if t is not None
        )
        out.append(f"<result>{''.join(cells)}</result>")
    return "\n".join([*out, "</results>", "</sparql>", ""]).translate(UNSPEAKABLE)


def _xml(term: Term) -> str:
    if isinstance(term, ox.NamedNode):
        return f"<uri>{term.value.translate(ESCAPES)}</uri>"
    if not isinstance(term, ox.Literal):
        return f"<bnode>{cell(term).translate(ESCAPES)}</bnode>"
    kind = f" xml:lang={_quoted(term.language)}" if term.language else ""
    if not term.language and not term.datatype.value.endswith("#string"):
        kind = f" datatype={_quoted(term.datatype.value)}"
    return f"<literal{kind}>{term.value.translate(ESCAPES)}</literal>"


def _quoted(text: str) -> str:
    """Write an XML attribute's value."""
    return f'"{text.translate(ESCAPES)}"'


def markdown(table: Table) -> str:
    """Write a Markdown table; sources stand in the last column."""
    heads = [*table.columns, *(["sources"] if table.sources else [])]
    lines = [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}"]
    for number, row in enumerate(table.rows):
        texts = [shown(table, term) for term in row]
        if table.sources:
            texts.append("; ".join(short(item) for item in table.sources[number]))
        lines.append(f"| {' | '.join(plain(text) for text in texts)} |")
    return "\n".join(lines) + "\n"


def plain(text: str) -> str:
    """Keep Markdown and HTML from reading a text as anything but text."""
    return text.translate({**ESCAPES, ord('"'): '"', **MARKS})


FORMATS: Final[Mapping[str, Callable[[Table], str]]] = {
    "csv": csv_,
    "tsv": tsv,
    "json": json_,
    "xml": xml,
    "md": markdown,
}
"""Format → writer, for everything but the terminal's own table."""
