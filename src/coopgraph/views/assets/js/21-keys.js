/* The keyboard: walking the map, and the keys that work everywhere. */

const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
let walkHome = "";
let walkAt = -1;

/** The nearest entity in a direction; what lies aside counts double. */
function nearest(from, [dx, dy]) {
  const here = drawn.places.get(from);
  const cost = (place) => {
    const [x, y] = [place.x - here.x, place.y - here.y];
    const ahead = x * dx + y * dy;
    return ahead > 4 ? ahead + 2 * Math.abs(x * dy - y * dx) : Infinity;
  };
  const best = drawn.sight.nodes
    .filter((entity) => entity.id !== from)
    .map((entity) => ({ id: entity.id, cost: cost(drawn.places.get(entity.id)) }))
    .sort((a, b) => a.cost - b.cost)[0];
  return best && best.cost < Infinity ? best.id : from;
}

/** Chooses an entity from the keyboard. */
function step(id) {
  openEntity(id);
  keepInSight(id);
  canvas.focus({ preventScroll: true });
}

/** Goes through the relatives of the entity where the walk began. */
function relative(by) {
  const start =
    state.node === walkHome ||
    !drawn.sight.edges.some((r) => [r.source, r.target].includes(walkHome) && across(r, walkHome) === state.node)
      ? state.node
      : walkHome;
  if (start !== walkHome) walkAt = -1;
  walkHome = start;
  const near = [
    ...new Set(drawn.sight.edges.filter((r) => r.source === start || r.target === start).map((r) => across(r, start))),
  ];
  if (!near.length) return;
  walkAt = (walkAt + by + near.length + (walkAt < 0 && by < 0 ? 1 : 0)) % near.length;
  step(near[walkAt]);
}

/** Keys on the map itself. */
function mapKey(event) {
  const way = WAYS[event.key];
  if (way && event.shiftKey) {
    const { x, y } = net.getViewPosition();
    const by = 90 / net.getScale();
    net.moveTo({ position: { x: x + way[0] * by, y: y + way[1] * by }, animation: false });
    return true;
  }
  const here = drawn.places.has(state.node) ? state.node : "";
  if (way) {
    step(here ? nearest(here, way) : drawn.sight.nodes[0]?.id || state.node);
    return true;
  }
  const acts = {
    "+": () => zoom(1.25),
    "=": () => zoom(1.25),
    "-": () => zoom(0.8),
    0: () => fit([...drawn.places.values()]),
    Enter: () => document.getElementById("card-head")?.focus(),
    ...(here
      ? {
          n: () => relative(1),
          p: () => relative(-1),
          f: () => focusOn(here),
          "[": () => setEnd("from", here),
          "]": () => setEnd("to", here),
        }
      : {}),
    ...(state.focus ? { x: () => change({ hops: 3 - state.hops }) } : {}),
  };
  if (!acts[event.key] || (!state.keys && /^[a-z[\]]$/.test(event.key))) return false;
  acts[event.key]();
  return true;
}

/** Escape leaves one thing at a time: menu, panel, card, focus, path. */
function leave() {
  if (document.body.classList.contains("side-open")) {
    document.body.classList.remove("side-open");
    document.getElementById("filters").focus();
    return;
  }
  if (state.focus && (state.node === state.focus || !(state.node || state.edge))) change({ focus: "", node: "" });
  else if (state.node || state.edge) change({ node: "", edge: "" });
  else if (state.from || state.to) change({ from: "", to: "" });
}

/** True while the reader writes. */
function writing(target) {
  return (
    target.matches("input:not([type=checkbox]):not([type=range]), textarea, select") ||
    Boolean(target.closest("dialog[open]"))
  );
}

/** Connects the keyboard. */
function wireKeys() {
  canvas.addEventListener("keydown", (event) => {
    if (!event.ctrlKey && !event.metaKey && !event.altKey && mapKey(event)) event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (event.key === "Escape") leave();
    if (event.key !== "/" || !state.keys || writing(event.target)) return;
    event.preventDefault();
    if (PHONE.matches) document.body.classList.add("side-open");
    box.focus();
    box.select();
  });
}

/** Shows the help: the keys, and a switch for those of one letter. */
function showHelp() {
  const help = document.getElementById("help");
  const lines = KEYS_HELP.flatMap(([keys, en, vi]) => [
    make(
      "dt",
      {},
      ...keys.split(" ").map((key) => (key === "+" && keys.startsWith("Shift") ? " + " : make("kbd", {}, key))),
    ),
    make("dd", {}, state.lang === "vi" ? vi : en),
  ]);
  const single = make("input", {
    type: "checkbox",
    checked: state.keys,
    onchange: (event) => {
      state.keys = event.target.checked;
    },
  });
  fill(
    help,
    make("h2", { id: "help-head" }, t("keys")),
    make("dl", {}, ...lines),
    make("label", { className: "tick" }, single, t("keysOn")),
    make("p", { className: "hint" }, t("timeHint")),
    make(
      "div",
      { className: "buttons" },
      make("button", { type: "button", className: "main", onclick: () => help.close() }, t("close")),
    ),
  );
  help.showModal();
}
