/* The map as a view: its buttons, its events, what it offers to the rest of the page. */

const ZOOMS = { in: () => zoom(1.25), out: () => zoom(0.8), fit: () => fit([...drawn.places.values()]) };

/** What stands over the canvas: how to use it, the banner, the buttons that zoom. */
function mapTools() {
  const button = (way, word, signs) =>
    make(
      "button",
      { type: "button", "data-zoom": way, "data-t-label": word, onclick: () => ZOOMS[way]() },
      make("span", { "aria-hidden": "true" }, signs),
    );
  return [
    make("p", { id: "map-how", className: "unseen", "data-t": "mapHow" }),
    make("div", { id: "banner", className: "banner", hidden: true }),
    make(
      "div",
      { className: "zoom" },
      button("in", "zoomIn", "+"),
      button("out", "zoomOut", "−"),
      button("fit", "zoomFit", "⤢"),
    ),
  ];
}

/** What stands over the map in focus: on whom, how far around, and the way out. */
function focusBanner() {
  const hops = (number) => {
    const act = { onclick: () => change({ hops: number }), "aria-pressed": String(state.hops === number) };
    return make("button", { type: "button", id: `hops-${number}`, ...act }, t(`hops${number}`));
  };
  const out = () => {
    change({ focus: "" });
    canvas.focus();
  };
  const name = bare(elide(nameOf(entityOf.get(state.focus)), 60));
  const away = make("button", { type: "button", id: "leave", onclick: out }, t("leave"));
  return [make("strong", {}, t("focusOn", name)), hops(1), hops(2), away];
}

/** Shows the banner if there is a focus or nothing to see. */
function showBanner(sight) {
  const banner = document.getElementById("banner");
  banner.hidden = !state.focus && sight.nodes.length > 0;
  if (state.focus) keeping(banner, () => fill(banner, ...focusBanner()));
  else fill(banner, make("span", {}, t("empty")));
}

/** Shows the map. */
function showMap(sight) {
  showBanner(sight);
  draw(sight);
}

/** Connects the canvas with the state. */
function wireMap() {
  canvas.firstElementChild?.removeAttribute("tabindex");
  net.on("click", ({ pointer }) => {
    const node = net.getNodeAt(pointer.DOM) || "";
    change({ node, edge: (!node && net.getEdgeAt(pointer.DOM)) || "", pair: "" });
    net.unselectAll();
  });
  net.on("doubleClick", ({ pointer }) => {
    const node = net.getNodeAt(pointer.DOM);
    if (node) focusOn(node);
  });
  net.on("hoverNode", ({ node }) => hover(node));
  net.on("blurNode", () => hover(""));
  net.on("hoverEdge", ({ edge }) => hover(edge));
  net.on("blurEdge", () => hover(""));
  net.on("dragEnd", ({ nodes }) => {
    for (const id of nodes) Object.assign(drawn.places.get(id), net.getPositions([id])[id]);
  });
  canvas.addEventListener("keydown", (event) => {
    if (!event.ctrlKey && !event.metaKey && !event.altKey && mapKey(event)) event.preventDefault();
  });
  window.__net = net;
  net.on("afterDrawing", (context) => drawLabels(context));
  net.on("resize", () => {
    if (!drawn.fitted) {
      fit([...drawn.places.values()]);
      drawn.fitted = canvas.clientWidth > 0;
    }
  });
}

/** The relations that a printed map lists: those that stand out, else all in sight. */
function mapLines(sight) {
  return sight.edges.filter((relation) => !drawn.light || drawn.light.edges.has(relation.id));
}

VIEWS.map = {
  wire: wireMap,
  show: showMap,
  picture,
  lines: mapLines,
  reveal: showAround,
  home: () => canvas,
  keys: MAP_KEYS,
};
