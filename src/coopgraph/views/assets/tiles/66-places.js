/* The region's places: tiles or shapes in the middle, partners on their side, and ways for the links around them. */

const TILE = { gap: 10, edge: 14, small: [90, 46], large: [66, 118, 46, 62] };

/** A number kept between two others. */
function within(low, value, high) {
  return Math.max(low, Math.min(high, value));
}

/** The partners by side; countries that the office's file does not hold stand south. */
function partners() {
  const shapeless = raw.outlines ? Object.keys(raw.region).filter((id) => !raw.outlines.shapes[id]) : [];
  return { ...raw.sides, south: [...raw.sides.south, ...shapeless] };
}

/** Rows of small tiles, each in the middle of the width; answers where they end. */
function placeRows(ids, y, width, tiles) {
  const many = Math.max(1, Math.floor((width - 2 * TILE.edge + TILE.gap) / (TILE.small[0] + TILE.gap)));
  const rows = Math.ceil(ids.length / many);
  const [w, h] = TILE.small;
  ids.forEach((id, n) => {
    const row = Math.floor(n / many);
    const inRow = Math.min(many, ids.length - row * many);
    const left = (width - inRow * (w + TILE.gap) + TILE.gap) / 2;
    tiles.push({ id, x: left + (n % many) * (w + TILE.gap), y: y + row * (h + TILE.gap), w, h, small: true });
  });
  return y + rows * (h + TILE.gap);
}

/** Columns of small tiles from the region outwards; answers how much of the width they take.
 *  The second column stands half a step lower: its links pass through the gaps of the first, which is their gate. */
function placeColumns(ids, area, fromRight, tiles) {
  const [w, h] = TILE.small;
  const step = h + TILE.gap;
  const many = Math.max(1, Math.floor((area.h + TILE.gap) / step));
  const columns = Math.ceil(ids.length / many);
  const first = area.y + (area.h - Math.min(many, ids.length) * step + TILE.gap) / 2;
  ids.forEach((id, n) => {
    const column = Math.floor(n / many);
    const left = Math.min(many, ids.length - column * many);
    const skip = column ? Math.max(0, Math.floor((many - 1 - left) / 2)) + 0.5 : 0;
    const inset = TILE.edge + (columns - 1 - column) * (w + TILE.gap);
    const tile = { id, x: fromRight ? area.width - inset - w : inset, y: first + (skip + (n % many)) * step, w, h, small: true };
    const inner = TILE.edge + columns * (w + TILE.gap);
    if (column === 1) tile.gate = [fromRight ? area.width - inner : inner, tile.y + h / 2];
    tiles.push(tile);
  });
  return columns ? TILE.edge + columns * (w + TILE.gap) + 14 : TILE.edge;
}

/** The tiles of the region in an area, as far apart as there is room. */
function placeRegion(area, tiles) {
  const spots = Object.entries(raw.region);
  const far = (n) => Math.max(1, ...spots.map(([, spot]) => spot[n]));
  const [wide, high] = [far(0), far(1)];
  const w = within(TILE.large[0], area.w / (wide + (area.width < 720 ? 1.1 : 2)), TILE.large[1]);
  const h = within(TILE.large[2], area.h / (high + 4), TILE.large[3]);
  for (const [id, [east, south]] of spots)
    tiles.push({ id, x: area.x + (east / wide) * (area.w - w), y: area.y + (south / high) * (area.h - h), w, h });
}

/** The office's shapes in an area: the frame, and a label at a point of each country. */
function placeShapes(area, tiles) {
  const { width, height, points } = raw.outlines;
  const scale = Math.min(area.w / width, area.h / height);
  const frame = { x: area.x + (area.w - width * scale) / 2, y: area.y + (area.h - height * scale) / 2, scale, width, height };
  const labels = Object.entries(points).map(([id, [x, y]]) => {
    const w = widthOf(`${bare(nameOf(entityOf.get(id)))}  000`, `600 12px ${FONT}`);
    const at = [frame.x + x * scale, frame.y + y * scale];
    return { id, x: at[0] - w / 2, y: at[1] - 9, w, h: 18, at, label: true };
  });
  for (let step = 0; step < 80; step += 1) partLabels(labels);
  tiles.push(...labels);
  return frame;
}

/** Pushes labels that touch a little apart, the shorter way. */
function partLabels(labels) {
  labels.forEach((one, n) => {
    for (const two of labels.slice(n + 1)) {
      const [dx, dy] = [one.x + one.w / 2 - two.x - two.w / 2, one.y - two.y];
      const [over, deep] = [(one.w + two.w) / 2 + 4 - Math.abs(dx), one.h + 1 - Math.abs(dy)];
      if (over <= 0 || deep <= 0) continue;
      const [axis, push] = deep <= over ? ["y", deep * (dy < 0 ? -1 : 1)] : ["x", over * (dx < 0 ? -1 : 1)];
      one[axis] += push / 2;
      two[axis] -= push / 2;
    }
  });
}

/** The places of all countries on a sheet: wide with partners around, narrow with partners above and below. */
function placeTiles(width, height) {
  const sides = partners();
  const tiles = [];
  const wide = width >= 720;
  const row = TILE.small[1] + TILE.gap;
  const top = placeRows(sides.north, TILE.edge, width, tiles) + (sides.north.length ? 22 : 0);
  const foot = wide && sides.south.length ? row + 22 : 0;
  const area = { x: TILE.edge, y: top, w: width - 2 * TILE.edge, h: Math.max(wide ? 430 : 520, height - top - foot - TILE.edge), width };
  if (raw.outlines && !wide) area.h = Math.round((area.w * raw.outlines.height) / raw.outlines.width);
  if (wide) {
    const left = placeColumns(sides.west, area, false, tiles);
    const right = placeColumns(sides.east, area, true, tiles);
    const room = width - left - right;
    Object.assign(area, { w: Math.min(room, 980), x: left + Math.max(0, (room - 980) / 2) });
  }
  const frame = raw.outlines ? placeShapes(area, tiles) : null;
  if (!frame) placeRegion(area, tiles);
  const below = wide ? sides.south : [...sides.south, ...sides.west, ...sides.east];
  const end = below.length ? placeRows(below, area.y + area.h + 22, width, tiles) : area.y + area.h + TILE.edge;
  return { tiles, frame, width, height: Math.ceil(end) + 4 };
}

const BENDS = [0, ...[0.06, 0.12, 0.2, 0.3, 0.42, 0.56, 0.72, 0.9].flatMap((bend) => [bend, -bend])];
const SAMPLES = Array.from({ length: 33 }, (_, n) => n / 32);

/** The middle of a tile; of a label, the point that it names. */
function middleOf({ x, y, w, h, at }) {
  return at || [x + w / 2, y + h / 2];
}

/** A point on the way from one place to another, bent by so much. */
function onWay([a, b], bend, share) {
  const middle = [(a[0] + b[0]) / 2 + (b[1] - a[1]) * bend, (a[1] + b[1]) / 2 - (b[0] - a[0]) * bend];
  const at = (n) => (1 - share) ** 2 * a[n] + 2 * share * (1 - share) * middle[n] + share ** 2 * b[n];
  return [at(0), at(1)];
}

/** True if a point lies in a box or near it. */
function inBox([x, y], box, near) {
  return x > box.x - near && x < box.x + box.w + near && y > box.y - near && y < box.y + box.h + near;
}

/** What speaks against a way: other tiles in it, the edge of the sheet, other links beside it, and its own bend. */
function wayCost(ends, bend, { boxes, taken, sheet }) {
  const points = SAMPLES.map((share) => onWay(ends, bend, share));
  const hits = points.filter((point) => boxes.some((box) => inBox(point, box, 3))).length;
  const near = points.filter((point) => boxes.some((box) => inBox(point, box, 9))).length;
  const out = points.filter((point) => !inBox(point, sheet, -10)).length;
  const beside = ([x, y]) => taken.some((other) => Math.abs(x - other[0]) < 8 && Math.abs(y - other[1]) < 8);
  const close = points.filter((point, n) => n % 3 === 0 && beside(point)).length;
  return 40 * (hits + out) + 3 * near + 2 * close + 14 * Math.abs(bend);
}

/** A free place for the number of a link: on its way, else beside it. */
function numberSpot(ends, bend, boxes) {
  const on = [0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73].map((share) => onWay(ends, bend, share));
  const beside = on.flatMap(([x, y]) => [[x, y - 15], [x, y + 15], [x - 17, y], [x + 17, y], [x, y + 34]]);
  return [...on, ...beside].find((point) => !boxes.some((box) => inBox(point, box, 9))) || on[0];
}

/** Finds a way for each link around the tiles between its ends, the strongest first, and a place for its number. */
function placeLinks(links, { tiles, width, height }) {
  const tileOf = new Map(tiles.map((tile) => [tile.id, tile]));
  const taken = [];
  const labels = [];
  return links.map((link) => {
    const own = link.ends.map((id) => tileOf.get(id));
    const boxes = tiles.filter((tile) => !own.includes(tile));
    const ends = own.map((tile) => tile.gate || middleOf(tile));
    const around = { boxes, taken, sheet: { x: 0, y: 0, w: width, h: height } };
    const costs = BENDS.map((bend) => wayCost(ends, bend, around));
    const bend = BENDS[costs.indexOf(Math.min(...costs))];
    taken.push(...SAMPLES.slice(3, -3).map((share) => onWay(ends, bend, share)));
    const spot = numberSpot(ends, bend, [...tiles, ...labels]);
    labels.push({ x: spot[0] - 8, y: spot[1] - 7, w: 16, h: 14 });
    return { ...link, way: wayText(own, ends, bend), spot };
  });
}

/** A way as SVG writes it, from tile to tile, through their gates. */
function wayText([one, two], [a, b], bend) {
  const middle = [(a[0] + b[0]) / 2 + (b[1] - a[1]) * bend, (a[1] + b[1]) / 2 - (b[0] - a[0]) * bend];
  const write = ([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`;
  const [from, to] = [one.gate ? `${write(middleOf(one))}L` : "", two.gate ? `L${write(middleOf(two))}` : ""];
  return `M${from}${write(a)}Q${write(middle)} ${write(b)}${to}`;
}
