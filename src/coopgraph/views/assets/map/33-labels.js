/* Labels on the map, by our own hand: the most important first, none over another, with a halo. */

const WEIGHT = {
  country: 900,
  agreement: 60,
  meeting: 50,
  ministry: 70,
  institute: 45,
  topic: 65,
  other: 30,
  person: 10,
};

/** How much a label matters now. */
function priority(entity) {
  if (entity.id === state.node || entity.id === state.focus) return 1e6;
  if (entity.id === drawn.hover) return 9e5;
  const bright = drawn.light?.nodes.has(entity.id) ? 1e5 : 0;
  return bright + WEIGHT[entity.kind] + 3 * entity.links.length;
}

/** True if two boxes [left, top, right, bottom] meet. */
function meet(a, b) {
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}

/** Boxes kept on a grid, so that asking for collisions is cheap. */
function makeBoxes() {
  const cells = new Map();
  const each = ([left, top, right, bottom], visit) => {
    for (let x = Math.floor(left / 40); x <= right / 40; x += 1) {
      for (let y = Math.floor(top / 40); y <= bottom / 40; y += 1) if (visit(`${x} ${y}`)) return true;
    }
    return false;
  };
  return {
    add: (box, owner = "") =>
      each(box, (cell) => {
        cells.set(cell, [...(cells.get(cell) || []), { box, owner }]);
      }),
    hit: (box, owner = "-") =>
      each(box, (cell) => (cells.get(cell) || []).some((one) => one.owner !== owner && meet(one.box, box))),
  };
}

/** True if an entity is marked with a ring: chosen, focused, or an end of the path. */
function ringed(id) {
  return [state.node, state.focus, state.from, state.to].includes(id);
}

/** The four places for a label around a node: the outward side first. */
function sides(at, size, gap, wide, high, centre) {
  const below = [at.x - wide / 2, at.y + size + gap - 1];
  const above = [at.x - wide / 2, at.y - size - gap - high + 1];
  const right = [at.x + size + gap, at.y - high / 2];
  const left = [at.x - size - gap - wide, at.y - high / 2];
  const across = at.x < centre.x ? [left, right] : [right, left];
  const along = at.y < centre.y - 20 ? [above, below] : [below, above];
  const flat = Math.abs(at.x - centre.x) > 2.2 * Math.abs(at.y - centre.y);
  const order = flat ? [across[0], along[0], along[1], across[1]] : [along[0], across[0], across[1], along[1]];
  return order.map(([x, y]) => [x, y, x + wide, y + high]);
}

/** Entities in the order of their labels, with where they are on the screen. */
function candidates({ places, toScreen, scale }) {
  return inSight.nodes
    .map((entity) => {
      const size = sizeOf(entity) * scale;
      return { entity, at: toScreen(places.get(entity.id)), size, weight: priority(entity) };
    })
    .sort((a, b) => b.weight - a.weight || a.entity.rank - b.entity.rank);
}

/** True if an entity stands back because others stand out; a label may lie over its sign. */
function dimmed(entity) {
  return Boolean(drawn.light) && !drawn.light.nodes.has(entity.id) && entity.id !== drawn.hover;
}

/** True if a label may lie over the signs of others: where many stand out, only those of countries and of the chosen.
 *  Over the sign of a country lies only the label of the chosen: signs of countries say a code, and can do without. */
function mayCover(entity, weight, box, countries) {
  if (weight > 8e5) return true;
  const many = drawn.light?.nodes.size > 12;
  return (many ? entity.kind === "country" : weight > 800) && !countries.hit(box, entity.id);
}

/** Works out the labels of a picture: what to write, where, how strongly.  Used by the canvas and by the exports. */
function layLabels(view) {
  const { toScreen, scale, bounds, reserved } = view;
  const items = candidates(view);
  const [texts, shapes, countries] = [makeBoxes(), makeBoxes(), makeBoxes()];
  for (const box of reserved) texts.add(box);
  for (const { entity, at, size } of items.filter((item) => !dimmed(item.entity) || item.entity.kind === "country")) {
    const box = [at.x - size * 0.8, at.y - size * 0.8, at.x + size * 0.8, at.y + size * 0.8];
    shapes.add(box, entity.id);
    if (entity.kind === "country") countries.add(box, entity.id);
  }
  const centre = view.centre || toScreen({ x: 0, y: 0 });
  const labels = [];
  for (const item of items) {
    const { entity, at, size, weight } = item;
    if (at.x < bounds[0] || at.x > bounds[2] || at.y < bounds[1] || at.y > bounds[3]) continue;
    const dim = dimmed(entity);
    if (dim && entity.kind !== "country") continue;
    if (entity.kind === "person" && scale < 0.35 && weight < 8e4) continue;
    const bold = weight > 800;
    const font = `${bold ? "600 " : ""}${entity.kind === "country" ? 13 : 11.5}px ${FONT}`;
    const lines = wrap(briefOf(entity));
    const wide = Math.max(...lines.map((line) => widthOf(line, font))) + 4;
    const boxes = sides(at, size, ringed(entity.id) ? 10 : 4, wide, lines.length * LINE + 2, centre);
    const free = boxes.filter((box) => !texts.hit(box) && box[0] >= bounds[0] && box[2] <= bounds[2]);
    const spot = free.find((box) => !shapes.hit(box, entity.id)) || free.find((box) => mayCover(entity, weight, box, countries));
    if (!spot) continue;
    texts.add(spot);
    labels.push({ lines, font, box: spot, dim });
  }
  return { labels, texts };
}

/** The relations whose type is written on the map: the bright ones if few, all in focus if not too many. */
function namedEdges() {
  const bright = inSight.edges.filter((r) => drawn.light?.edges.has(r.id) || r.id === drawn.hover);
  if (bright.length) return bright.length <= 9 ? bright : bright.filter((r) => r.id === drawn.hover);
  return state.focus && inSight.edges.length <= 30 ? inSight.edges : [];
}

/** Labels of relations, in the middle of their lines where there is room. */
function layEdgeLabels({ places, toScreen, night }, texts) {
  const font = `italic 11px ${FONT}`;
  return namedEdges()
    .map((relation) => {
      const [a, b] = [relation.source, relation.target].map((id) => toScreen(places.get(id)));
      const line = elide(bare(say(relation.type.labels)), 40);
      const wide = widthOf(line, font) + 4;
      const boxes = [0.5, 0.4, 0.6, 0.3].map((share) => {
        const [x, y] = [a.x + (b.x - a.x) * share - wide / 2, a.y + (b.y - a.y) * share - LINE / 2];
        return [x, y, x + wide, y + LINE];
      });
      const box = boxes.find((one) => !texts.hit(one));
      if (box) texts.add(box);
      return box && { lines: [line], font, box, colour: familyColour(relation.family, night) };
    })
    .filter(Boolean);
}

/** What covers the canvas: buttons, banner and card, as boxes. */
function covered() {
  const frame = canvas.getBoundingClientRect();
  return [".zoom", "#banner", "#card"]
    .map((name) => document.querySelector(name))
    .filter((box) => !box.hidden)
    .map((box) => {
      const { left, top, right, bottom } = box.getBoundingClientRect();
      return [left - frame.left, top - frame.top, right - frame.left, bottom - frame.top];
    })
    .filter(
      ([left, top, right, bottom]) =>
        right > left && right > 0 && bottom > 0 && left < frame.width && top < frame.height,
    );
}

/** Draws one label with its halo. */
function writeLabel(context, { lines, font, box, dim, colour }, colours) {
  context.font = font;
  context.strokeStyle = colours.ground;
  context.fillStyle = dim ? mix(colours.ink, colours.ground, 0.42) : colour || colours.ink;
  lines.forEach((line, n) => {
    const [x, y] = [(box[0] + box[2]) / 2, box[1] + 1 + LINE * (n + 0.5)];
    context.strokeText(line, x, y);
    context.fillText(line, x, y);
  });
}

/** Draws rings around what is chosen and the code inside each country. */
function drawMarks(context, toScreen, scale, colours) {
  for (const entity of inSight.nodes) {
    const at = toScreen(drawn.places.get(entity.id));
    const size = sizeOf(entity) * scale;
    if (ringed(entity.id)) {
      context.beginPath();
      context.arc(at.x, at.y, size + 6, 0, 2 * Math.PI);
      context.lineWidth = 2.5;
      context.strokeStyle = mix(colourOf(entity), colours.ink, 0.55);
      context.stroke();
    }
    if (size < 8 || !codeOf(entity)) continue;
    context.font = `600 ${Math.min(16, Math.max(8, size * 0.72))}px ${FONT}`;
    context.fillStyle =
      drawn.light && !drawn.light.nodes.has(entity.id) ? mix(colours.ground, colours.ink, 0.75) : colours.ground;
    context.fillText(codeOf(entity), at.x, at.y + 0.5);
  }
}

/** Draws all labels, after vis-network has drawn everything else. */
function drawLabels(context) {
  if (!inSight || !canvas.clientWidth) return;
  const ratio = context.canvas.width / canvas.clientWidth;
  const toScreen = (place) => net.canvasToDOM(place);
  const view = {
    places: drawn.places,
    toScreen,
    scale: net.getScale(),
    night: dark(),
    bounds: [0, 0, canvas.clientWidth, canvas.clientHeight],
    reserved: covered(),
  };
  const colours = paper();
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  Object.assign(context, { textAlign: "center", textBaseline: "middle", lineJoin: "round" });
  drawMarks(context, toScreen, view.scale, colours);
  const { labels, texts } = layLabels(view);
  context.lineWidth = 3.5;
  for (const label of [...layEdgeLabels(view, texts), ...labels]) writeLabel(context, label, colours);
  context.restore();
}
