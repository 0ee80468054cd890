/* The timeline as a view: lanes under each other, the axis on top, bars that open cards. */

const timeline = { bars: [], at: 0, width: 0 };

/** What the shapes of the bars mean. */
function timeLegend() {
  const box = { width: 34, height: 16, viewBox: "0 0 34 16", "aria-hidden": "true", class: "icon" };
  const one = ([word, drawing]) => make("span", { className: "sample" }, shape("svg", box, ...drawing), t(word));
  return make("p", { className: "samples" }, ...timeSamples(dark()).map(one));
}

/** The head of the view: what it shows, the focus and the way out of it, and the zoom. */
function timelineHead() {
  const at = ZOOM_STEPS.indexOf(state.zoom);
  const zoom = (id, word, mark, step) =>
    make(
      "button",
      {
        type: "button",
        id,
        disabled: !ZOOM_STEPS[at + step],
        "aria-label": t(word),
        onclick: () => change({ zoom: ZOOM_STEPS[at + step] }),
      },
      make("span", { "aria-hidden": "true" }, mark),
    );
  const focus = entityOf.get(state.focus);
  const leaving = () => change({ focus: "" });
  return [
    make("h2", { className: "unseen" }, t("timeline")),
    make(
      "div",
      { className: "bar" },
      focus ? make("strong", {}, t("focusOn", bare(elide(nameOf(focus), 60)))) : null,
      focus ? make("button", { type: "button", id: "leave", onclick: leaving }, t("leave")) : null,
      timeLegend(),
      make("span", { className: "stretch" }, zoom("narrower", "narrower", "−", -1), zoom("wider", "wider", "+", 1)),
    ),
  ];
}

/** An SVG sheet of the timeline. */
function sheet(width, height, about, ...parts) {
  return shape("svg", { width: Math.round(width), height, "font-family": FONT, ...about }, ...parts);
}

/** The axis above the lanes; a click on it chooses the as-of day. */
function axisRow(axis, colours) {
  const drawing = sheet(axis.width, AXIS, { class: "axis", "aria-hidden": "true" }, ...axisShapes(axis, colours));
  drawing.addEventListener("click", (event) => change({ date: axis.day(event.offsetX) }));
  return make("div", { className: "lane axis-row" }, make("div", { className: "lane-name" }), drawing);
}

/** One lane: its name, how many bars have no date, its bars. */
function laneRow(lane, axis, colours) {
  const places = packed(lane.bars, axis);
  const numberOf = (bar) => timeline.bars.push(bar) - 1;
  const { height, parts } = laneShape(places, axis, colours, dark(), numberOf);
  const name = nameOf(lane.entity);
  const undated = lane.undated.length
    ? make("span", { className: "meta", title: lane.undated.map(barName).join("\n") }, t("undated", lane.undated.length))
    : null;
  return make(
    "div",
    { className: "lane", id: `lane-${lane.entity.id}` },
    make("div", { className: "lane-name" }, entityButton(lane.entity.id, true), undated),
    lane.bars.length || !PHONE.matches
      ? sheet(axis.width, height, { role: "group", "aria-label": name }, ...parts)
      : null,
  );
}

/** The lanes, with a heading for each class if there are several. */
function laneRows(lanes, axis, colours) {
  const several = new Set(lanes.map((lane) => lane.entity.kind)).size > 1;
  return lanes.flatMap((lane, n) => {
    const { kind } = lane.entity;
    const first = several && (!n || lanes[n - 1].entity.kind !== kind);
    return [first ? make("h3", { className: "lane-kind" }, t(kind === "other" ? "lanesOther" : kind)) : null, laneRow(lane, axis, colours)];
  });
}

/** Shows the timeline. */
function showTimeline() {
  const view = document.getElementById("view-timeline");
  const bars = barsInSight();
  const names = PHONE.matches ? 0 : 232;
  const axis = axisOf(bars, (Math.max(300, view.clientWidth - names - (names ? 48 : 24))) * Number(state.zoom));
  const colours = timePaper(dark());
  const [top, left] = [view.scrollTop, view.scrollLeft];
  timeline.bars = [];
  const empty = bars.length ? null : make("p", { className: "hint" }, t("empty"));
  keeping(view, () =>
    fill(
      view,
      ...timelineHead(),
      empty,
      make("div", { className: "lanes" }, axisRow(axis, colours), ...laneRows(lanesOf(bars), axis, colours)),
    ),
  );
  const middle = view.clientWidth / 2;
  const stretched = timeline.width ? (left + middle) * (axis.width / timeline.width) - middle : axis.width;
  Object.assign(view, { scrollTop: top, scrollLeft: stretched });
  timeline.width = axis.width;
  tabStop(Math.max(0, timeline.bars.findIndex(isChosen), Math.min(timeline.at, timeline.bars.length - 1)));
}

/** The one bar that the Tab key reaches. */
function tabStop(number) {
  document.getElementById(`bar-${timeline.at}`)?.setAttribute("tabindex", -1);
  timeline.at = number;
  document.getElementById(`bar-${number}`)?.setAttribute("tabindex", 0);
}

/** Opens what a bar stands for: a dated thing itself, else the relation. */
function openBar(number) {
  const bar = timeline.bars[number];
  tabStop(number);
  if (bar.own) openEntity(bar.target.id);
  else openRelation(bar.relations[0].id);
}

/** The next bar for an arrow key: along the lane, or to the first of another lane. */
function nextBar(key) {
  const { bars, at } = timeline;
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 1, ArrowUp: -1 }[key];
  if (key === "ArrowRight" || key === "ArrowLeft") return at + step;
  let number = at;
  while (bars[number]?.lane === bars[at]?.lane) number += step;
  while (step < 0 && bars[number - 1] && bars[number - 1].lane === bars[number].lane) number -= 1;
  return number;
}

/** Keys on a bar. */
function barKey(event) {
  if (!event.target.dataset?.bar || event.ctrlKey || event.metaKey || event.altKey) return;
  const arrow = event.key.startsWith("Arrow");
  const next = arrow ? nextBar(event.key) : -1;
  if (event.key === "Enter" || event.key === " ") openBar(Number(event.target.dataset.bar));
  else if (timeline.bars[next]) {
    tabStop(next);
    document.getElementById(`bar-${next}`).focus();
  } else if (!arrow) return;
  event.preventDefault();
}

/** Connects the bars. */
function wireTimeline() {
  const view = document.getElementById("view-timeline");
  view.addEventListener("click", (event) => {
    const bar = event.target.closest("[data-bar]");
    if (bar) openBar(Number(bar.dataset.bar));
  });
  view.addEventListener("keydown", barKey);
}

/** Brings the lane or the first bar of an entity into view. */
function revealOnTimeline(id) {
  const number = timeline.bars.findIndex((bar) => bar.target.id === id);
  const found = document.getElementById(`lane-${id}`) || document.getElementById(`bar-${number}`);
  found?.scrollIntoView({ block: "center", inline: "nearest" });
}

/** How many bars have a date, and in how many lanes they stand. */
function countBars(bars) {
  const dated = bars.filter((bar) => !isUndated(bar.span));
  return [dated.length, new Set(dated.map((bar) => bar.lane)).size];
}

VIEWS.timeline = {
  wire: wireTimeline,
  show: showTimeline,
  picture: timelinePicture,
  lines: () => barsInSight().flatMap((bar) => bar.relations),
  reveal: revealOnTimeline,
  home: () => document.getElementById(`bar-${timeline.at}`),
  counts: () => [t("bars", ...countBars(barsInSight()))],
  fluid: true,
  timeHint: "timelineHint",
  keys: [["← → ↑ ↓", "next bar, next lane", "thanh kế tiếp, hàng kế tiếp"]],
};
