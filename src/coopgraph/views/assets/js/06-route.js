/* The path between two entities: cheapest first, where busy entities and themes are dear. */

const NO_ROUTE = { nodes: [], edges: [], found: false };
let routeKey = "";
let routeKept = NO_ROUTE;

/** What it costs to walk a relation to an entity: going through a hub says little. */
function toll(relation, entity) {
  return (1 + 0.6 * Math.log2(1 + entity.links.length)) * (relation.family === "theme" ? 2.2 : 1);
}

/** A queue that gives the cheapest first. */
function makeQueue() {
  const heap = [];
  const swap = (a, b) => {
    [heap[a], heap[b]] = [heap[b], heap[a]];
  };
  const less = (a, b) => heap[a].cost < heap[b].cost;
  function add(item) {
    heap.push(item);
    for (let n = heap.length - 1; n > 0 && less(n, (n - 1) >> 1); n = (n - 1) >> 1) swap(n, (n - 1) >> 1);
  }
  function take() {
    swap(0, heap.length - 1);
    const item = heap.pop();
    for (let n = 0, low = 1; low < heap.length; n = low, low = 2 * n + 1) {
      if (low + 1 < heap.length && less(low + 1, low)) low += 1;
      if (!less(low, n)) break;
      swap(low, n);
    }
    return item;
  }
  return { add, take, size: () => heap.length };
}

/** Walks from one entity to another; answers by which relation each entity was reached. */
function walk(from, to) {
  const best = new Map([[from, 0]]);
  const by = new Map();
  const queue = makeQueue();
  queue.add({ id: from, cost: 0 });
  while (queue.size()) {
    const { id, cost } = queue.take();
    if (id === to) break;
    if (cost > best.get(id)) continue;
    for (const relation of entityOf.get(id).links) {
      const next = entityOf.get(across(relation, id));
      if (!relationPasses(relation) || (!passes(next) && next.id !== to)) continue;
      const price = cost + toll(relation, next);
      if (price >= (best.get(next.id) ?? Infinity)) continue;
      best.set(next.id, price);
      by.set(next.id, relation);
      queue.add({ id: next.id, cost: price });
    }
  }
  return by;
}

/** The path the reader asked for, worked out once per state of the filters. */
function route() {
  const { from, to } = state;
  if (!from || !to || from === to) return NO_ROUTE;
  const key = [from, to, state.date, ...state.offKinds, ...state.offTypes].join("\n");
  if (key === routeKey) return routeKept;
  const by = walk(from, to);
  const nodes = [to];
  const edges = [];
  while (nodes[0] !== from && by.has(nodes[0])) {
    edges.unshift(by.get(nodes[0]));
    nodes.unshift(across(edges[0], nodes[0]));
  }
  routeKey = key;
  routeKept = nodes[0] === from ? { nodes, edges, found: true } : NO_ROUTE;
  return routeKept;
}
