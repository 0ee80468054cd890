/* The organisation chart's data: what stands under what on the date, what it came out of, what is left out and why. */

Object.assign(WORDS, {
  chart: ["Chart", "Sơ đồ"],
  chartHint: [
    "Draws who was in place that day. What a source names only later, or what was over, can be shown as well.",
    "Vẽ những đơn vị có trong cơ cấu vào ngày đó. Có thể hiện thêm đơn vị nguồn chỉ nêu về sau hoặc đã kết thúc.",
  ],
  chartName: ["Organisation chart", "Sơ đồ tổ chức"],
  before: ["Predecessors", "Tổ chức tiền thân"],
  after: ["Successors", "Tổ chức kế thừa"],
  predecessor: ["Predecessor", "Tổ chức tiền thân"],
  successor: ["Successor", "Tổ chức kế thừa"],
  former: ["Former units", "Đơn vị cũ"],
  later: ["First seen later", "Ghi nhận về sau"],
  tickN: ["{0} ({1})", "{0} ({1})"],
  endedBy: ["ended by {0}", "kết thúc chậm nhất {0}"],
  becameOf: ["now {0}", "nay là {0}"],
  wasUnder: ["under {0}", "thuộc {0}"],
  lastSeen: ["last seen {0}", "ghi nhận gần nhất {0}"],
  firstSeen: ["first seen {0}", "ghi nhận sớm nhất {0}"],
  noDates: ["no date known", "không rõ ngày"],
  bodiesN: ["{0} units", "{0} đơn vị"],
  bodies1: ["1 unit", "1 đơn vị"],
  leftOutN: ["{0} not drawn: first seen later", "{0} đơn vị không vẽ: ghi nhận về sau"],
});

for (const [key, start] of [["before", "1"], ["former", ""], ["later", ""]])
  addChoice(key, start, (text) => text === "0" || text === "1");

const DRAWN = ["sure", "likely", "possible", "undated", "ended"];

/** True if a relation tells of a change that made one body out of another; else it places one under another. */
function isChange(relation) {
  return Object.keys(relation.via).length > 0;
}

/** How surely a body was in its place on the date, with the same words as answers have; or why it was not. */
function standing({ start, startLatest, endEarliest, end }, date = state.date) {
  if (!date) return end ? "ended" : "likely";
  if (start && date < start) return "not yet";
  if (end && end < date) return "over";
  if (!startLatest && !endEarliest) return "undated";
  if (startLatest && date < startLatest) return "later";
  if (endEarliest && date <= endEarliest) return "sure";
  const seen = Number((endEarliest || startLatest).slice(0, 4));
  return Number(date.slice(0, 4)) - seen <= 2 ? "likely" : "possible";
}

/** The relations of the chart by their ends: units under a body, what a body came out of, what it became. */
function indexOfBodies() {
  const found = { units: new Map(), origins: new Map(), heirs: new Map(), above: new Map() };
  const put = (map, key, relation) => map.set(key, [...(map.get(key) || []), relation]);
  for (const relation of timeless().filter((r) => r.family === "structure" && r.source !== r.target)) {
    if (!isChange(relation)) {
      put(found.units, relation.target, relation);
      put(found.above, relation.source, relation);
    } else if (!state.date || !relation.start || relation.start <= state.date) {
      put(found.origins, relation.source, relation);
      put(found.heirs, relation.target, relation);
    }
  }
  return found;
}

/** True if a body that ended at an unknown moment has by now an heir in place. */
function isReplaced(relation, index) {
  const inPlace = (r) => (index.above.get(r.source) || []).some((one) => ["sure", "likely"].includes(standing(one)));
  return Boolean(state.date && relation.end && (index.heirs.get(relation.source) || []).some(inPlace));
}

/** Bodies of a list by class, then by name. */
function inOrder(bodies) {
  const { compare } = new Intl.Collator(state.lang, { numeric: true });
  const place = (body) => KINDS.indexOf(body.entity.kind);
  return bodies.sort((a, b) => place(a) - place(b) || compare(nameOf(a.entity), nameOf(b.entity)));
}

/** A body with all that hangs from it; `path` keeps a circle in the data from going on for ever. */
function bodyOf(id, relation, path, index) {
  const on = [...path, id];
  const places = (index.units.get(id) || []).filter((r) => !on.includes(r.source));
  const under = (...kinds) => {
    const found = places.filter((r) => kinds.includes(isReplaced(r, index) ? "over" : standing(r)));
    return inOrder(found.map((r) => bodyOf(r.source, r, on, index)));
  };
  return {
    entity: entityOf.get(id),
    relation,
    path,
    standing: relation ? standing(relation) : "likely",
    units: under(...DRAWN),
    over: under("over"),
    later: under("later"),
    before: changesOf(id, "origins", on, index),
    heirs: (index.heirs.get(id) || []).map((r) => r.source),
  };
}

/** The bodies that a body came out of, or that came out of it, each with its own. */
function changesOf(id, way, path, index) {
  const end = way === "origins" ? "target" : "source";
  const latest = (a, b) => (a.start < b.start ? 1 : a.start > b.start ? -1 : 0);
  const found = (index[way].get(id) || []).filter((r) => !path.includes(r[end])).sort(latest);
  return found.map((r) => ({
    entity: entityOf.get(r[end]),
    relation: r,
    path,
    standing: way === "origins" ? "before" : "after",
    units: [],
    over: [],
    later: [],
    before: way === "origins" ? changesOf(r[end], way, [...path, r[end]], index) : [],
    heirs: [],
  }));
}

/** The bodies that stand at the top: the focus, else what has units and nothing above it, else what came of changes. */
function topsOf(index) {
  if (state.focus) return [state.focus];
  const tops = [...index.units.keys()].filter((id) => !index.above.has(id));
  return tops.length ? tops : [...index.origins.keys()].filter((id) => !index.heirs.has(id));
}

/** The whole chart: a tree for each top, with what became of the body itself. */
function chartTrees() {
  const index = indexOfBodies();
  return inOrder(topsOf(index).map((id) => bodyOf(id, null, [], index))).map((top) => {
    const after = changesOf(top.entity.id, "heirs", [top.entity.id], index);
    const gone = (top.entity.end && state.date > top.entity.end) || (top.heirs.length && !top.units.length && top.over.length);
    return { ...top, after, standing: gone ? "over" : top.standing };
  });
}

/** All bodies of a tree, those above first. */
function allOf(body, ...ways) {
  return ways.flatMap((way) => body[way] || []).reduce((found, one) => [...found, ...allOf(one, ...ways)], [body]);
}

/** The predecessors or successors of a body, if the reader wants to see them. */
function changed(body, way) {
  return state.before === "1" ? body[way] || [] : [];
}

/** What the chart leaves out: former units that do not already stand there as predecessors, and those seen later. */
function leftOut(trees) {
  const drawn = trees.flatMap((tree) => allOf(tree, "units", ...(state.before === "1" ? ["before"] : [])));
  const ids = new Set(drawn.map((body) => body.entity.id));
  const once = (way) => {
    const found = new Map(drawn.flatMap((body) => body[way]).map((body) => [body.entity.id, body]));
    return inOrder([...found.values()].filter((body) => !ids.has(body.entity.id)));
  };
  return { former: once("over"), later: once("later") };
}

/** True if what is left out is drawn after all: the reader wants it, or nothing else stands there. */
function shows(way, trees) {
  return state[way] ? state[way] === "1" : way === "former" && !trees.some((tree) => tree.units.length);
}

/** A name without that of a body above it: the chart shows where it belongs. */
function nameInChart({ entity, path }) {
  const name = bare(nameOf(entity));
  const above = path.map((id) => bare(nameOf(entityOf.get(id)))).flatMap((one) => [one, one.replace(/ \([^)]*\)$/, "")]);
  const tail = above.map((one) => `, ${one}`).find((one) => name.endsWith(one) && name.length > one.length);
  return tail ? name.slice(0, -tail.length) : name;
}

/** What is said below the name of a body: why it is dashed or pale. */
function noteOf(body) {
  const { relation, standing: how, heirs, path } = body;
  const month = (date) => sayDate(date.slice(0, 7));
  if (!relation) return how === "over" && body.entity.end ? t("endedBy", month(body.entity.end)) : "";
  if (how === "before" || how === "after") {
    const day = sayDate(relation.when.split("–")[0] || relation.start);
    return [say(relation.type.labels), day].filter(Boolean).join(", ");
  }
  if (how === "later") return [t("firstSeen", month(relation.startLatest)), underOf(path)].filter(Boolean).join(", ");
  if (how === "over" || how === "ended") {
    const now = heirs.map((id) => briefOf(entityOf.get(id)));
    return [t("endedBy", month(relation.end)), now.length ? t("becameOf", now.join(", ")) : ""].filter(Boolean).join(", ");
  }
  if (how === "possible") return t("lastSeen", (relation.endEarliest || relation.startLatest).slice(0, 4));
  return how === "undated" ? t("noDates") : "";
}

/** Under which unit a body stood, if that is not the top. */
function underOf(path) {
  return path.length > 1 ? t("wasUnder", briefOf(entityOf.get(path.at(-1)))) : "";
}
