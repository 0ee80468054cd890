/* What is in sight: filters by class, type and time, the budget, focus; and the counts of the legend. */

const LIMIT = 300;

/** What is in sight at present, as `look` found it. */
let inSight = null;

/** True if something exists at the date; unknown bounds count as open, what happened stays known. */
function alive(item, event) {
  const { date } = state;
  return !date || ((!item.start || item.start <= date) && (event || !item.end || date <= item.end));
}

/** True if an entity passes the filters. */
function passes(entity) {
  return !state.offKinds.has(entity.kind) && alive(entity, entity.kind === "meeting");
}

/** The relations that pass the filters at any time, for views that draw time themselves. */
function timeless() {
  const open = (id) => !state.offKinds.has(entityOf.get(id).kind);
  return relations.filter((r) => !state.offTypes.has(r.type.key) && open(r.source) && open(r.target));
}

/** True if a relation passes the filters, whatever its ends do. */
function relationPasses(relation) {
  return !state.offTypes.has(relation.type.key) && alive(relation, relation.family === "meeting");
}

/** The entities within so many steps of one, through relations and entities that pass. */
function around(id, hops) {
  const found = new Map([[id, 0]]);
  let edge = [id];
  for (let step = 1; step <= hops; step += 1) {
    const next = [];
    for (const here of edge) {
      if (step > 1 && entityOf.get(here).kind === "country" && here !== id) continue;
      for (const relation of entityOf.get(here).links) {
        const there = across(relation, here);
        if (found.has(there) || !relationPasses(relation) || !passes(entityOf.get(there))) continue;
        found.set(there, step);
        next.push(there);
      }
    }
    edge = next;
  }
  return found;
}

/** The entities that must be in sight, whatever the budget: what the reader has pointed at. */
function pinned() {
  const relation = relationOf.get(state.edge);
  const ends = relation ? [relation.source, relation.target] : [];
  const pointed = [state.node, state.from, state.to, ...ends].filter(
    (id) => entityOf.has(id) && passes(entityOf.get(id)),
  );
  return [...pointed, ...route().nodes, ...(state.focus ? [state.focus] : [])];
}

/** Chooses as many entities as there is room for: the pinned ones, then by rank. */
function choose(candidates, most) {
  const chosen = new Set(pinned());
  for (const entity of candidates) {
    if (chosen.size >= most) break;
    chosen.add(entity.id);
  }
  return chosen;
}

/** How many entities there is room for; only the map has a budget. */
function room(ring) {
  if (!raw.budget) return Infinity;
  return ring ? LIMIT : Math.min(LIMIT, Math.max(raw.budget, 60));
}

/** Works out all that is in sight; everything drawn or listed starts from this value. */
function look() {
  const passing = entities.filter(passes);
  const ring = state.focus ? around(state.focus, state.hops) : null;
  const near = ring
    ? passing.filter((e) => ring.has(e.id)).sort((a, b) => ring.get(a.id) - ring.get(b.id) || a.rank - b.rank)
    : passing;
  const chosen = choose(near, room(ring));
  const passingIds = new Set(passing.map((entity) => entity.id));
  const open = relations.filter(relationPasses);
  return {
    ring,
    passing,
    chosen,
    lines: open.filter((r) => passingIds.has(r.source) && passingIds.has(r.target)),
    nodes: entities.filter((entity) => chosen.has(entity.id)),
    edges: open.filter((r) => chosen.has(r.source) && chosen.has(r.target)),
    crowded: near.length - near.filter((entity) => chosen.has(entity.id)).length,
  };
}

/** Counts by a key. */
function tally(items, key) {
  const counts = new Map();
  for (const item of items) counts.set(key(item), (counts.get(key(item)) || 0) + 1);
  return counts;
}

/** Opens whatever filter hides an entity; true if there was one. */
function unhide(id) {
  const entity = entityOf.get(id);
  if (passes(entity)) return false;
  state.offKinds = new Set([...state.offKinds].filter((kind) => kind !== entity.kind));
  if (!passes(entity)) state.date = "";
  return true;
}
