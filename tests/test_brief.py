"""Briefs: what they say and cite, on which day, in both forms and languages; refusals; the command."""

import re
from html import unescape

import pytest

import mini
from coopgraph import briefs, graph
from coopgraph.briefs import parts
from coopgraph.briefs.words import WORDS
from coopgraph.errors import NotFoundError, QueryError
from coopgraph.opening import open as open_atlas

AGREEMENT = "Memorandum of Understanding on cooperation 2023-2026"
SUBJECTS = {
    "country": ("cty-vn",),
    "two countries": ("cty-vn", "cty-la"),
    "ministry": ("org-vn-moha",),
    "cooperation body": ("org-accsm",),
    "person": ("per-pham-thi-thanh-tra",),
    "agreement": ("agr-vn-la-moha-mou-2023",),
    "event": ("evt-kh-mcs-transformational-leadership-2023",),
    "plan": ("wpl-accsm21-roadmap",),
    "post": ("post-vn-moha-minister",),
    "series": ("ser-accsm",),
    "help": ("ast-vn-la-archives",),
    "topic": ("topic-training",),
    "tool": ("tool-voffice",),
}


@pytest.fixture(scope="module")
def pair(atlas) -> briefs.Brief:
    """Gather what Viet Nam and the Lao PDR do together, on a day on which the memorandum was in force."""
    return atlas.brief("cty-vn", "cty-la", as_of="2024-07-01")


def section(brief: briefs.Brief, title: str):
    return next(part for part in brief.sections if part.title == title)


def every_row(brief: briefs.Brief) -> list:
    return [*brief.facts, *(row for part in brief.sections for row in part.rows)]


def text(html: str) -> str:
    """Give what a reader sees of a page."""
    return " ".join(unescape(re.sub("<[^>]*>", " ", html.partition("<body>")[2])).split())


def test_a_brief_on_two_countries_tells_who_what_is_in_force_and_what_they_did(pair):
    bodies, agreements, activities = pair.sections

    assert pair.title == "Viet Nam – Lao PDR"
    assert [row.cells[:4] for row in bodies.rows] == [
        ("Ministry of Home Affairs of Viet Nam", "11", "Pham Thi Thanh Tra", "minister"),
        ("Ministry of Home Affairs of the Lao PDR", "10", "Thongchanh Manixay", "minister"),
    ]
    assert agreements.rows[0].cells[1:] == ("23 May 2023", "1 Jun 2023", "31 Dec 2026", "certain")
    assert agreements.sureness == (("certain", 1),)
    assert activities.rows[0].cells[1:] == ("23 May 2023", "bilateral activity")
    assert activities.bars.years[-1] == ("2023", (2, 1))
    assert (activities.bars.undated, activities.total) == (8, 13)


@pytest.mark.parametrize("names", SUBJECTS.values(), ids=SUBJECTS)
def test_every_citation_leads_to_a_source_and_every_source_is_cited(atlas, names):
    brief = atlas.brief(*names)
    cited = [cite for row in every_row(brief) for cite in row.cites]
    cited += [cite for one in brief.conflicts for said in one.statements for cite in said.cites]

    assert [one.number for one in brief.references] == list(range(1, len(brief.references) + 1))
    assert {cite.number for cite in cited} == {one.number for one in brief.references}
    assert all(cite.places for cite in cited)


def test_what_is_cited_says_what_the_line_says(atlas, pair):
    """The day of signing: the line cites the article; its passport, and the places that give the day, stand below."""
    row = section(pair, "Agreements in force").rows[0]
    [cite] = row.cites
    source = pair.references[cite.number - 1]

    assert source.title.startswith("Ministry of Home Affairs to send experts")
    assert source.issued == "23 May 2023"
    assert "line 5, sentence 1; line 5, sentence 9 (inferred)" in cite.places
    assert source.places.startswith("line 5, sentences 1, 9")


def test_facts_without_a_firm_source_are_marked(atlas):
    brief = atlas.brief("evt-vn-la-mou-signing-2023")
    doubtful = {row.cells[0]: row.doubtful for row in brief.facts}

    assert (doubtful["start date"], doubtful["outcome"]) == (True, False)
    assert 'start date</dt><dd>23 May 2023 <a class="cite"' in briefs.html(brief)
    assert '<span class="doubt">*</span>' in briefs.html(brief)
    assert "- start date: 23 May 2023 [1]\\*" in briefs.markdown(brief)


def test_the_day_is_that_of_the_newest_source_unless_it_is_named_and_the_brief_says_so(atlas):
    today, named = atlas.brief("cty-vn", "cty-la", lang="vi"), atlas.brief("cty-vn", "cty-la", as_of="2022-01-01")

    assert (today.as_of, today.given) == ("2023-12-31", False)
    assert "Tính đến ngày 31/12/2023 ( ngày công bố" not in text(briefs.html(today))
    assert "Tính đến ngày 31/12/2023 (ngày công bố của nguồn mới nhất)" in text(briefs.html(today))
    assert "**Tính đến ngày 31/12/2023** (ngày công bố của nguồn mới nhất)" in briefs.markdown(today)
    assert (named.as_of, named.given) == ("2022-01-01", True)
    assert "**As of 1 January 2022**\n" in briefs.markdown(named)


def test_the_day_decides_what_is_in_force_and_what_had_happened(atlas):
    before = atlas.brief("cty-vn", "cty-la", as_of="2023-05-25")

    assert section(before, "Agreements in force").total == 0
    assert "Nothing recorded: Agreements in force." in briefs.markdown(before)
    assert "Nothing recorded: Agreements in force." in text(briefs.html(before))
    years = section(before, "Meetings and other activities by year").bars.years
    assert years[-1] == ("2023", (2, 0))


def test_open_conflicts_about_what_is_named_are_told_with_both_sources(region):
    told = region.brief("per-chu-tuan-tu").conflicts

    [one] = [conflict for conflict in told if (conflict.about, conflict.property) == ("Chu Tuan Tu", "name")]
    assert {said.text for said in one.statements} == {"Chu Tuấn Tú", "Vũ Tuấn Tú"}
    assert all(said.cites for said in one.statements)


def test_a_decided_conflict_is_no_longer_told(copied, monkeypatch):
    monkeypatch.delenv("COOPGRAPH_CACHE", raising=False)
    decisions = copied / "data" / "decisions.yaml"
    decision = """
decision: dec-name-of-chu-tuan-tu
about: per-chu-tuan-tu
property: name
accepts: {vi: "Chu Tuấn Tú"}
rejects: {vi: "Vũ Tuấn Tú"}
decided: 2026-11-22
reason: {vi: "Trang của bộ in tên này.", en: "The ministry's own page prints this name."}
"""
    decisions.write_text(decisions.read_text(encoding="utf-8") + decision, encoding="utf-8")
    report = graph.build(copied)
    assert not report.errors, [issue.show("en") for issue in report.issues]

    brief = open_atlas(copied).brief("per-chu-tuan-tu")

    assert brief.conflicts == ()
    assert "No open disagreement" in briefs.markdown(brief)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("names", SUBJECTS.values(), ids=SUBJECTS)
def test_both_forms_say_the_same_and_are_the_same_every_time(atlas, names, lang):
    brief = atlas.brief(*names, lang=lang)
    html, markdown = briefs.html(brief), briefs.markdown(brief)
    plain = unescape(re.sub(r"\\(.)", r"\1", markdown))

    told = [brief.title, *(cell for row in every_row(brief) for cell in row.cells if cell)]
    told += [one.title for one in brief.references]
    assert [one for one in told if " ".join(one.split()) not in text(html)] == []
    assert [one for one in told if one not in plain] == []
    assert (briefs.html(atlas.brief(*names, lang=lang)), str(brief)) == (html, markdown)


@pytest.mark.parametrize("names", SUBJECTS.values(), ids=SUBJECTS)
def test_the_tables_of_the_plain_form_hold_together(atlas, names):
    markdown = briefs.markdown(atlas.brief(*names))
    tables = re.findall(r"(?:^\|.*\n)+", markdown, re.MULTILINE)

    for table in tables:
        assert len({len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}) == 1, table
    assert "<" not in re.sub(r"<https?://[^<> ]+>", "", markdown)


def test_what_is_not_listed_is_counted_and_can_be_asked_for(atlas, pair, call):
    part = section(pair, "Meetings and other activities by year")

    done = call(*part.command.split()[1:], "--format", "csv", "--no-sources")

    assert part.left == f"{len(part.rows)} of {part.total} shown. All of them:"
    assert part.command == "coopgraph ask activities-of one=cty-vn other=cty-la asOf=2024-07-01"
    assert len({line.split(",")[0] for line in done.stdout.splitlines()[1:]}) == part.total


def test_a_kind_of_thing_that_no_question_tells_of_is_told_by_its_card(atlas):
    brief = atlas.brief("tool-voffice")
    rows = {row.cells[0]: row.cells[1] for row in brief.facts}

    assert brief.sections == ()
    assert rows["used by"] == "Viet Nam"
    assert "Effective Work Management" in rows["← mentions"]


@pytest.mark.parametrize(
    ("names", "error", "said"),
    [
        (("org-nobody",), NotFoundError, "org-nobody"),
        (("cty-vn", "Viet Nam"), QueryError, "same thing"),
        (("cty-vn", "agr-vn-la-moha-mou-2023"), QueryError, "cty-vn cty-la"),
        (("doc-sputnik-2022-08-05",), QueryError, "document-facts"),
        (("coop:Agreement",), QueryError, "word of the ontology"),
    ],
)
def test_what_cannot_be_told_is_refused_with_what_can(atlas, names, error, said):
    with pytest.raises(error, match=re.escape(said)) as wrong:
        atlas.brief(*names)

    assert wrong.value.vi
    assert wrong.value.vi != str(wrong.value)


def test_a_wrong_day_is_refused(atlas):
    with pytest.raises(QueryError, match="2022-08-05"):
        atlas.brief("cty-vn", as_of="2024-07")


def test_a_graph_whose_sources_have_no_date_asks_for_the_day(tmp_path):
    passport = mini.document(mini.EVENT).replace("issued: 2022-08-06\n", "")
    root = mini.folder(tmp_path / "undated", {"data/docs/doc-x.yaml": passport})
    mini.kept(root)

    with pytest.raises(QueryError, match="--as-of 2024-07-01"):
        mini.opened(root).brief("evt-x")


def test_every_header_of_a_part_fits_its_question_and_the_ontology(atlas):
    known = {kind.iri for kind in mini.ONTOLOGY.kinds.values()}
    properties = {item.iri for item in mini.ONTOLOGY.properties}
    for query in atlas.questions.values():
        for spec in query.brief:
            part = parts.read(query, spec)
            columns = set(atlas.store.select(query.text).hide(query.evidence).columns)

            assert {*part.show, *filter(None, (part.years, part.split))} <= columns, query.name
            assert part.of | part.pairs <= known, query.name
            assert part.tells <= properties, query.name
            assert all(words[lang].strip() for words in (part.title, part.counted) for lang in ("vi", "en"))
            assert len(part.blanks) == (2 if part.pairs else 1), query.name


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        ({"order": 1}, "blanks, counted, title"),
        ({"order": 1, "blanks": ["one"], "title": {}, "counted": {}, "colour": "red"}, "colour"),
        ({"order": 1, "blanks": ["two"], "title": {}, "counted": {}}, "no parameter 'two'"),
    ],
)
def test_a_wrong_header_is_named(atlas, spec, said):
    with pytest.raises(QueryError, match=said) as wrong:
        parts.read(atlas.question("activities-of"), spec)

    assert "activities-of" in str(wrong.value)


def test_the_words_are_there_in_both_languages():
    assert WORDS["en"].keys() == WORDS["vi"].keys()
    assert [name for name, said in WORDS["en"].items() if said.count("{") != WORDS["vi"][name].count("{")] == []


def test_the_command_writes_the_form_that_the_file_asks_for(call, empty):
    page = call("brief", "cty-vn", "cty-la", "--lang", "vi", "--as-of", "2024-07-01", "-o", "b.html")
    plain = call("brief", "cty-vn", "cty-la", "--lang", "vi", "--as-of", "2024-07-01", "-o", "b.md")
    printed = call("brief", "cty-vn", "cty-la", "--lang", "vi", "--as-of", "2024-07-01")
    forced = call("brief", "org-vn-moha", "--format", "html")

    assert "tính đến ngày 01/7/2024" in page.stderr
    assert (empty / "b.html").read_text(encoding="utf-8").startswith('<!doctype html>\n<html lang="vi">')
    assert (empty / "b.md").read_text(encoding="utf-8") == printed.stdout
    assert printed.stdout.startswith("# Việt Nam – Lào\n")
    assert (plain.code, printed.stderr) == (0, "")
    assert forced.stdout.startswith("<!doctype html>")


def test_the_command_tells_what_is_wrong_in_the_language_asked_for(call):
    done = call("brief", "cty-vn", "cty-vn", "--lang", "vi")

    assert (done.code, done.stdout) == (1, "")
    assert "hãy nêu hai đối tượng khác nhau" in done.stderr
