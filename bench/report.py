"""Writes what was measured as a page: the wanted ratios, then every figure, then how it was measured."""

import os
import platform
from collections.abc import Callable, Iterable, Mapping
from math import exp, log
from pathlib import Path
from statistics import median
from typing import Any

from plot import Line, plot

Answer = dict[str, Any]
TEMPLATE = Path(__file__).with_name("bench.md.txt")
US, RAW = "coopgraph", "pyoxigraph"


def took(answer: Mapping[str, Any] | None, key: str = "seconds") -> float | None:
    """Give the best of what was measured, or nothing when it was late or wrong."""
    value = (answer or {}).get(key)
    return min(value, default=None) if isinstance(value, list) else value


def cell(value: float | None, answer: Mapping[str, Any] | None = None) -> str:
    """Write a figure; in the place of one that is missing, why."""
    if value is not None:
        digits = 0 if value >= 100 else 1 if value >= 10 else 2  # noqa: PLR2004
        return f"{value:,.{digits}f}"
    answer = answer or {}
    if "late" in answer:
        return f"> {answer['late']:g} s"
    if "gone" in answer:
        return "not loaded"
    return f"failed: {answer['wrong'].replace('|', '/')[:60]}" if "wrong" in answer else "not measured"


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Write a Markdown table: names to the left, figures to the right."""
    listed = list(heads)
    lines = [listed, ["---", *["---:"] * (len(listed) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def short(size: str) -> str:
    """Write a size as a power of ten.

    >>> short("100000"), short("3000000")
    ('10⁵', '3·10⁶')
    """
    zeros = len(size) - len(size.rstrip("0"))
    power = "10" + str(zeros).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return power if size.rstrip("0") == "1" else f"{size.rstrip('0')}·{power}"


def times(found: Answer, engine: str) -> dict[str, float | None]:
    """Give the best milliseconds of each question for an engine; what it answered otherwise than others has none."""
    asked = found["engines"].get(engine, {"queries": {}})["queries"]
    return {
        name: None if differs(found["engines"], name, answer) else took(answer, "times")
        for name, answer in asked.items()
    }


def differs(engines: Answer, query: str, answer: Answer) -> bool:
    """Tell whether an answer has other rows than raw pyoxigraph's; which hundred come first is left to the engine."""
    known = engines.get(RAW, {"queries": {}})["queries"].get(query, {})
    key = "rows" if "first" in query else "digest"
    return key in answer and key in known and answer[key] != known[key]


def ratios(found: Answer, over: str, under: str) -> list[float]:
    """Give how many times as long one engine took as another, for each question that both answered."""
    one, other = times(found, over), times(found, under)
    return sorted(one[name] / other[name] for name in one if one[name] and other.get(name))


def geometric(values: list[float]) -> float | None:
    """Give the geometric mean."""
    return exp(sum(map(log, values)) / len(values)) if values else None


def questions(found: Answer) -> str:
    """Write the milliseconds of every question on every engine, and the means beside rdflib."""
    engines = found["engines"]
    if not engines:
        return "Not asked."
    names = next(iter(engines.values()))["queries"]
    rows = [
        [
            name,
            *(
                "other rows"
                if differs(engines, name, one["queries"][name])
                else cell(took(one["queries"][name], "times"), one["queries"][name])
                for one in engines.values()
            ),
        ]
        for name in names
    ]
    mean = [(ratios(found, "rdflib", name) if name != "rdflib" else []) for name in engines]
    rows.append(["**times quicker than rdflib, geometric mean**", *(_mean(values, len(names)) for values in mean)])
    rows.append(["**the same, median**", *(cell(median(values)) if values else "—" for values in mean)])
    return table(["ms", *engines], rows) + "\n\n" + _differences(engines)


def _mean(values: list[float], asked: int) -> str:
    if not values:
        return "—"
    return f"**{cell(geometric(values))}**" + (f" (of {len(values)})" if len(values) < asked else "")


def _differences(engines: Answer) -> str:
    """Say where an engine gave other rows than raw pyoxigraph; which hundred statements come first is left to it."""
    wrong = []
    for name, one in engines.items():
        for query, answer in one["queries"].items():
            if differs(engines, query, answer):
                known = engines[RAW]["queries"][query]
                wrong.append(f"{name} on {query} ({answer['rows']:,} rows against {known['rows']:,})")
    return f"Other rows than raw pyoxigraph: {'; '.join(wrong)}." if wrong else "All gave the same rows."


def loads(results: Answer) -> str:
    """Write how long loading takes at every size."""
    names = next(iter(results.values()), {"engines": {}})["engines"]
    rows = []
    for name in names:
        cells = []
        for size, found in results.items():
            load = found["engines"].get(name, {}).get("load")
            seconds = took(load, "load")
            memory = f", {load['peak']:,.0f} MiB" if seconds and name not in APART else ""
            rate = f" ({int(size) / seconds / 1000:,.0f} k/s{memory})" if seconds else ""
            cells.append(cell(seconds, load) + rate)
        rows.append([name, *cells])
    return table(["s", *map(short, results)], rows)


def single(results: Answer, lines: Mapping[str, tuple[str, str]]) -> str:
    """Write tasks at every size: name → task and the figure in it."""
    rows = []
    for name, (task, key) in lines.items():
        cells = [(found["tasks"].get(task), key) for found in results.values()]
        rows.append([name, *(cell(took(answer, key), answer) for answer, key in cells)])
    return table(["", *map(short, results)], rows)


def ratio(over: Callable[[Answer], float | None], under: Callable[[Answer], float | None]) -> Callable[..., Any]:
    """Make a function that divides two figures of a size where both are there."""

    def divided(found: Answer) -> float | None:
        one, other = over(found), under(found)
        return one / other if one and other else None

    return divided


def task(name: str, key: str = "seconds") -> Callable[[Answer], float | None]:
    """Make a function that takes a figure out of a task."""
    return lambda found: took(found["tasks"].get(name), key)


def load(engine: str) -> Callable[[Answer], float | None]:
    """Make a function that takes an engine's time of loading."""
    return lambda found: took(found["engines"].get(engine, {}).get("load"), "load")


def middle(over: str, under: str) -> Callable[[Answer], float | None]:
    """Make a function that gives the median ratio of the questions."""
    return lambda found: median(values) if (values := ratios(found, over, under)) else None


def texts(key: str) -> Callable[[Answer], float | None]:
    """Make a function that gives the median over the texts that were searched."""
    return lambda found: median(found["tasks"]["search"][key]) if key in found["tasks"].get("search", {}) else None


def pairs(name: str) -> Callable[[Answer], float | None]:
    """Make a function that gives how much sooner a question that pairs things is counted than joined, first rows."""
    return ratio(task("pairs", f"{name} sparql"), task("pairs", f"{name} first"))


WANTED: tuple[tuple[str, Callable[[Answer], float | None], str, float, tuple[str, ...]], ...] = (
    (
        "cold `coopgraph ask` / `python -c 'import click, pyoxigraph'`",
        ratio(task("cold", "ask"), task("cold", "imports")),
        "≤",
        1.5,
        ("10000", "100000", "1000000"),
    ),
    (
        "script that reads Turtle with rdflib / cold `coopgraph ask`",
        ratio(task("cold rdflib", "script"), task("cold rdflib", "ask")),
        "≥",
        5,
        ("10000",),
    ),
    ("the same at 10⁵", ratio(task("cold rdflib", "script"), task("cold rdflib", "ask")), "≥", 50, ("100000",)),
    ("18 questions, our API in memory / raw pyoxigraph, median", middle(US, RAW), "≤", 1.25, ("100000",)),
    ("the same inside one process, on disk", middle("coopgraph, here", "pyoxigraph, disk"), "≤", 1.25, ("100000",)),
    ("18 questions, rdflib / our API, median", middle("rdflib", US), "≥", 30, ("100000",)),
    (
        "label search, CONTAINS / our index",
        ratio(texts("contains"), texts("index")),
        "≥",
        20,
        ("100000",),
    ),
    (
        "country pairs (`analyse partners`), SPARQL in memory / counted",
        pairs("partner-intensity"),
        "≥",
        50,
        ("100000",),
    ),
    (
        "loading N-Quads, `coopgraph load` / raw bulk load",
        ratio(task("load", "ours"), task("load", "raw")),
        "≤",
        1.2,
        ("100000", "1000000"),
    ),
    (
        "rows of a table a second, ours / morph-kgc",
        ratio(task("lift", "rate"), task("lift morph-kgc", "rate")),
        "≥",
        2,
        ("1000000",),
    ),
    ("Turtle export, rdflib / ours", ratio(task("export rdflib"), task("export")), "≥", 10, ("1000000",)),
)
GROWING = {"build": "build", "load": "`coopgraph load` of N-Quads", "lift": "`coopgraph load` of a table",
           "export": "`coopgraph export nq`"}  # fmt: skip
"""What may cost less than twice as much per statement at the largest size as at the smallest: task → its name."""
SLOWEST = 2
LARGEST = 10**7
"""The size to which costs are wanted to grow so slowly; a smaller one can only show that it is missed."""
APART = ("coopgraph", "coopgraph, disk", "Oxigraph server", "Virtuoso")
"""Engines that keep the graph in a process beside the measured one, whose memory is not seen."""


def wanted(results: Answer, growth: Answer) -> str:
    """Write the wanted ratios with what was measured, and whether it is enough; `growth` is measured apart."""
    rows = []
    for name, measure, sign, goal, sizes in WANTED:
        found = {size: measure(results[size]) if size in results else None for size in sizes}
        shown = ", ".join(f"{cell(value)} at {short(size)}" for size, value in found.items())
        bad = any(value is not None and (value > goal if sign == "≤" else value < goal) for value in found.values())
        verdict = "**missed**" if bad else "not measured" if None in found.values() else "met"
        rows.append([name, f"{sign} {goal:g}", shown, verdict])
    rows += (growth_wanted(f"{said}: cost per statement grows by", name, growth) for name, said in GROWING.items())
    return table(["", "wanted", "measured", ""], rows)


def growth_wanted(said: str, name: str, growth: Answer) -> list[str]:
    """Say how the cost of a statement grows from the smallest size to the largest that was done."""
    known = {int(size): cost for size, found in growth.items() if (cost := per_statement(size, found, name))}
    if len(known) < 2:  # noqa: PLR2004
        return [said, f"< {SLOWEST}", "not measured", "not measured"]
    small, large = min(known), max(known)
    value = known[large] / known[small]
    enough = "met" if large >= LARGEST else f"not measured to {short(str(LARGEST))}"
    verdict = "**missed**" if value >= SLOWEST else enough
    return [said, f"< {SLOWEST}", f"{cell(value)} from {short(str(small))} to {short(str(large))}", verdict]


def per_statement(size: str, found: Answer, name: str) -> float | None:
    """Give the microseconds that a statement cost."""
    seconds = took(found["tasks"].get(name))
    return seconds and seconds / int(size) * 1e6


def grown(growth: Answer) -> str:
    """Write what a statement costs at every size, and the most memory that a process took."""
    rows = []
    for name, said in GROWING.items():
        cells = []
        for size, found in growth.items():
            task = found["tasks"].get(name, {})
            memory = f" ({task['peak']:,.0f} MiB)" if "peak" in task else ""
            cells.append(cell(per_statement(size, found, name), task) + memory)
        rows.append([said, *cells])
    return table(["µs per statement", *map(short, growth)], rows) if growth else "Not measured."


def busy(results: Answer) -> str:
    """Say how busy the machine was at each size."""
    return "; ".join(
        f"{short(size)} {found['before'][0]:.1f} before, {found['after'][0]:.1f} after"
        f" ({found['quads']:,} quads{', ' + found['when'] if 'when' in found else ''})"
        for size, found in results.items()
    )


def machine(results: Answer) -> str:
    """Say on what it was measured, with which versions, and how busy the machine was."""
    cpu = Path("/proc/cpuinfo").read_text(encoding="utf-8") if Path("/proc/cpuinfo").exists() else ""
    names = [text.partition(":")[2].strip() for text in cpu.splitlines() if text.startswith("model name")]
    versions = {
        name: one["load"].get("version") for found in results.values() for name, one in found["engines"].items()
    }
    said = ", ".join(f"{name} {one}" for name, one in versions.items() if one and "," not in name)
    return (
        f"{names[0] if names else platform.processor()}, {os.cpu_count()} cores, {platform.system()}, Python "
        f"{platform.python_version()}; {said}. Load of the machine over one minute (the measuring itself makes about "
        f"1): {busy(results)}"
    )


PAIRED = {"partner-intensity": "partners", "co-attendance": "co-attendance", "met-whom": "met-whom"}
KEYS = {"sparql": "in SPARQL, in memory, ms", "all": "counted, all rows with their facts, ms",
        "first": "counted, the first 20 rows, ms"}  # fmt: skip
PAIRS = {f"{PAIRED[name]}: {said}": ("pairs", f"{name} {key}") for name in PAIRED for key, said in KEYS.items()} | {
    "making the tables, once, s": ("pairs", "made")
}
LOAD = {"`coopgraph load`, s": ("load", "ours"), "raw `bulk_load`, s": ("load", "raw")}
LIFT = {
    "coopgraph, rows a second": ("lift", "rate"),
    "morph-kgc, rows a second": ("lift morph-kgc", "rate"),
    "coopgraph, statements": ("lift", "statements"),
    "morph-kgc, statements": ("lift morph-kgc", "statements"),
}
BUILD = {"from nothing, s": ("build", "seconds"), "one document changed, s": ("build", "again"),
         "statements": ("build", "statements")}  # fmt: skip
COSTS = {
    "build": task("build"),
    "load, coopgraph": task("load", "ours"),
    "load, raw pyoxigraph": task("load", "raw"),
    "load, rdflib": load("rdflib"),
    "Turtle, coopgraph": task("export"),
    "Turtle, rdflib": task("export rdflib"),
}


def costs(results: Answer) -> dict[str, Line]:
    """Give microseconds per statement at every size."""
    return {
        name: [(int(size), cost / int(size) * 1e6) for size, found in results.items() if (cost := measure(found))]
        for name, measure in COSTS.items()
    }


def report(results: Answer, page: Path, note: str = "") -> None:
    """Write the page, and its plot beside it; `note` says what is particular about this measuring."""
    growth = dict(results.get("growth", {}))
    when = growth.pop("when", "")
    results = {size: results[size] for size in sorted(results.keys() - {"growth"}, key=int)}
    picture = page.with_name("pictures") / "bench.svg"
    picture.parent.mkdir(parents=True, exist_ok=True)
    picture.write_text(plot(costs(results), "µs per statement", "statements"), encoding="utf-8", newline="\n")
    sizes = [f"### {short(size)} statements\n\n{questions(found)}" for size, found in results.items()]
    cold = {
        "`import click, pyoxigraph`": ("cold", "imports"), "`coopgraph ask QUESTION`": ("cold", "ask"),
        "`coopgraph ask` (the list)": ("cold", "list"), "rdflib: parse Turtle and ask": ("cold rdflib", "script"),
    }  # fmt: skip
    export = {"coopgraph, s": ("export", "seconds"), "rdflib, s": ("export rdflib", "seconds")}
    text = TEMPLATE.read_text(encoding="utf-8").format(
        wanted=wanted(results, growth), growth=grown(growth), grew=f"{when}; {busy(growth)}" if growth else "not done",
        questions="\n\n".join(sizes), loads=loads(results), cold=single(results, cold),
        export=single(results, export), search=_search(results), machine=machine(results),
        note=note and f"\n**{note}**\n",
        pairs=single(results, PAIRS), load=single(results, LOAD), lift=single(results, LIFT),
        build=single(results, BUILD), costs=table(["µs per statement", *map(short, results)], _cost_rows(results)),
    )  # fmt: skip
    page.write_text(text, encoding="utf-8", newline="\n")


def _cost_rows(results: Answer) -> Iterable[list[str]]:
    for name, line in costs(results).items():
        known = dict(line)
        yield [name, *(cell(known.get(int(size))) for size in results)]


def _search(results: Answer) -> str:
    """Write how long names are looked for, the median over the texts."""
    said = {"our index, ms": "index", "CONTAINS in memory, ms": "contains"}
    rows = [
        [name, *(cell(texts(key)(found), found["tasks"].get("search")) for found in results.values())]
        for name, key in said.items()
    ]
    return table(["", *map(short, results)], rows)
