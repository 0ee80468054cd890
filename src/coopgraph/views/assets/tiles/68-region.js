/* The region as a view: countries that open their card and show their own links, links that open what the two share. */

const region = { country: 0, link: 0, tiles: [], links: [] };

/** The types that count at present, in words. */
function countedTypes() {
  return gridTypes()
    .filter((type) => !state.offTypes.has(type.key))
    .map((type) => say(type.labels))
    .join(", ");
}

/** Which links are drawn, in words. */
function linkNote({ all, drawn, one }) {
  if (!all.length) return t("noLinks");
  if (one) return t("ownLinks", nameOf(entityOf.get(one)), drawn.length);
  return drawn.length < all.length ? t("topLinks", drawn.length, all.length) : t("allLinks", all.length);
}

/** What stands above: what counts, which links are drawn, how to come back to the strongest. */
function regionHead(links) {
  const tick = (type, n) =>
    make(
      "label",
      { className: "tick" },
      make("input", {
        type: "checkbox",
        id: `count-${n}`,
        checked: !state.offTypes.has(type.key),
        onchange: (event) => toggle("offTypes", type.key, event.target.checked),
      }),
      data(type.labels, "span"),
    );
  const back = () => change({ node: "", focus: "" });
  return [
    make("h2", { className: "unseen" }, t("tiles")),
    make("div", { className: "bar", role: "group", "aria-label": t("counted") }, ...gridTypes().map(tick), heatLegend(links)),
    make(
      "div",
      { className: "bar" },
      make("span", { className: "hint" }, linkNote(links)),
      links.one ? make("button", { type: "button", id: "strongest", onclick: back }, t("strongest")) : null,
    ),
  ];
}

/** The attributes of what can be reached and opened. */
function regionAbout(kind, item, number, links) {
  if (kind === "links") return { role: "group", "aria-label": t("linksName") };
  if (kind === "link") return { id: `link-${number}`, "data-link": number, role: "button", tabindex: -1 };
  return {
    id: `country-${number}`,
    "data-country": item.id,
    role: "button",
    tabindex: -1,
    "aria-label": tileName(item.id, links.totals.get(item.id) || 0),
    "aria-pressed": String(item.id === links.one),
  };
}

/** Shows the region. */
function showRegion() {
  const view = document.getElementById("view-tiles");
  const links = linksInSight();
  const top = view.scrollTop;
  keeping(view, () => {
    fill(view, ...regionHead(links));
    const room = view.clientHeight - [...view.children].reduce((sum, child) => sum + child.offsetHeight, 0) - 56;
    const places = placeTiles(Math.max(300, view.clientWidth), room);
    Object.assign(region, { tiles: places.tiles, links: links.drawn });
    const sheet = { width: places.width, height: places.height, role: "group", "aria-label": t("tilesName"), "font-family": FONT };
    const about = (kind, item, number) => regionAbout(kind, item, number, links);
    view.append(
      shape("svg", sheet, ...regionShapes(places, links, dark(), about)),
      make("p", { className: "hint foot" }, t(raw.outlines ? "shapesNote" : "tilesNote")),
    );
  });
  view.scrollTop = top;
  const chosen = region.tiles.findIndex((tile) => tile.id === links.one);
  regionStop("country", chosen >= 0 ? chosen : Math.min(region.country, region.tiles.length - 1));
  regionStop("link", Math.min(region.link, region.links.length - 1));
}

/** The one country, or the one link, that the Tab key reaches. */
function regionStop(kind, number) {
  document.getElementById(`${kind}-${region[kind]}`)?.setAttribute("tabindex", -1);
  region[kind] = Math.max(0, number);
  document.getElementById(`${kind}-${region[kind]}`)?.setAttribute("tabindex", 0);
}

/** Opens a country with its links, or what two countries share. */
function openInRegion(element) {
  if (element.dataset.country) {
    regionStop("country", region.tiles.findIndex((tile) => tile.id === element.dataset.country));
    openEntity(element.dataset.country);
  } else {
    regionStop("link", Number(element.dataset.link));
    change({ pair: region.links[element.dataset.link].key, node: "", edge: "" });
  }
}

/** The nearest country in the direction of an arrow key; what lies far aside only if there is no other. */
function nextTile(key) {
  const [x, y] = middleOf(region.tiles[region.country]);
  const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key];
  const far = (tile) => {
    const [u, v] = middleOf(tile);
    const [along, aside] = [(u - x) * dx + (v - y) * dy, Math.abs((u - x) * dy) + Math.abs((v - y) * dx)];
    return along > 4 ? along + 2 * aside + (aside > 0.8 * along ? 5000 : 0) : Infinity;
  };
  const best = region.tiles.map(far);
  const least = Math.min(...best);
  return least < Infinity ? best.indexOf(least) : -1;
}

/** The next link for an arrow key: the next weaker, or stronger. */
function nextLink(key) {
  return region.link + (key === "ArrowRight" || key === "ArrowDown" ? 1 : -1);
}

/** Keys on a country or a link. */
function regionKey(event) {
  const element = event.target.closest?.("[data-country], [data-link]");
  if (!element || event.ctrlKey || event.metaKey || event.altKey) return;
  const kind = element.dataset.country ? "country" : "link";
  if (event.key === "Enter" || event.key === " ") openInRegion(element);
  else if (!event.key.startsWith("Arrow")) return;
  else {
    const next = kind === "country" ? nextTile(event.key) : nextLink(event.key);
    const found = document.getElementById(`${kind}-${next}`);
    if (found) regionStop(kind, next);
    found?.focus();
  }
  event.preventDefault();
}

/** Connects countries and links. */
function wireRegion() {
  const view = document.getElementById("view-tiles");
  view.addEventListener("click", (event) => {
    const element = event.target.closest("[data-country], [data-link]");
    if (element) openInRegion(element);
  });
  view.addEventListener("keydown", regionKey);
}

/** Brings a country into view. */
function revealInRegion(id) {
  const number = region.tiles.findIndex((tile) => tile.id === id);
  document.getElementById(`country-${number}`)?.scrollIntoView({ block: "center" });
}

/** The relations that are listed on paper: of the pair or the country that is open, else of all links drawn. */
function regionLines(sight) {
  const { drawn, asked, one } = linksInSight();
  const ids = new Set(asked ? asked.split("|") : one ? [one] : drawn.flatMap((link) => link.ends));
  return sight.lines.filter((relation) => ids.has(relation.source));
}

/** How many of the pairs are drawn. */
function regionCounts() {
  const { drawn, all } = linksInSight();
  return [t("linksDrawn", drawn.length, all.length)];
}

VIEWS.tiles = {
  wire: wireRegion,
  show: showRegion,
  picture: regionPicture,
  lines: regionLines,
  reveal: revealInRegion,
  home: () => document.getElementById(`country-${region.country}`),
  counts: regionCounts,
  fluid: true,
  keys: [["← → ↑ ↓", "nearest country, next link", "nước gần nhất, đường kế tiếp"]],
};
