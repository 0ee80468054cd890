/* The organisation chart's places: the body at the top, its units below it in columns, predecessors at its left. */

const BOX = { least: 226, most: 300, pad: 9, mark: 24, line: 16, note: 14, gap: 8, indent: 22, gutter: 30, lines: 3 };
const MARGIN = 24;
const NAME_FONT = `13px ${FONT}`;
const TOP_FONT = `600 15px ${FONT}`;
const NOTE_FONT = `11px ${FONT}`;

/** The box of a body: its text and how high it is. */
function boxOf(body, x, y, width, top = false) {
  const inner = width - 2 * BOX.pad - BOX.mark;
  const lines = linesOf(nameInChart(body), inner, top ? TOP_FONT : NAME_FONT, BOX.lines);
  const notes = noteOf(body) ? linesOf(noteOf(body), inner, NOTE_FONT, 2) : [];
  const height = 2 * BOX.pad + lines.length * (BOX.line + (top ? 2 : 0)) + notes.length * BOX.note;
  return { body, x, y, width, height, lines, notes, top };
}

/** Hangs bodies under each other on a rail at their left, each with its own below it; answers where they end. */
function hang(bodies, x, y, width, out, from = y) {
  const rails = { solid: { way: "", end: 0 }, dashed: { way: "", end: 0, dashed: true } };
  let next = y;
  for (const body of bodies) {
    const box = boxOf(body, x, next, width);
    const middle = box.y + box.height / 2;
    const rail = rails[body.standing === "before" || body.standing === "after" ? "dashed" : "solid"];
    Object.assign(rail, { way: `${rail.way}M${x - BOX.indent / 2} ${middle}H${x}`, end: middle });
    out.boxes.push(box);
    const below = box.y + box.height;
    const inner = [...changed(body, "before"), ...body.units];
    next = hang(inner, x + BOX.indent, below + BOX.gap, width - BOX.indent, out, below);
  }
  for (const { way, end, dashed } of [rails.dashed, rails.solid])
    if (way) out.lines.push({ way: `M${x - BOX.indent / 2} ${from}V${end}${way}`, dashed });
  return next;
}

/** How high a body is with all that hangs from it. */
function heightOf(body, width) {
  return hang([body], 0, 0, width, { boxes: [], lines: [] });
}

/** Deals bodies out to columns, in their order, so that the longest column is as short as can be. */
function dealt(bodies, count, width) {
  const heights = bodies.map((body) => heightOf(body, width));
  const whole = heights.reduce((sum, height) => sum + height, 0);
  for (let most = Math.max(whole / count, ...heights); ; most *= 1.02) {
    const columns = [[]];
    let height = 0;
    bodies.forEach((body, n) => {
      if (height && height + heights[n] > most) {
        columns.push([]);
        height = 0;
      }
      columns.at(-1).push(body);
      height += heights[n];
    });
    if (columns.length <= count) return columns;
  }
}

/** The columns of a width: how many there is room for, how wide each is, where it begins. */
function columnsOf(width, wanted) {
  const room = width - 2 * MARGIN;
  const many = Math.max(1, Math.floor((room + BOX.gutter) / (BOX.least + BOX.gutter + BOX.indent)));
  const count = Math.max(1, Math.min(many, wanted));
  const wide = Math.floor(Math.min(BOX.most, (room + BOX.gutter) / count - BOX.gutter - BOX.indent));
  const whole = count * (wide + BOX.indent + BOX.gutter) - BOX.gutter;
  const first = Math.round(MARGIN + Math.max(0, (room - whole) / 2));
  return { count, wide, at: (n) => first + BOX.indent + n * (wide + BOX.indent + BOX.gutter) };
}

/** A heading and under it bodies in columns; answers where they end. */
function placeSection(title, bodies, y, width, out) {
  const columns = columnsOf(width, bodies.length);
  out.titles.push({ text: title, x: columns.at(0) - BOX.indent / 2, y: y + 8 });
  const ends = dealt(bodies, columns.count, columns.wide).map((list, n) => {
    let next = y + 26;
    for (const body of list) {
      const box = boxOf(body, columns.at(n) - BOX.indent / 2, next, columns.wide);
      out.boxes.push(box);
      next += box.height + BOX.gap;
    }
    return next;
  });
  return Math.max(...ends) + 14;
}

/** Puts what came before at the left of a box, or what came after at its right, with arrows in the way of time. */
function placeBeside(bodies, hub, x, width, out, after) {
  const middle = hub.y + hub.height / 2;
  let next = Math.max(6, middle - boxOf(bodies[0], x, 0, width).height / 2);
  for (const body of bodies) {
    const box = boxOf(body, x, next, width);
    const own = box.y + box.height / 2;
    const way = after
      ? `M${hub.x + hub.width} ${middle}H${x - 16}V${own}H${x}`
      : `M${x + width} ${own}H${x + width + 16}V${middle}H${hub.x}`;
    out.boxes.push(box);
    out.lines.push({ way, dashed: true, arrow: true });
    const below = box.y + box.height;
    next = hang(body.before, x + BOX.indent, below + BOX.gap, width - BOX.indent, out, below);
  }
  return next;
}

/** The units of the hub in columns on one rail. */
function placeUnits(hub, bodies, y, width, out) {
  if (!bodies.length) return y;
  const room = columnsOf(width, bodies.length);
  const lists = dealt(bodies, room.count, room.wide);
  const columns = columnsOf(width, lists.length);
  const [trunk, bus] = [hub.x + hub.width / 2, y + 4];
  const rails = lists.map((_, n) => columns.at(n) - BOX.indent / 2);
  const line = `M${trunk} ${hub.y + hub.height}V${bus}M${Math.min(trunk, ...rails)} ${bus}H${Math.max(trunk, ...rails)}`;
  out.lines.push({ way: line });
  return Math.max(...lists.map((list, n) => hang(list, columns.at(n), bus + 18, columns.wide, out, bus)));
}

/** Bodies above each other as long as each has only one under it that has units; the last is the hub. */
function chainOf(top) {
  const chain = [top];
  while (chain.at(-1).units.length === 1 && chain.at(-1).units[0].units.length) chain.push(chain.at(-1).units[0]);
  return chain;
}

/** Places one tree; answers where it ends. */
function placeTree(top, y, width, out) {
  const wide = Math.min(340, width - 2 * MARGIN);
  const x = Math.round((width - wide) / 2);
  let hub = null;
  const chain = chainOf(top);
  for (const body of chain) {
    const box = { ...boxOf(body, x, hub ? hub.y + hub.height + 26 : y, wide, true), above: body !== chain.at(-1) };
    if (hub) out.lines.push({ way: `M${width / 2} ${hub.y + hub.height}V${box.y}` });
    out.boxes.push(box);
    hub = box;
  }
  const [before, after] = [changed(hub.body, "before"), changed(top, "after")];
  const side = Math.floor(Math.min(BOX.most, x - MARGIN - 40));
  let end = hub.y + hub.height;
  if (side >= 190) {
    if (before.length) end = Math.max(end, placeBeside(before, hub, MARGIN, side, out, false));
    if (after.length) end = Math.max(end, placeBeside(after, out.boxes.find((box) => box.body === top), width - MARGIN - side, side, out, true));
    return placeUnits(hub, hub.body.units, end + 18, width, out);
  }
  end = placeUnits(hub, hub.body.units, end + 14, width, out) + 10;
  for (const [word, bodies] of [["before", before], ["after", after]])
    if (bodies.length) end = placeSection(t(word), bodies.flatMap((body) => allOf(body, "before")), end, width, out);
  return end;
}

/** Places the whole chart for a width: boxes, lines, headings, and how high it is. */
function placeChart(width) {
  const out = { boxes: [], lines: [], titles: [], width, height: MARGIN };
  const trees = chartTrees();
  for (const tree of trees) out.height = placeTree(tree, out.height, width, out) + 24;
  out.left = leftOut(trees);
  for (const way of ["former", "later"])
    if (shows(way, trees) && out.left[way].length)
      out.height = placeSection(t(way), out.left[way], out.height, width, out);
  return { ...out, trees };
}
