/* How entities and relations look on the map: what is lit, what is dimmed, how big, how bent. */

/** What stands out: the chosen entity with its neighbours, the chosen relation, or the path. */
function lit(sight) {
  const path = route();
  if (state.edge) {
    const relation = relationOf.get(state.edge);
    return { nodes: new Set([relation.source, relation.target]), edges: new Set([relation.id]) };
  }
  if (state.node && state.node !== state.focus) {
    const edges = sight.edges.filter((r) => r.source === state.node || r.target === state.node);
    return {
      nodes: new Set([state.node, ...edges.map((r) => across(r, state.node))]),
      edges: new Set(edges.map((r) => r.id)),
    };
  }
  return path.found ? { nodes: new Set(path.nodes), edges: new Set(path.edges.map((r) => r.id)) } : null;
}

/** A colour with a transparency, as vis-network takes it. */
function glass(colour, alpha) {
  const part = (n) => parseInt(colour.slice(1 + 2 * n, 3 + 2 * n), 16);
  return `rgba(${part(0)},${part(1)},${part(2)},${alpha})`;
}

/** The look of an entity as vis-network takes it. */
function nodeLook(entity, place, light) {
  const [shape] = raw.style.shapes[entity.kind];
  const { ground, ink } = paper();
  const dim = light && !light.nodes.has(entity.id);
  const fill = mix(colourOf(entity), ground, dim ? 0.2 : 1);
  return {
    id: entity.id,
    shape,
    size: sizeOf(entity),
    x: place.x,
    y: place.y,
    borderWidth: 1,
    color: { background: fill, border: mix(fill, dim ? ground : ink, 0.72) },
  };
}

/** The look of a relation as vis-network takes it; arrows only where it stands out. */
function edgeLook(relation, bend, light) {
  const bright = light?.edges.has(relation.id);
  const rest = state.focus ? 0.55 : 0.3;
  const alpha = bright ? 1 : light ? 0.07 : rest;
  return {
    id: relation.id,
    from: relation.source,
    to: relation.target,
    width: bright ? 2.2 : 1.1,
    color: { color: glass(familyColour(relation.family), alpha), inherit: false },
    dashes: relation.family === "theme" ? [7, 5] : false,
    smooth: bend || false,
    arrows: { to: { enabled: Boolean(bright), scaleFactor: 0.55 } },
  };
}

/** Bends the second and later relations between the same two, so that each can be seen and clicked. */
function bends(edges) {
  const seen = new Map();
  return edges.map((relation) => {
    const pair = [relation.source, relation.target].sort();
    const key = pair.join("\n");
    const nth = seen.get(key) || 0;
    seen.set(key, nth + 1);
    const type = relation.source === pair[0] ? "curvedCW" : "curvedCCW";
    return nth ? { enabled: true, type, roundness: Math.min(0.9, 0.18 * nth) } : null;
  });
}
