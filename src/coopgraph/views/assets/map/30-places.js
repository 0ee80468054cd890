/* Where entities stand: the round table worked out in Python, free spots for the rest, rings in focus. */

const spots = new Map(entities.filter(({ at }) => at).map(({ id, at: [x, y] }) => [id, { x, y }]));

/** The middle of the neighbours that have a place, else the country's place further out, else the centre. */
function anchor(entity, placed) {
  const home = placed.get(entity.country);
  if (home && entity.kind !== "agreement" && entity.kind !== "meeting") return { x: home.x * 1.3, y: home.y * 1.35 };
  const near = entity.links.map((relation) => placed.get(across(relation, entity.id))).filter(Boolean);
  const middle = (axis) => near.reduce((sum, spot) => sum + spot[axis], 0) / (near.length || 1);
  return { x: middle("x") * 0.78, y: middle("y") * 0.78 };
}

/** The nearest free spot on a spiral around a point. */
function freeSpot(point, taken) {
  for (let n = 0; n < 1500; n += 1) {
    const [turn, out] = [n * 2.39996, 17 * Math.sqrt(n)];
    const spot = { x: point.x + 1.4 * out * Math.cos(turn), y: point.y + out * Math.sin(turn) };
    if (!taken.some((other) => Math.abs(other.x - spot.x) < 52 && Math.abs(other.y - spot.y) < 40)) return spot;
  }
  return point;
}

/** Places of the overview; an entity that was not laid out gets a free spot and keeps it. */
function overview(nodes) {
  const taken = nodes.map((entity) => spots.get(entity.id)).filter(Boolean);
  for (const entity of nodes) {
    if (spots.has(entity.id)) continue;
    const spot = freeSpot(anchor(entity, spots), taken);
    spots.set(entity.id, spot);
    taken.push(spot);
  }
  return new Map(nodes.map((entity) => [entity.id, spots.get(entity.id)]));
}

/** Spreads entities evenly on as many ellipses as they need, the first at a distance; answers the next distance. */
function onRings(ids, first, places) {
  let [left, far] = [ids, first];
  while (left.length) {
    const room = Math.max(8, Math.floor((2 * Math.PI * far) / 62));
    const ring = left.slice(0, room);
    ring.forEach((id, n) => {
      const angle = (2 * Math.PI * (n + 0.5)) / ring.length - Math.PI / 2;
      places.set(id, { x: 1.35 * far * Math.cos(angle), y: far * Math.sin(angle) });
    });
    left = left.slice(room);
    far += 88;
  }
  return far + 60;
}

/** Places in focus: the chosen one in the middle, its neighbours by class around it, theirs further out. */
function rings(nodes, ring, centre) {
  const order = (entity) => KINDS.indexOf(entity.kind) * 1e6 + entity.rank;
  const places = new Map([[centre, { x: 0, y: 0 }]]);
  const at = (step) =>
    nodes
      .filter((entity) => entity.id !== centre && (ring.get(entity.id) ?? 2) === step)
      .sort((a, b) => order(a) - order(b));
  const inner = at(1).map((entity) => entity.id);
  const next = onRings(inner, 190, places);
  const angle = (entity) => {
    const near = entity.links
      .map((relation) => places.get(across(relation, entity.id)))
      .filter((spot) => spot && (spot.x || spot.y));
    const sum = (axis) => near.reduce((total, spot) => total + spot[axis], 0);
    return (Math.atan2(sum("y"), sum("x")) + 2.5 * Math.PI) % (2 * Math.PI);
  };
  const outer = at(2)
    .map((entity) => ({ id: entity.id, angle: angle(entity) }))
    .sort((a, b) => a.angle - b.angle);
  onRings(
    outer.map((item) => item.id),
    next,
    places,
  );
  return places;
}

/** The places of all that is in sight. */
function placesFor(sight) {
  return sight.ring ? rings(sight.nodes, sight.ring, state.focus) : overview(sight.nodes);
}
