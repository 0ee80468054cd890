/* The organisation chart's drawing: boxes and lines as SVG, the same on the screen, in files and on paper. */

const DASH = { before: "5 4", over: "5 4", ended: "5 4", later: "2 3" };

/** The colours of the drawing. */
function chartPaper(night) {
  const colours = paper(night);
  return {
    ...colours,
    rule: mix(colours.quiet, colours.ground, 0.55),
    faint: mix(colours.quiet, colours.ground, 0.4),
    box: night ? "#1b2128" : "#ffffff",
    chosen: night ? "#7cc4f7" : "#0b5a94",
  };
}

/** How a box looks: the top is filled, what is not in place is dashed, what was seen long ago is quiet. */
function lookOf({ body, top, above }, colours, night) {
  const strong = colourOf(body.entity, night);
  const dashed = DASH[body.standing];
  const filled = top && !dashed && !above;
  const unsure = body.standing === "possible" || body.standing === "undated";
  return {
    fill: filled ? strong : dashed ? colours.ground : colours.box,
    stroke: filled ? strong : dashed ? colours.quiet : unsure ? colours.faint : mix(strong, colours.ground, 0.7),
    ink: filled ? colours.ground : dashed || unsure ? colours.quiet : colours.ink,
    note: filled ? colours.ground : colours.quiet,
    mark: filled ? colours.ground : dashed ? colours.quiet : strong,
    dash: dashed || "",
  };
}

/** What a box says in words. */
function boxName({ body }) {
  const role = { before: t("predecessor"), after: t("successor") }[body.standing];
  return [nameOf(body.entity), role, noteOf(body)].filter(Boolean).join(", ");
}

/** A body as a box with its sign, its name and a note. */
function boxShape(box, colours, night, about) {
  const look = lookOf(box, colours, night);
  const { id } = box.body.entity;
  const chosen = state.node === id || (state.edge && state.edge === box.body.relation?.id);
  const frame = shape("rect", {
    x: box.x.toFixed(1),
    y: box.y.toFixed(1),
    width: box.width.toFixed(1),
    height: box.height,
    rx: 6,
    fill: look.fill,
    stroke: chosen ? colours.chosen : look.stroke,
    "stroke-width": chosen ? 3 : 1.2,
    ...(look.dash && !chosen ? { "stroke-dasharray": look.dash } : {}),
  });
  const step = BOX.line + (box.top ? 2 : 0);
  const mark = sign(box.body.entity.kind, box.x + BOX.pad + 8, box.y + BOX.pad + step / 2, 6, night, look.mark);
  const left = box.x + BOX.pad + BOX.mark;
  const write = { anchor: "start" };
  const name = { ...write, font: box.top ? "15px" : "13px", bold: box.top, fill: look.ink };
  const texts = box.lines.map((line, n) => pictureText(line, left, box.y + BOX.pad + step * (n + 0.5), name));
  const below = box.y + BOX.pad + step * box.lines.length;
  const note = { ...write, font: "11px", fill: look.note };
  const notes = box.notes.map((line, n) => pictureText(line, left, below + BOX.note * (n + 0.5) + 1, note));
  return shape("g", about, shape("title", {}, boxName(box)), frame, mark, ...texts, ...notes);
}

/** The lines between the boxes; changes are dashed, with an arrow in the way of time. */
function chartLines(lines, colours) {
  const head = shape(
    "marker",
    { id: "became", viewBox: "0 0 10 10", refX: 9, refY: 5, markerWidth: 7, markerHeight: 7, orient: "auto" },
    shape("path", { d: "M0 0L10 5L0 10z", fill: colours.quiet }),
  );
  const line = ({ way, dashed, arrow }) =>
    shape("path", {
      d: way,
      fill: "none",
      stroke: dashed ? colours.quiet : colours.rule,
      "stroke-width": 1.4,
      ...(dashed ? { "stroke-dasharray": "5 4" } : {}),
      ...(arrow ? { "marker-end": "url(#became)" } : {}),
    });
  return shape("g", { "aria-hidden": "true" }, shape("defs", {}, head), ...lines.map(line));
}

/** The headings of what is drawn below the tree. */
function chartTitles(titles, colours) {
  const look = { anchor: "start", font: "12px", bold: true, fill: colours.quiet };
  return shape("g", { "aria-hidden": "true" }, ...titles.map(({ text, x, y }) => pictureText(text, x, y, look)));
}

/** The whole chart as one drawing, with its title and what the page says of itself. */
function chartPicture(night = dark()) {
  const colours = chartPaper(night);
  const places = placeChart(1240);
  const size = { width: places.width, height: Math.ceil(places.height) + 96 };
  const title = { anchor: "start", font: "22px", bold: true, fill: colours.ink };
  const foot = { anchor: "start", font: "11px", fill: colours.quiet };
  return shape(
    "svg",
    { xmlns: SVG, role: "img", ...size, viewBox: `0 0 ${size.width} ${size.height}`, "font-family": FONT.replace(/"/g, "'") },
    shape("title", {}, say(raw.title)),
    shape("rect", { ...size, fill: colours.ground }),
    pictureText(elide(bare(say(raw.title)), 90), MARGIN, 32, title),
    shape(
      "g",
      { transform: "translate(0 50)" },
      chartLines(places.lines, colours),
      chartTitles(places.titles, colours),
      ...places.boxes.map((box) => boxShape(box, colours, night, {})),
    ),
    pictureText(statusParts(inSight).join("  ·  "), MARGIN, size.height - 20, foot),
  );
}
