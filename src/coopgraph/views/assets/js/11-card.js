/* The card at the right: an entity, a relation, a pair or a path, every statement with its sources. */

/** A relation as a line of a card: where it leads, when, and why we know. */
function relationLine(relation, id) {
  const open = relationPasses(relation) && passes(entityOf.get(across(relation, id)));
  return make(
    "li",
    open ? {} : { className: "off" },
    make(
      "div",
      { className: "row" },
      entityButton(across(relation, id), true),
      make("span", { className: "meta" }, sayPeriod(relation), open ? "" : ` · ${t("hidden")}`),
    ),
    make(
      "div",
      { className: "row why" },
      sourceList(evidenceOf(relation.said)),
      make(
        "button",
        {
          type: "button",
          className: "link meta",
          onclick: () => openRelation(relation.id),
          "aria-label": `${t("relation")}: ${say(relation.type.labels)}, ${nameOf(entityOf.get(across(relation, id)))}`,
        },
        t("relation"),
      ),
    ),
  );
}

/** The relations of an entity, grouped by type and direction. */
function relationGroups(entity) {
  const groups = new Map();
  for (const relation of entity.links) {
    const away = relation.source === entity.id;
    const key = `${FAMILIES.indexOf(relation.family)} ${relation.type.key} ${away ? 0 : 1}`;
    if (!groups.has(key)) groups.set(key, { relation, away, list: [] });
    groups.get(key).list.push(relation);
  }
  const sorted = [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
  return sorted.map(({ relation, away, list }) => {
    const latest = list.sort((a, b) => (a.start < b.start ? 1 : a.start > b.start ? -1 : 0));
    return make(
      "section",
      { className: "group" },
      make(
        "h4",
        {},
        stroke(relation.family),
        make("span", { className: "way" }, away ? "→" : "←"),
        data(relation.type.labels),
        ` (${list.length})`,
      ),
      make("ul", {}, ...latest.map((one) => relationLine(one, entity.id))),
    );
  });
}

/** For a country: agreements and meetings reached through its own bodies. */
function throughBodies(entity) {
  const bodies =
    entity.kind === "country"
      ? entities.filter((one) => one.country === entity.id && one.kind !== "agreement" && one.kind !== "meeting")
      : [];
  const direct = new Set(entity.links.map((relation) => across(relation, entity.id)));
  const found = bodies
    .flatMap((body) => body.links.map((relation) => entityOf.get(across(relation, body.id))))
    .filter((one) => ["agreement", "meeting"].includes(one.kind) && !direct.has(one.id) && passes(one));
  const list = [...new Set(found)].sort((a, b) => (a.start < b.start ? 1 : -1));
  if (!list.length) return null;
  return make(
    "details",
    { className: "group" },
    make("summary", {}, `${t("through")} (${list.length})`),
    make(
      "ul",
      {},
      ...list.map((one) =>
        make(
          "li",
          { className: "row" },
          entityButton(one.id, true),
          make("span", { className: "meta" }, sayPeriod(one)),
        ),
      ),
    ),
  );
}

/** The head of a card. */
function cardHead(small, title, close) {
  return [
    make(
      "button",
      { type: "button", className: "close", onclick: close, "aria-label": t("close"), id: "close" },
      make("span", { "aria-hidden": "true" }, "×"),
    ),
    make("p", { className: "kind" }, ...small),
    make("h2", { tabIndex: -1, id: "card-head" }, title),
  ];
}

/** The card of an entity. */
function entityCard(entity) {
  const button = (key, act, main) =>
    make("button", { type: "button", className: main ? "main" : "", onclick: act }, t(key));
  return [
    ...cardHead([icon(entity.kind), t(entity.kind)], data(say(entity.labels).trim() ? entity.labels : entity.id), () =>
      change({ node: "" }),
    ),
    passport(entity),
    make(
      "div",
      { className: "buttons" },
      button(
        state.focus === entity.id ? "leave" : "focus",
        () => (state.focus === entity.id ? change({ focus: "" }) : focusOn(entity.id)),
        true,
      ),
      OWN === "map" ? button("pathFrom", () => setEnd("from", entity.id)) : null,
      OWN === "map" ? button("pathTo", () => setEnd("to", entity.id)) : null,
    ),
    factList(entity),
    throughBodies(entity),
    make("h3", {}, t("relations"), ` (${entity.links.length})`),
    ...relationGroups(entity),
  ];
}

/** What else joins the two ends of a relation. */
function besideList(relation) {
  const { links } = entityOf.get(relation.source);
  const list = links.filter((one) => one !== relation && across(one, relation.source) === relation.target);
  if (!list.length) return null;
  const line = (one) => {
    const open = { type: "button", className: "link", onclick: () => openRelation(one.id) };
    const name = make("button", open, stroke(one.family), data(one.type.labels));
    return make("li", {}, name, make("span", { className: "meta" }, " ", sayPeriod(one)));
  };
  return make("section", { className: "group" }, make("h3", {}, t("beside")), make("ul", {}, ...list.map(line)));
}

/** The card of a relation: the statement behind it, its sources, and what else joins the two. */
function relationCard(relation) {
  const small = [stroke(relation.family), t("relation"), " · ", t(`family-${relation.family}`)];
  const way = make("span", {}, "→ ", data(relation.type.labels), " →");
  const [from, to] = [entityButton(relation.source, true), entityButton(relation.target, true)];
  return [
    ...cardHead(small, data(relation.type.labels), () => change({ edge: "" })),
    make("p", { className: "triple" }, from, way, to),
    make(
      "dl",
      {},
      ...(sayPeriod(relation) ? row(t("period"), sayPeriod(relation)) : []),
      ...(say(relation.via) ? row(t("by"), data(relation.via)) : []),
    ),
    sourceList(evidenceOf(relation.said), true),
    besideList(relation),
  ];
}

/** The card of a path: each step with its relation and sources. */
function pathCard() {
  const { nodes, edges, found } = route();
  const steps = edges.map((relation, n) =>
    make(
      "li",
      {},
      entityButton(nodes[n], true),
      make(
        "div",
        { className: "step" },
        make(
          "button",
          { type: "button", className: "link", onclick: () => openRelation(relation.id) },
          stroke(relation.family),
          make("span", { className: "way" }, relation.source === nodes[n] ? "→" : "←"),
          data(relation.type.labels),
        ),
        sourceList(evidenceOf(relation.said)),
      ),
    ),
  );
  const last = found ? make("li", {}, entityButton(nodes.at(-1), true)) : null;
  return [
    ...cardHead([t("path")], found ? count("step", "steps", edges.length) : t("noPath"), () =>
      change({ from: "", to: "" }),
    ),
    found ? make("p", { className: "meta" }, t("pathNote")) : null,
    make("ol", { className: "steps" }, ...steps, last),
  ];
}

/** Chooses a relation. */
function openRelation(id) {
  change({ edge: id, node: "" });
}

/** Sets one end of the path; with both, the path takes the place of the card. */
function setEnd(end, id) {
  const other = end === "from" ? "to" : "from";
  const both = state[other] && state[other] !== id;
  change({
    [end]: id,
    ...(state[other] === id ? { [other]: "" } : {}),
    ...(both ? { node: "", edge: "", focus: "" } : {}),
  });
  if (both) VIEWS[state.view].reveal?.(id);
  if (both) announce(route().found ? count("step", "steps", route().edges.length) : t("noPath"));
}

/** Shows the card that fits the state, or none; the place in the text is kept while the same thing is shown. */
function showCard() {
  const card = document.getElementById("card");
  const entity = entityOf.get(state.node);
  const relation = relationOf.get(state.edge);
  const pair = pairOf(state.pair);
  const path = state.from && state.to;
  const key = [state.node, state.edge, state.pair, path && `${state.from} ${state.to}`].join(" ");
  const held = card.contains(document.activeElement);
  const top = card.dataset.key === key ? card.scrollTop : 0;
  card.hidden = !entity && !relation && !pair && !path;
  document.body.classList.toggle("card-open", !card.hidden);
  const parts = () =>
    (entity && entityCard(entity)) || (relation && relationCard(relation)) || (pair && pairCard(pair)) || pathCard();
  if (!card.hidden) fill(card, ...parts());
  card.scrollTop = top;
  if (held)
    (card.hidden
      ? VIEWS[state.view].home?.() || document.getElementById("search")
      : document.getElementById("card-head")
    ).focus({ preventScroll: true });
  card.dataset.key = key;
}

/** Shows only an entity and what is near it; on the map countries begin with two steps, through their bodies. */
function focusOn(id) {
  const hops = OWN === "map" && entityOf.get(id).kind === "country" ? 2 : 1;
  change({ focus: id, node: id, edge: "", pair: "", view: OWN, hops });
}
