"""Writes sorted statements as Turtle: each subject and each predicate once, names of known namespaces shortened."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from coopgraph.terms import PREFIXES, XSD

SPACES: Final = {space.encode(): prefix.encode() for prefix, space in PREFIXES.items()}
LOCAL: Final = re.compile(rb"(?:[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?)?")
"""Local names that need no escape; an IRI with any other stays whole."""
BARE: Final = {
    f"<{XSD}{name}>".encode(): re.compile(pattern)
    for name, pattern in (
        ("boolean", rb'"(?:true|false)"'),
        ("integer", rb'"-?[0-9]+"'),
        ("decimal", rb'"-?[0-9]+\.[0-9]+"'),
    )
}
"""Datatypes → texts that Turtle may hold without quotes."""
END: Final = b"> .\n"
"""End of a line whose object is an IRI or has a datatype."""
KEPT: Final = 100_000
"""Terms whose short form is remembered."""


def turtle(keys: Iterable[bytes]) -> Iterator[bytes]:
    """Give the parts of a Turtle document for the keys of `order`, in which a class has no predicate.

    Terms of N-Triples are terms of Turtle: what is not shortened is written as it stands.
    """
    yield from (b"@prefix %b: <%b> .\n" % (prefix, space) for space, prefix in SPACES.items())
    before, last, names = b"", b"", Names()
    for key in keys:
        subject, predicate, value = key.split(b" ", 2)
        value = names[value[:-3]] if value[-4:] == END else value[:-3]
        if subject != before:
            yield (b" .\n" if before else b"") + names[subject] + b" " + names[predicate] + b" " + value
        elif predicate != last:
            yield b" ;\n\t" + names[predicate] + b" " + value
        else:
            yield b" , " + value
        before, last = subject, predicate
    if before:
        yield b" .\n"


class Names(dict[bytes, bytes]):
    """Term of N-Triples → how Turtle writes it; those last asked for are remembered."""

    def __missing__(self, term: bytes) -> bytes:
        """Shorten a term; the predicate that is left out is that of a class.

        >>> names = Names()
        >>> names[b"<https://w3id.org/coopgraph/id/cty-vn>"], names[b""], names[b"_:x"]
        (b'cg:cty-vn', b'a', b'_:x')
        """
        if len(self) >= KEPT:
            self.clear()
        text, _, iri = term.rpartition(b"^^") if term[:1] == b'"' else (b"", b"", term)
        if iri in BARE and BARE[iri].fullmatch(text):
            short = text[1:-1]
        else:
            cut = max(iri.rfind(b"/"), iri.rfind(b"#")) + 1
            space, local = SPACES.get(iri[1:cut]), iri[cut:-1]
            name = space + b":" + local if space and LOCAL.fullmatch(local) else iri
            short = text + b"^^" + name if text else name or b"a"
        self[term] = short
        return short
