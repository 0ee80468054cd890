"""Our maps beside stock pyvis: the same graphs, the same browser, two cores.  `make bench-maps`; the answer is a page.

For each size: how long until the page can be used, how many frames a second while the map is moved, how long from a
keystroke in the search box to its answer on the screen, how big the file is.
"""

import argparse
import os
import platform
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import TimeoutError as TooLong
from region import maps
from sample import sample

from coopgraph.views import VIEWS
from coopgraph.views.model import MapModel, say

CORES = 2
PATIENCE = 90
ASKED = ["m", "mi", "min", "ministry for dig", "hoi thao", "bộ phụ trách", "zzz"]
ARGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
NOW = "() => performance.now()"
MOVED = """async net => {
    let frames = 0;
    const from = net.getViewPosition();
    const count = () => { frames += 1; };
    const frame = () => new Promise(requestAnimationFrame);
    net.on("afterDrawing", count);
    const start = performance.now();
    while (performance.now() - start < 2500) {
        const angle = (performance.now() - start) / 200;
        net.moveTo({ position: { x: from.x + 90 * Math.cos(angle), y: from.y + 90 * Math.sin(angle) } });
        await frame();
    }
    net.off("afterDrawing", count);
    return frames / (performance.now() - start) * 1000;
}"""
TYPED = """async texts => {
    const box = document.getElementById("search");
    const shown = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    const times = [];
    for (const text of texts) {
        await shown();
        const start = performance.now();
        box.value = text;
        box.dispatchEvent(new Event("input", { bubbles: true }));
        await shown();
        times.push(performance.now() - start);
    }
    return times;
}"""


@dataclass
class Measured:
    """What was seen of one page: seconds to write it, its bytes, and what each opening gave."""

    written: float
    size: int
    ready: list[float] = field(default_factory=list)
    frames: list[float] = field(default_factory=list)
    keystroke: list[float] = field(default_factory=list)
    gave_up: bool = False


@dataclass(frozen=True)
class Kind:
    """A way to draw: who writes the page, when it is ready, where its network is, if it can be searched."""

    write: Callable[[MapModel], str]
    ready: str
    net: str
    searched: bool


def ours(model: MapModel) -> str:
    """Write our map."""
    return VIEWS["map"](model, "en")


def stock(model: MapModel) -> str:
    """Write what pyvis gives by itself: labels, names to hover over, a colour for each kind, everything in one file."""
    from pyvis.network import Network

    net = Network(height="900px", width="100%", directed=True, cdn_resources="in_line")
    for node in model.nodes:
        net.add_node(node.id, label=say(node.short, "en"), title=say(node.labels, "en"), group=node.kind)
    for edge in model.edges:
        net.add_edge(edge.source, edge.target, title=say(edge.labels, "en"))
    return net.generate_html(notebook=False)


KINDS = {
    "ours": Kind(ours, "() => window.__ready", "__net", searched=True),
    "pyvis": Kind(stock, "() => window.network && network.physics.ready", "network", searched=False),
}


def written(kind: Kind, model: MapModel, file: Path) -> Measured:
    """Write a page and take its time and size."""
    start = time.perf_counter()
    html = kind.write(model)
    file.write_text(html, encoding="utf-8", newline="\n")
    return Measured(time.perf_counter() - start, file.stat().st_size)


def opened(browser: Browser, kind: Kind, file: Path, found: Measured, patience: float) -> None:
    """Open a page without a network and add what is measured."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True)
    try:
        page = context.new_page()
        start = time.perf_counter()
        page.goto(file.as_uri(), wait_until="commit", timeout=patience * 1000)
        page.wait_for_function(kind.ready, timeout=patience * 1000)
        seen = page.evaluate(NOW) / 1000
        if time.perf_counter() - start > patience:
            found.gave_up = True
            return
        found.ready.append(seen)
        used(page, kind, found)
    except TooLong:
        found.gave_up = True
    finally:
        context.close()


def used(page: Page, kind: Kind, found: Measured) -> None:
    """Move the map, and search."""
    page.wait_for_timeout(300)
    found.frames.append(page.evaluate(f"({MOVED})({kind.net})"))
    if kind.searched:
        found.keystroke.append(max(page.evaluate(TYPED, ASKED)))


def chromium() -> str:
    """Find the browser; StopIteration where there is none."""
    return next(path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name)))


def measured(graphs: Mapping[str, MapModel], rounds: int, patience: float) -> dict[str, dict[str, Measured]]:
    """Measure every graph in turn, a real one in ours alone; what gave up once is not opened again."""
    answer: dict[str, dict[str, Measured]] = {}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as player:
        for size, model in graphs.items():
            answer[size] = {}
            for name, kind in KINDS.items():
                if name == "pyvis" and "real" in size:
                    continue
                file = Path(folder) / f"{name}-{size}.html"
                found = answer[size][name] = written(kind, model, file)
                for _ in range(rounds):
                    if found.gave_up:
                        break
                    browser = player.chromium.launch(executable_path=chromium(), args=ARGS)
                    opened(browser, kind, file, found, patience)
                    browser.close()
                print(size, name, found, flush=True)
    return answer


def both(values: list[float], best: Callable[[list[float]], float], digits: int) -> str:
    """Write the best and the median of several measurements."""
    return f"{best(values):.{digits}f} / {statistics.median(values):.{digits}f}" if values else "—"


def line(size: str, name: str, found: Measured, patience: float) -> str:
    """Write one line of the table."""
    late = f"not within {patience:.0f}"
    ready = both(found.ready, min, 2) if found.ready else late
    if found.ready and found.gave_up:
        ready = f"{ready}, once {late}"
    cells = [
        size,
        name,
        ready,
        both(found.frames, max, 0),
        both(found.keystroke, min, 0) if found.keystroke or name == "ours" else "no search",
        f"{found.size / 1e6:.2f}",
        f"{found.written:.1f}",
    ]
    return f"| {' | '.join(cells)} |"


def ratio(size: str, found: dict[str, Measured], patience: float) -> str:
    """Write how many times sooner and smoother ours is, by the medians."""
    mine, other = found["ours"], found["pyvis"]
    waited = [*other.ready, *([patience] if other.gave_up else [])]
    sooner = f"{'> ' if other.gave_up else ''}{statistics.median(waited) / statistics.median(mine.ready):.1f} ×"
    moved = (
        f"{statistics.median(mine.frames) / statistics.median(other.frames):.1f} ×"
        if mine.frames and other.frames
        else "—"
    )
    return f"| {size} | {sooner} | {moved} | {mine.size / other.size:.2f} × |"


def machine() -> str:
    """Say on what it was measured."""
    cpu = Path("/proc/cpuinfo").read_text(encoding="utf-8") if Path("/proc/cpuinfo").exists() else ""
    names = [text.partition(":")[2].strip() for text in cpu.splitlines() if text.startswith("model name")]
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return (
        f"{names[0] if names else platform.processor()}, {CORES} cores, no GPU, {platform.system()}, "
        f"Python {platform.python_version()}, pyvis {version('pyvis')}; load at the end of the measuring {load} "
        f"(over 1, 5, 15 minutes: above {CORES}, others were using the machine)"
    )


def report(
    graphs: Mapping[str, MapModel], answer: dict[str, dict[str, Measured]], browser: str, rounds: int, patience: float
) -> str:
    """Write the page."""
    rows = [line(size, name, one, patience) for size, found in answer.items() for name, one in found.items()]
    ratios = [ratio(size, found, patience) for size, found in answer.items() if len(found) > 1 and found["ours"].ready]
    counts = ", ".join(f"{size}: {len(model.edges):,}" for size, model in graphs.items())
    return TEMPLATE.read_text(encoding="utf-8").format(
        rows="\n".join(rows), ratios="\n".join(ratios), counts=counts, machine=machine(), browser=browser,
        rounds=rounds, patience=f"{patience:.0f}",
    )  # fmt: skip


TEMPLATE = Path(__file__).with_name("maps.md.txt")


def main() -> None:
    """Read the options, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 300, 500, 2_000, 10_000])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--patience", type=float, default=PATIENCE, help="seconds after which a page is given up")
    parser.add_argument("--graph", type=Path, help="the folder of a graph, to measure maps of it as well")
    parser.add_argument("-o", "--output", type=Path, required=True)
    options = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:CORES])  # the browser inherits it
    graphs = {f"{size:,}": sample(size) for size in options.sizes} | (maps(options.graph) if options.graph else {})
    answer = measured(graphs, options.rounds, options.patience)
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=chromium(), args=ARGS)
        name = f"Chromium {browser.version}, headless"
        browser.close()
    text = report(graphs, answer, name, options.rounds, options.patience)
    options.output.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
