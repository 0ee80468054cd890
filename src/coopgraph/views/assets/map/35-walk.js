/* Walking the map by keyboard. */

const MAP_KEYS = [
  ["← → ↑ ↓", "nearest entity in that direction", "thực thể gần nhất theo hướng đó"],
  ["n p", "next, previous related entity", "thực thể liên quan kế tiếp, trước đó"],
  ["Shift + ← → ↑ ↓", "move the map", "di chuyển bản đồ"],
  ["+ − 0", "zoom in, out, show everything", "phóng to, thu nhỏ, xem toàn bộ"],
  ["Enter", "go to the card", "đến thẻ chi tiết"],
  ["f", "focus on the entity (or double click)", "tập trung vào thực thể (hoặc nhấp đúp)"],
  ["x", "1 or 2 steps around", "trong 1 hoặc 2 bước"],
  ["[ ]", "path from, path to", "đường từ đây, đường đến đây"],
];
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
  const best = inSight.nodes
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
    !inSight.edges.some((r) => [r.source, r.target].includes(walkHome) && across(r, walkHome) === state.node)
      ? state.node
      : walkHome;
  if (start !== walkHome) walkAt = -1;
  walkHome = start;
  const near = [
    ...new Set(inSight.edges.filter((r) => r.source === start || r.target === start).map((r) => across(r, start))),
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
    step(here ? nearest(here, way) : inSight.nodes[0]?.id || state.node);
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
