"""A made-up graph of any size, laid out as a build leaves it: python bench/generate.py 100000 > graph.nq

Countries, bodies in trees, people with posts, source documents that each tell of an activity or an agreement, sentence
by sentence; claim graphs with their provenance, and the accepted view in the default graph with what rules derive.
The size counts the statements of the named graphs; most stand once more in the default graph, which does not count.
The same size and seed always give the same bytes. Nothing in it is true.
"""

import sys
from collections.abc import Iterator, Sequence
from random import Random

from sample import FIELDS

from coopgraph.terms import CG, CGG, XSD, expand

CODES = "vn la kh th my sg id ph bn mm tl cn jp kr in au nz us ca gb fr de ru se no fi dk ch nl"
COUNTRIES = tuple(CODES[at : at + 2] for at in range(0, len(CODES), 3))
A = f"<{expand('rdf:type')}>"
LABEL = f"<{expand('skos:prefLabel')}>"
PROVENANCE, DOCUMENTS, REGISTRY = (f"<{CGG}{name}>" for name in ("provenance", "documents", "registry"))
ABOVE = {
    "coop:Ministry": ("org:FormalOrganization", "org:Organization", "foaf:Agent"),
    "coop:Institute": ("org:FormalOrganization", "org:Organization", "foaf:Agent"),
    "org:OrganizationalUnit": ("org:Organization", "foaf:Agent"),
    "foaf:Person": ("foaf:Agent",),
    "coop:Tenure": ("org:Membership",),
    "coop:SourceDocument": ("foaf:Document",),
    "coop:Meeting": ("coop:Event", "coop:Activity"),
    "coop:Visit": ("coop:Event", "coop:Activity"),
    "coop:Workshop": ("coop:Event", "coop:Activity"),
    "coop:Session": ("coop:Event", "coop:Activity"),
    "coop:Agreement": ("coop:Instrument",),
}
"""Class and the classes above it, which a rule adds."""
EVENTS = (("coop:Meeting", "Meeting", "Cuộc họp"), ("coop:Visit", "Visit", "Chuyến thăm"),
          ("coop:Workshop", "Workshop", "Hội thảo"))  # fmt: skip
ROLES = ("participant", "speaker", "head-of-delegation", "chair", "observer")
STATEMENTS_TO_A_BODY = 500
STATEMENTS_TO_A_PERSON = 250
DEEPEST = 6
FIRST_MINISTRIES = 8
BELOW = 0.7
"""Share of the bodies that are part of another one."""
TOLD = ("event",) * 12 + ("agreement",) * 3 + ("tenures",) * 5
"""What documents tell of, one after the other: so that the same few ids are there in every size."""
Fact = tuple[str, str]


def term(name: str) -> str:
    """Write an id or a prefixed name as N-Quads has it."""
    return f"<{expand(name)}>"


def text(value: str, kind: str = "") -> str:
    """Write a literal: plain, in a language (`@vi`), or of a datatype of XML Schema (`date`)."""
    return f'"{value}"{kind}' if not kind or kind[0] == "@" else f'"{value}"^^<{XSD}{kind}>'


def named(english: str, vietnamese: str) -> tuple[Fact, Fact]:
    """Give a thing its names."""
    return (LABEL, text(english, "@en")), (LABEL, text(vietnamese, "@vi"))


def facts(**values: str) -> Iterator[Fact]:
    """Give properties of our own ontology their values."""
    return ((term(f"coop:{name}"), value) for name, value in values.items())


def kind(name: str) -> Fact:
    """Say of which class a thing is."""
    return A, term(name)


class Maker:
    """Makes the graph piece by piece; only the bodies are kept in mind."""

    def __init__(self, size: int, seed: int = 1) -> None:
        self.size = size
        self.chance = Random(seed)
        self.people = max(60, size // STATEMENTS_TO_A_PERSON)
        self.bodies: list[tuple[str, str, int]] = []
        """Id, country and depth of each body."""

    def statements(self) -> Iterator[str]:
        """Write the graph as N-Quads by statements: first who exists, then documents until the size is reached."""
        written = 0
        number = 0
        for statement in self.existing():
            written += 1
            yield statement
        while written < self.size:
            for statement in self.document(number):
                written += 1
                yield statement
            number += 1

    def existing(self) -> Iterator[str]:
        """Write countries, topics, bodies and people."""
        for code in COUNTRIES:
            yield from said(REGISTRY, f"cty-{code}", kind("coop:Country"), *named(f"Country {code}", f"Nước {code}"))
        for number, (english, vietnamese) in enumerate(FIELDS):
            broader = ((term("skos:broader"), term(f"cgv:topic-{number // 3}")),) if number else ()
            yield from said(
                REGISTRY, f"cgv:topic-{number}", kind("skos:Concept"), *named(english, vietnamese), *broader
            )
        for number in range(max(30, self.size // STATEMENTS_TO_A_BODY)):
            yield from self.body(number)
        for number in range(self.people):
            yield from self.person(number)

    def body(self, number: int) -> Iterator[str]:
        """Write a ministry, an institute below one, or a unit of one of them."""
        parent = self.a_body() if number >= FIRST_MINISTRIES and self.chance.random() < BELOW else None
        parent = parent if parent and parent[2] < DEEPEST else None
        country = parent[1] if parent else COUNTRIES[number % len(COUNTRIES)]
        depth = parent[2] + 1 if parent else 1
        sort = "coop:Ministry" if depth == 1 else "coop:Institute" if depth == 2 else "org:OrganizationalUnit"  # noqa: PLR2004
        field, name = self.chance.choice(FIELDS), f"org-{country}-{number}"
        label = named(f"{sort.partition(':')[2]} {number} for {field[0]}", f"Cơ quan {number} về {field[1]}")
        self.bodies.append((name, country, depth))
        yield from said(REGISTRY, name, kind(sort), *label, *facts(country=term(f"cty-{country}")))
        if parent:
            yield from said(REGISTRY, name, (term("org:subOrganizationOf"), term(parent[0])))
        yield from derived("01-types", name, *(kind(above) for above in ABOVE[sort]))

    def person(self, number: int) -> Iterator[str]:
        """Write a person."""
        yield from said(
            REGISTRY, f"per-{number}", kind("foaf:Person"), *named(f"Person {number}", f"Người số {number}")
        )
        yield from derived("01-types", f"per-{number}", kind("foaf:Agent"))

    def document(self, number: int) -> Iterator[str]:
        """Write a source document: its passport, what it tells, and something that an earlier one told already."""
        name, field, day = f"doc-{number}", self.chance.choice(FIELDS), self.day()
        passport = facts(
            webAddress=text(f"https://example.org/{number}", "anyURI"), documentType=term("cgv:document-news")
        )
        title = ((term("dcterms:title"), text(f"Report {number} on {field[0]}", "@en")),
                 (term("dcterms:title"), text(f"Bản tin {number} về {field[1]}", "@vi")),
                 (term("dcterms:issued"), text(day, "date")), (term("dcterms:language"), text("en")),
                 (term("dcterms:publisher"), term(self.a_body()[0])))  # fmt: skip
        yield from said(DOCUMENTS, name, kind("coop:SourceDocument"), *title, *passport)
        yield from derived("01-types", name, kind("foaf:Document"))
        yield from getattr(self, TOLD[number % len(TOLD)])(number, f"<{CGG}{name}/", field, day)

    def place(self, graph: str, line: int) -> tuple[str, list[str]]:
        """Give the claim graph of a line of a document, and its description."""
        spot = f"{graph}L{line}>"
        about = (("source", f"<{CG}{graph[len(CGG) + 1:-1]}>"), ("locator", text(f"L{line}")),
                 ("assertionMode", term("cgv:assertion-stated")))  # fmt: skip
        described = [f"{spot} {A} {term('coop:ClaimGraph')} {PROVENANCE} .\n"]
        return spot, described + [f"{spot} {term(f'coop:{name}')} {value} {PROVENANCE} .\n" for name, value in about]

    def event(self, number: int, graph: str, field: Sequence[str], day: str) -> Iterator[str]:
        """Tell of an activity, who took part, and perhaps of a session of it."""
        sort, english, vietnamese = self.chance.choice(EVENTS)
        name = f"evt-{number}"
        spot, about = self.place(graph, 1)
        yield from about
        title = named(f"{english} {number} on {field[0]}", f"{vietnamese} {number} về {field[1]}")
        topics = ((term("coop:topic"), term(f"cgv:topic-{FIELDS.index(field)}")), )  # fmt: skip
        dates = facts(startDate=text(day, "date"), endDate=text(day, "date"), outcome=term("cgv:outcome-held"))
        yield from said(spot, name, kind(sort), *title, *dates, *topics)
        yield from derived("01-types", name, *(kind(above) for above in ABOVE[sort]))
        yield from derived("bounds", name, *days(day, day))
        if number % 4 == 3:  # noqa: PLR2004  # a fourth of the documents repeat what another told
            again, told = self.place(graph, 9)
            yield from told
            yield from (
                line.rpartition(" <")[0] + f" {again} .\n" for line in said(spot, name, kind(sort), *title, twice=False)
            )
        countries = yield from self.participations(graph, 2, name, min(40, 2 + int(3 / (self.chance.random() + 0.08))))
        if self.chance.random() < 0.15:  # noqa: PLR2004
            countries |= yield from self.session(number, graph, day)
        yield from derived(
            "02-country-involved", name, *(next(facts(countryInvolved=term(f"cty-{one}"))) for one in sorted(countries))
        )

    def session(self, number: int, graph: str, day: str) -> Iterator[str]:
        """Tell of a part of an activity with people of its own; give their countries."""
        name = f"evt-{number}-session"
        spot, about = self.place(graph, 3)
        yield from about
        title = named(f"Session of {number}", f"Phiên của {number}")
        yield from said(
            spot, name, kind("coop:Session"), *title, *facts(partOf=term(f"evt-{number}"), startDate=text(day, "date"))
        )
        yield from derived("01-types", name, *(kind(above) for above in ABOVE["coop:Session"]))
        found = yield from self.participations(graph, 4, name, self.chance.randint(2, 5))
        yield from derived(
            "02-country-involved", name, *(next(facts(countryInvolved=term(f"cty-{one}"))) for one in sorted(found))
        )
        return found

    def participations(self, graph: str, line: int, activity: str, most: int) -> Iterator[str]:
        """Tell who took part, for whom and in which role; give the countries behind them."""
        spot, about = self.place(graph, line)
        yield from about
        countries, seen = set(), set()
        for _ in range(most):
            body, country, _ = self.a_body()
            luck = self.chance.random()
            who = f"cty-{country}" if luck < 0.1 else body if luck < 0.4 else self.a_person()  # noqa: PLR2004
            role = self.chance.choice(ROLES)
            if who in seen:
                continue
            seen.add(who)
            countries.add(country)
            behalf = facts(onBehalfOf=term(body)) if who.startswith("per-") else ()
            shown = facts(inActivity=term(activity), participant=term(who), role=term(f"cgv:role-{role}"))
            yield from said(spot, f"par-{activity[4:]}--{who[4:]}--{role}", kind("coop:Participation"), *shown, *behalf)
        return countries

    def agreement(self, number: int, graph: str, field: Sequence[str], day: str) -> Iterator[str]:
        """Tell of an agreement between bodies of two countries."""
        name, end = f"agr-{number}", f"{int(day[:4]) + self.chance.randint(2, 9)}{day[4:]}"
        spot, about = self.place(graph, 1)
        yield from about
        title = named(f"Memorandum of understanding {number} on {field[0]}", f"Bản ghi nhớ {number} về {field[1]}")
        parties = sorted({self.a_body()[0] for _ in range(2 + (self.chance.random() < 0.2))})  # noqa: PLR2004
        dates = facts(
            signedOn=text(day, "date"),
            startDate=text(day, "date"),
            endDate=text(end, "date"),
            topic=term(f"cgv:topic-{FIELDS.index(field)}"),
        )
        yield from said(
            spot, name, kind("coop:Agreement"), *title, *dates, *((term("coop:party"), term(one)) for one in parties)
        )
        yield from derived("01-types", name, kind("coop:Instrument"))
        yield from derived("bounds", name, *days(day, end))

    def tenures(self, number: int, graph: str, _field: Sequence[str], day: str) -> Iterator[str]:
        """Tell of two posts and who holds them."""
        spot, about = self.place(graph, 1)
        yield from about
        for seat in range(2):
            body, _, _ = self.a_body()
            post, who, end = f"post-{number}-{seat}", self.a_person(), f"{int(day[:4]) + 4}{day[4:]}"
            title = named(f"Director {number}-{seat}", f"Vụ trưởng {number}-{seat}")
            yield from said(spot, post, kind("org:Post"), *title, (term("org:postIn"), term(body)))
            name = f"ten-{who[4:]}--{number}-{seat}"
            held = facts(post=term(post), startDate=text(day, "date"), endDate=text(end, "date"))
            yield from said(spot, name, kind("coop:Tenure"), (term("org:member"), term(who)), *held)
            yield from derived("01-types", name, kind("org:Membership"))
            yield from derived("bounds", name, *days(day, end))

    def a_body(self) -> tuple[str, str, int]:
        """Choose a body: few do much, most little."""
        return self.bodies[int(len(self.bodies) * self.chance.random() ** 2)]

    def a_person(self) -> str:
        """Choose a person: few are met often, most seldom."""
        return f"per-{int(self.people * self.chance.random() ** 3)}"

    def day(self) -> str:
        """Choose a day."""
        return f"{self.chance.randint(1996, 2025)}-{self.chance.randint(1, 12):02}-{self.chance.randint(1, 28):02}"


def days(first: str, last: str) -> Iterator[Fact]:
    """Give the four bounds of something that surely began and ended on known days."""
    start, end = text(first, "date"), text(last, "date")
    return facts(startEarliest=start, startLatest=start, endEarliest=end, endLatest=end)


def said(graph: str, name: str, *about: Fact, twice: bool = True) -> Iterator[str]:
    """Write what a graph states of a thing, each statement with its copy in the accepted view."""
    subject = term(name)
    for predicate, value in about:
        copy = f"{subject} {predicate} {value} .\n" if twice else ""
        yield f"{subject} {predicate} {value} {graph} .\n{copy}"


def derived(rule: str, name: str, *about: Fact) -> Iterator[str]:
    """Write what a rule concludes of a thing."""
    return said(f"<{CGG}derived/{rule}>", name, *about)


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    sys.stdout.writelines(Maker(int(float(sys.argv[1]))).statements())
