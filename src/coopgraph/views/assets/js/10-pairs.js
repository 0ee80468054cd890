/* Pairs: what two entities share, because relations lead from both to it; for views and for the card. */

/** The relations by where they lead, then by where they come from: target -> source -> relations. */
function sharing(lines) {
  const targets = new Map();
  for (const relation of lines) {
    const from = targets.get(relation.target) || new Map();
    targets.set(relation.target, from);
    from.set(relation.source, [...(from.get(relation.source) || []), relation]);
  }
  return targets;
}

/** What a pair shares: for each shared entity the relations of both; relations straight between the two as well. */
function sharedBy([one, two], lines) {
  const found = [...sharing(lines.filter((r) => r.source === one.id || r.source === two.id))]
    .filter(([, from]) => from.has(one.id) && from.has(two.id))
    .map(([id, from]) => ({ entity: entityOf.get(id), relations: [...from.get(one.id), ...from.get(two.id)] }));
  return found.sort((a, b) => (a.entity.start < b.entity.start ? 1 : -1));
}

/** One shared entity as a line of the card: when, and why we know it of each of the two. */
function sharedLine({ entity, relations: list }) {
  const why = (relation) =>
    make(
      "li",
      {},
      make("bdi", {}, nameOf(entityOf.get(relation.source))),
      say(relation.via) ? make("span", { className: "meta" }, " · ", data(relation.via)) : "",
      sourceList(evidenceOf(relation.said)),
    );
  return make(
    "li",
    {},
    make("div", { className: "row" }, entityButton(entity.id, true), make("span", { className: "meta" }, sayPeriod(list[0]))),
    make("ul", { className: "shares" }, ...list.map(why)),
  );
}

/** The card of a pair: what the two share, by type of relation. */
function pairCard([one, two]) {
  const found = sharedBy([one, two], inSight.lines);
  const groups = [...types.values()].map((type) => [type, found.filter((item) => item.relations[0].type === type)]);
  const block = ([type, list]) =>
    make(
      "details",
      { className: "group", open: found.length <= 12 || list.length === found.length },
      make("summary", {}, stroke(type.family), " ", data(type.labels), ` (${list.length})`),
      make("ul", {}, ...list.map(sharedLine)),
    );
  return [
    ...cardHead([t("pair"), " · ", t("sharedN", found.length)], `${nameOf(one)} – ${nameOf(two)}`, () =>
      change({ pair: "" }),
    ),
    make("div", { className: "buttons" }, entityButton(one.id, true), entityButton(two.id, true)),
    found.length ? null : make("p", { className: "hint" }, t("nothingShared")),
    ...groups.filter(([, list]) => list.length).map(block),
  ];
}
