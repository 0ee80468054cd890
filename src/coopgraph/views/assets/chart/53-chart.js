/* The organisation chart as a view: a tree that the keyboard walks, and boxes that open cards. */

const chart = { boxes: [], at: 0, drawn: null };

/** A box to tick: what is shown besides the tree, and how many there are. */
function chartTick(key, number, checked) {
  const box = make("input", {
    type: "checkbox",
    id: `show-${key}`,
    checked,
    onchange: (event) => change({ [key]: event.target.checked ? "1" : "0" }),
  });
  return make("label", { className: "tick" }, box, t("tickN", t(key), number));
}

/** What stands above the chart: the focus and the way out, then what can be shown besides. */
function chartHead({ trees, left }) {
  const focus = entityOf.get(state.focus);
  const found = trees.flatMap((tree) => allOf(tree, "units", "before", "after"));
  const changes = found.filter((body) => ["before", "after"].includes(body.standing));
  return [
    make("h2", { className: "unseen" }, t("chart")),
    make(
      "div",
      { className: "bar" },
      focus ? make("strong", {}, t("focusOn", bare(elide(nameOf(focus), 60)))) : null,
      focus ? make("button", { type: "button", id: "leave", onclick: () => change({ focus: "" }) }, t("leave")) : null,
      changes.length ? chartTick("before", changes.length, state.before === "1") : null,
      left.former.length ? chartTick("former", left.former.length, shows("former", trees)) : null,
      left.later.length ? chartTick("later", left.later.length, shows("later", trees)) : null,
    ),
  ];
}

/** The attributes of a box that can be reached and opened. */
function boxAbout(box, number) {
  return {
    id: `body-${number}`,
    "data-body": number,
    role: "treeitem",
    tabindex: -1,
    "aria-level": box.body.path.length + 1,
    "aria-selected": String(state.node === box.body.entity.id),
    "aria-label": boxName(box),
  };
}

/** Shows the chart. */
function showChart() {
  const view = document.getElementById("view-chart");
  const places = placeChart(Math.max(300, view.clientWidth));
  const colours = chartPaper(dark());
  const top = view.scrollTop;
  chart.boxes = places.boxes;
  chart.drawn = places;
  const sheet = shape(
    "svg",
    { width: places.width, height: Math.ceil(places.height), role: "tree", "aria-label": t("chartName"), "font-family": FONT },
    chartLines(places.lines, colours),
    chartTitles(places.titles, colours),
    ...places.boxes.map((box, number) => boxShape(box, colours, dark(), boxAbout(box, number))),
  );
  const drawing = places.boxes.length ? sheet : make("p", { className: "hint" }, t("empty"));
  keeping(view, () => fill(view, ...chartHead(places), drawing));
  view.scrollTop = top;
  const chosen = chart.boxes.findIndex((box) => box.body.entity.id === state.node);
  chartStop(chosen >= 0 ? chosen : Math.min(chart.at, chart.boxes.length - 1));
}

/** The one box that the Tab key reaches. */
function chartStop(number) {
  document.getElementById(`body-${chart.at}`)?.setAttribute("tabindex", -1);
  chart.at = Math.max(0, number);
  document.getElementById(`body-${chart.at}`)?.setAttribute("tabindex", 0);
}

/** Opens what a box stands for: the body, or for a predecessor the change. */
function openBox(number) {
  const { body } = chart.boxes[number];
  chartStop(number);
  openEntity(body.entity.id);
}

/** The next box for a key, as in any tree: along, up to what is above, down to the first below. */
function nextBox(key) {
  const { boxes, at } = chart;
  const here = boxes[at].body;
  const below = [...changed(here, "before"), ...here.units];
  if (key === "ArrowDown") return at + 1;
  if (key === "ArrowUp") return at - 1;
  if (key === "Home") return 0;
  if (key === "End") return boxes.length - 1;
  if (key === "ArrowRight") return boxes.findIndex((box) => below.includes(box.body));
  return boxes.findIndex((box) => box.body.entity.id === here.path.at(-1));
}

/** Keys on a box. */
function boxKey(event) {
  if (!event.target.dataset?.body || event.ctrlKey || event.metaKey || event.altKey) return;
  const moves = event.key.startsWith("Arrow") || event.key === "Home" || event.key === "End";
  const next = moves ? nextBox(event.key) : -1;
  if (event.key === "Enter" || event.key === " ") openBox(Number(event.target.dataset.body));
  else if (chart.boxes[next]) {
    chartStop(next);
    document.getElementById(`body-${next}`).focus();
  } else if (!moves) return;
  event.preventDefault();
}

/** Connects the boxes. */
function wireChart() {
  const view = document.getElementById("view-chart");
  view.addEventListener("click", (event) => {
    const box = event.target.closest("[data-body]");
    if (box) openBox(Number(box.dataset.body));
  });
  view.addEventListener("keydown", boxKey);
}

/** Brings the box of an entity into view; if it is not drawn, shows what was left out. */
function revealInChart(id) {
  const find = () => chart.boxes.findIndex((box) => box.body.entity.id === id);
  for (const way of ["former", "later"])
    if (chart.drawn.left[way].some((body) => body.entity.id === id) && !shows(way, chart.drawn.trees)) change({ [way]: "1" });
  document.getElementById(`body-${find()}`)?.scrollIntoView({ block: "center", inline: "nearest" });
}

/** How many units the chart draws, and how many it leaves out because they were seen only later. */
function chartCounts() {
  const { trees, left } = placeChart(1240);
  const units = trees.flatMap((tree) => allOf(tree, "units")).length - trees.length;
  return [count("bodies1", "bodiesN", units), left.later.length && !shows("later", trees) ? t("leftOutN", left.later.length) : ""];
}

VIEWS.chart = {
  wire: wireChart,
  show: showChart,
  picture: chartPicture,
  lines: () => chart.boxes.map((box) => box.body.relation).filter(Boolean),
  reveal: revealInChart,
  home: () => document.getElementById(`body-${chart.at}`),
  counts: chartCounts,
  fluid: true,
  timeHint: "chartHint",
  keys: [
    ["↓ ↑", "next, previous", "kế tiếp, trước đó"],
    ["← →", "to the body above, to the first below", "lên cấp trên, xuống đơn vị đầu tiên"],
  ],
};
