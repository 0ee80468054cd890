/* The canvas: vis-network is given what is in sight, and what changed; clicks come back as choices. */

const canvas = make("div", {
  id: "canvas",
  role: "application",
  tabIndex: 0,
  "data-t-label": "mapName",
  "aria-describedby": "map-how",
});
const drawn = {
  nodes: new vis.DataSet([...spots].map(([id, place]) => ({ id, ...place }))),
  edges: new vis.DataSet(raw.vis.edges.map((n) => ({ id: relations[n].id, from: relations[n].source, to: relations[n].target }))),
  places: new Map(),
  light: null,
  hover: "",
  looks: new Map(),
};
document.getElementById("view-map").append(canvas, ...mapTools());
const net = new vis.Network(canvas, { nodes: drawn.nodes, edges: drawn.edges }, raw.vis.options);

/** Brings a data set up to date, touching only what looks different. */
function sync(set, looks) {
  const known = drawn.looks.get(set) || new Map();
  const wanted = new Map(looks.map((look) => [look.id, JSON.stringify(look)]));
  const gone = set.getIds().filter((id) => !wanted.has(id));
  const fresh = looks.filter((look) => known.get(look.id) !== wanted.get(look.id));
  if (gone.length) set.remove(gone);
  if (fresh.length) set.update(fresh);
  drawn.looks.set(set, wanted);
}

/** Shows what is in sight; fits the view when the arrangement became another one. */
function draw(sight) {
  const light = lit(sight);
  const places = placesFor(sight);
  const curves = bends(sight.edges);
  Object.assign(drawn, { light, places });
  const lines = sight.edges.map((relation, n) => edgeLook(relation, curves[n], light));
  const signs = sight.nodes.map((entity) => nodeLook(entity, places.get(entity.id), light));
  const stay = new Set(lines.map((line) => line.id));
  drawn.edges.remove(drawn.edges.getIds().filter((id) => !stay.has(id)));
  sync(drawn.nodes, signs);
  sync(drawn.edges, lines);
  canvas.style.background = paper().ground;
  const scene = `${state.focus} ${state.hops}`;
  if (drawn.scene !== scene) fit([...places.values()]);
  drawn.scene = scene;
}

/** The part of the canvas that nothing covers, in CSS pixels. */
function clearing() {
  const { clientWidth: width, clientHeight: height } = canvas;
  const card = document.getElementById("card");
  const covered = card.hidden || PHONE.matches ? 0 : card.offsetWidth;
  return {
    left: 0,
    right: Math.max(160, width - covered),
    top: state.focus ? 48 : 0,
    bottom: card.hidden || !PHONE.matches ? height : card.offsetTop - canvas.getBoundingClientRect().top,
  };
}

/** Moves the view so that these places fill the clearing. */
function fit(places, most = 1.3) {
  if (!places.length || !canvas.clientWidth) return;
  const edge = (axis, pick) => pick(...places.map((place) => place[axis]));
  const [west, east] = [edge("x", Math.min), edge("x", Math.max)];
  const [north, south] = [edge("y", Math.min), edge("y", Math.max)];
  const room = clearing();
  const [wide, high] = [room.right - room.left, room.bottom - room.top];
  const margin = PHONE.matches ? 40 : 130;
  const scale = Math.min(most, (wide - margin) / (east - west + 40), (high - 70) / (south - north + 40));
  aim((west + east) / 2, (north + south) / 2, Math.max(0.08, scale));
}

/** Puts a place into the middle of the clearing. */
function aim(x, y, scale = net.getScale()) {
  const room = clearing();
  const dx = ((room.left + room.right) / 2 - canvas.clientWidth / 2) / scale;
  const dy = ((room.top + room.bottom) / 2 - canvas.clientHeight / 2) / scale;
  net.moveTo({ position: { x: x - dx, y: y - dy }, scale, animation: false });
}

/** Moves the view only if an entity is outside the clearing. */
function keepInSight(id) {
  const place = drawn.places.get(id);
  if (!place || !canvas.clientWidth) return;
  const at = net.canvasToDOM(place);
  const room = clearing();
  if (at.x < 50 || at.x > room.right - 50 || at.y < room.top + 40 || at.y > room.bottom - 50) aim(place.x, place.y);
}

/** Brings an entity and what stands out with it into view. */
function showAround(id) {
  const ids = drawn.light ? [...drawn.light.nodes] : [id];
  fit(ids.map((one) => drawn.places.get(one)).filter(Boolean), 1.1);
}

/** Zooms about the middle of the clearing. */
function zoom(by) {
  const room = clearing();
  const middle = net.DOMtoCanvas({ x: (room.left + room.right) / 2, y: (room.top + room.bottom) / 2 });
  aim(middle.x, middle.y, Math.min(4, Math.max(0.08, net.getScale() * by)));
}

/** Says what lies under the pointer, so that labels can follow. */
function hover(id) {
  drawn.hover = id;
  canvas.classList.toggle("pointing", Boolean(id));
  net.redraw();
}
