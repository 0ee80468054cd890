/* The timeline's drawing: bars, axis and lanes as SVG, the same on the screen, in files and on paper. */

const INSET = 22;
const TAIL = 15;
const ROW = 24;
const THICK = 15;
const AXIS = 30;
const BAR_FONT = `11.5px ${FONT}`;

/** The colours of the drawing. */
function timePaper(night) {
  const colours = paper(night);
  return { ...colours, grid: mix(colours.quiet, colours.ground, 0.22), now: familyColour("agreement", night) };
}

/** True if a bar is what the reader has chosen, or belongs to it. */
function isChosen({ lane, target, relations: list }) {
  return list.some((r) => r.id === state.edge) || (state.node && [lane, target.id].includes(state.node) && !state.focus);
}

/** The outline of all of a bar; an end that nobody knows is a point. */
function outline({ left, right, openLeft, openRight }, top) {
  const [low, middle] = [top + THICK, top + THICK / 2];
  const start = openLeft
    ? [[left + 7, low], [left, middle], [left + 7, top]]
    : [[left, low], [left, top]];
  const end = openRight
    ? [[right - 7, top], [right, middle], [right - 7, low]]
    : [[right, top], [right, low]];
  return [...start, ...end].map((corner) => corner.map((n) => n.toFixed(1)).join(",")).join(" ");
}

/** A bar that lasts: solid where it surely ran, pale and dashed where it possibly did. */
function lastingBar(place, top, { fill, edge }) {
  const whole = { points: outline(place, top), fill, "fill-opacity": 0.22, stroke: edge, "stroke-dasharray": "3 2" };
  const parts = [shape("polygon", whole)];
  if (place.sure) {
    const [x, width] = [place.sure[0], Math.max(4, place.sure[1] - place.sure[0])];
    parts.push(shape("rect", { x: x.toFixed(1), y: top, width: width.toFixed(1), height: THICK, rx: 2, fill, stroke: edge }));
  }
  return parts;
}

/** A single day: the sign of its class, hollow if the source gives only the month. */
function pointBar({ bar, box, sure }, top, { fill, edge, ground }, night) {
  const mark = sign(bar.target.kind, (box[0] + box[1]) / 2, top + THICK / 2, 6, night, sure ? fill : ground);
  mark.setAttribute("stroke", edge);
  mark.setAttribute("stroke-width", sure ? 1 : 1.8);
  return [mark];
}

/** A sheet under a label that the as-of line would cross: the line is broken there. */
function underLabel({ label, box }, top, colours) {
  if (!label.crossed) return [];
  const [x, end] = label.left ? [label.reach[0], box[0] - 3] : [box[1] + 3, label.reach[1]];
  return [shape("rect", { x: x.toFixed(1), y: top - 3, width: (end - x).toFixed(1), height: THICK + 6, fill: colours.ground })];
}

/** A bar with its label. */
function barShape(place, top, colours, night, number) {
  const { bar, label, point } = place;
  const [relation] = bar.relations;
  const strong = groups.size ? colourOf(bar.target, night) : familyColour(relation.family, night);
  const pale = isPale(bar.span, relation.family);
  const chosen = isChosen(bar);
  const fill = pale ? mix(strong, colours.ground, 0.25) : strong;
  const look = { fill, edge: chosen ? colours.ink : pale ? mix(strong, colours.ground, 0.55) : strong, ground: colours.ground };
  const parts = point ? pointBar(place, top, look, night) : lastingBar(place, top, look);
  if (chosen) for (const part of parts) part.setAttribute("stroke-width", 2.5);
  const ink = label.inside && !pale ? colours.ground : pale ? colours.quiet : colours.ink;
  const written = pictureText(label.text, label.x, top + THICK / 2, {
    font: "11.5px",
    anchor: label.left ? "end" : "start",
    fill: ink,
    halo: label.inside ? "" : colours.ground,
    bold: chosen,
  });
  const name = barName(bar);
  const about = { id: `bar-${number}`, "data-bar": number, role: "button", tabindex: -1, "aria-label": name };
  const hit = { x: place.box[0] - 2, y: top - 4, width: place.box[1] - place.box[0] + 4, height: ROW - 1, fill: "transparent" };
  return shape("g", about, shape("title", {}, name), ...underLabel(place, top, colours), shape("rect", hit), ...parts, written);
}

/** What a bar says in words. */
function barName({ target, relations: list }) {
  const when = sayPeriod(list[0]) || t("noTime");
  return t("timelineName", nameOf(target), when, say(list[0].type.labels));
}

/** The lines of the years, and of the as-of day. */
function gridLines(axis, height, colours) {
  const line = (x, look) => shape("line", { x1: x.toFixed(1), x2: x.toFixed(1), y1: 0, y2: height, ...look });
  const years = ticksOf(axis).map((year) => line(axis.x(`${year}-01-01`), { stroke: colours.grid }));
  const now = state.date
    ? [line(axis.x(state.date), { stroke: colours.now, "stroke-width": 1.6, "stroke-dasharray": "5 3" })]
    : [];
  return [...years, ...now];
}

/** One lane: its height and what is drawn in it. */
function laneShape(places, axis, colours, night, numberOf) {
  const rows = Math.max(1, ...places.map(({ row }) => row + 1));
  const height = rows * ROW + 8;
  const bars = places.map((place) => barShape(place, 4 + (ROW - THICK) / 2 + place.row * ROW, colours, night, numberOf(place.bar)));
  return { height, parts: [...gridLines(axis, height, colours), ...bars] };
}

/** The axis: years, and the as-of day over them. */
function axisShapes(axis, colours) {
  const label = (text, x, look) => pictureText(text, x, AXIS - 10, { font: "12px", fill: colours.quiet, ...look });
  const year = (number) => label(String(number), axis.x(`${number}-01-01`), {});
  if (!state.date) return ticksOf(axis).map(year);
  const text = sayDate(state.date);
  const half = widthOf(text, `600 12px ${FONT}`) / 2 + 2;
  const x = Math.min(axis.width - half, Math.max(half, axis.x(state.date)));
  const free = ticksOf(axis).filter((number) => Math.abs(axis.x(`${number}-01-01`) - x) > half + 18);
  return [...free.map(year), label(text, x, { fill: colours.now, bold: true })];
}

/** Samples of how time is drawn, 34 by 16 each: the word for it and its shapes. */
function timeSamples(night) {
  const colours = timePaper(night);
  const look = { fill: colours.quiet, edge: colours.quiet, ground: colours.ground };
  const bar = (place) => lastingBar({ left: 1, right: 33, openLeft: false, openRight: false, ...place }, 0.5, look);
  const dot = (sure) => pointBar({ bar: { target: { kind: "meeting" } }, box: [11, 23], sure }, 0.5, look, night);
  return [
    ["surely", bar({ sure: [1, 33] })],
    ["maybe", bar({ sure: null })],
    ["openEnd", bar({ sure: [1, 18], openRight: true })],
    ["onDay", dot([1, 1])],
    ["withinTime", dot(null)],
  ];
}

/** The samples in a row, for drawings. */
function sampleRow(x, y, night) {
  let at = x;
  return timeSamples(night).map(([word, drawing]) => {
    const text = pictureText(t(word), 41, 8, { anchor: "start", fill: paper(night).quiet });
    const place = `translate(${at} ${y})`;
    at += 62 + widthOf(t(word), `12px ${FONT}`);
    return shape("g", { transform: place }, ...drawing, text);
  });
}

/** The whole timeline as one drawing. */
function timelinePicture(night = dark()) {
  const [names, width] = [250, 1100];
  const colours = timePaper(night);
  const bars = barsInSight();
  const axis = axisOf(bars, width);
  let y = 92;
  const parts = lanesOf(bars)
    .filter((lane) => lane.bars.length)
    .flatMap((lane) => {
      const { height, parts: drawing } = laneShape(packed(lane.bars, axis), axis, colours, night, () => "");
      const top = y;
      y += height;
      const rule = shape("line", { x1: 24, x2: names + width, y1: y, y2: y, stroke: colours.grid });
      const name = { anchor: "start", bold: true, fill: colours.ink };
      return [
        pictureText(elide(bare(nameOf(lane.entity)), 34), 24, top + 16, name),
        shape("g", { transform: `translate(${names} ${top})` }, ...drawing),
        rule,
      ];
    });
  const size = { width: names + width + 24, height: y + 66 };
  const title = { anchor: "start", font: "22px", bold: true, fill: colours.ink };
  const foot = { anchor: "start", font: "11px", fill: colours.quiet };
  return shape(
    "svg",
    { xmlns: SVG, role: "img", ...size, viewBox: `0 0 ${size.width} ${size.height}`, "font-family": FONT.replace(/"/g, "'") },
    shape("title", {}, say(raw.title)),
    shape("rect", { ...size, fill: colours.ground }),
    pictureText(elide(bare(say(raw.title)), 90), 24, 32, title),
    shape("g", { transform: `translate(${names} 58)` }, ...axisShapes(axis, colours)),
    ...parts,
    ...sampleRow(24, y + 14, night),
    pictureText(statusParts(inSight).join("  ·  "), 24, y + 48, foot),
  );
}
