/* The table: every entity and relation that passes the filters, sorted, narrowed and linked. */

const CHUNK = 300;
const table = { sort: { entities: ["name", 1], relations: ["from", 1] }, narrow: "", most: CHUNK };

/** How many different sources speak of something. */
function sourcesOf(item) {
  const said =
    item.said || item.facts.flatMap((fact) => fact[3]).concat(item.links.flatMap((relation) => relation.said));
  return new Set(said.map((number) => raw.evidence[number][0])).size;
}

/** The columns of the two lists: key, text or number to sort by, cell. */
const COLUMNS = {
  entities: [
    ["name", nameOf, (e) => entityButton(e.id, true)],
    ["class", (e) => t(e.kind), (e) => t(e.kind)],
    ["homeland", (e) => homeOf(e), (e) => homeOf(e)],
    ["period", (e) => e.start, (e) => sayPeriod(e)],
    ["links", (e) => e.links.length, (e) => String(e.links.length)],
    ["cites", sourcesOf, (e) => String(sourcesOf(e))],
  ],
  relations: [
    ["from", (r) => nameOf(entityOf.get(r.source)), (r) => entityButton(r.source, true)],
    [
      "relation",
      (r) => say(r.type.labels),
      (r) =>
        make(
          "button",
          { type: "button", className: "link", onclick: () => openRelation(r.id) },
          stroke(r.family),
          data(r.type.labels),
        ),
    ],
    ["to", (r) => nameOf(entityOf.get(r.target)), (r) => entityButton(r.target, true)],
    ["period", (r) => r.start, (r) => sayPeriod(r)],
    ["cites", sourcesOf, (r) => String(sourcesOf(r))],
  ],
};

/** The name of an entity's country. */
function homeOf(entity) {
  const home = entity.country === entity.id ? null : entityOf.get(entity.country);
  return home ? nameOf(home) : "";
}

/** What passes, narrowed by the words written above the table, sorted. */
function tableRows(sight) {
  const columns = COLUMNS[state.list];
  const [by, way] = table.sort[state.list];
  const value = columns.find(([key]) => key === by)[1];
  const words = fold(table.narrow).split(/\s+/).filter(Boolean);
  const texts = (item) => fold(columns.map(([, text]) => text(item)).join(" "));
  const items = (state.list === "entities" ? sight.passing : sight.lines).filter(
    (item) => !words.length || words.every((word) => texts(item).includes(word)),
  );
  const collator = new Intl.Collator(state.lang, { numeric: true });
  const keyed = items.map((item) => ({ item, key: value(item) }));
  const empty = (key) => key === "";
  keyed.sort(
    (a, b) =>
      empty(a.key) - empty(b.key) ||
      way * (typeof a.key === "number" ? a.key - b.key : collator.compare(a.key, b.key)) ||
      (a.item.id < b.item.id ? -1 : 1),
  );
  return keyed.map(({ item }) => item);
}

/** A head of a column: a button that sorts. */
function columnHead(key) {
  const [by, way] = table.sort[state.list];
  const sorted = by === key ? (way > 0 ? "ascending" : "descending") : "none";
  const press = () => {
    table.sort[state.list] = [key, by === key ? -way : 1];
    refresh();
    document.getElementById(`sort-${key}`).focus();
  };
  return make(
    "th",
    { scope: "col", "aria-sort": sorted, className: `c-${key}` },
    make(
      "button",
      { type: "button", id: `sort-${key}`, onclick: press },
      t(key),
      make("span", { "aria-hidden": "true" }, { ascending: " ▲", descending: " ▼", none: "" }[sorted]),
    ),
  );
}

/** One row; the first cell is its heading. */
function tableRow(item) {
  const [first, ...cells] = COLUMNS[state.list];
  const chosen = item.id === (state.list === "entities" ? state.node : state.edge);
  return make(
    "tr",
    chosen ? { className: "chosen" } : {},
    make("th", { scope: "row" }, first[2](item)),
    ...cells.map(([key, , cell]) => make("td", { className: `c-${key}` }, cell(item))),
  );
}

/** The two lists to choose from, and the box that narrows them. */
function tableBar(sight) {
  const pick = (list, number) =>
    make(
      "button",
      {
        type: "button",
        id: `list-${list}`,
        "aria-pressed": String(state.list === list),
        onclick: () => change({ list }),
      },
      `${t(list)} (${number})`,
    );
  const narrow = make("input", {
    type: "search",
    id: "narrow",
    value: table.narrow,
    placeholder: t("rowsFilter"),
    "aria-label": t("rowsFilter"),
    maxLength: 200,
    oninput: (event) => {
      table.narrow = event.target.value;
      table.most = CHUNK;
      showRows(inSight);
    },
  });
  return make(
    "div",
    { className: "bar" },
    pick("entities", sight.passing.length),
    pick("relations", sight.lines.length),
    narrow,
  );
}

/** Writes the rows that there is room for, and a button for more. */
function showRows(sight) {
  const rows = tableRows(sight);
  fill(document.querySelector("#view-table tbody"), ...rows.slice(0, table.most).map(tableRow));
  const left = rows.length - table.most;
  const more = make(
    "button",
    {
      type: "button",
      onclick: () => {
        table.most += CHUNK;
        showRows(sight);
      },
    },
    t("more", Math.min(left, CHUNK)),
  );
  fill(document.getElementById("more"), left > 0 ? more : null);
}

/** Shows the table. */
function showTable(sight) {
  const view = document.getElementById("view-table");
  keeping(view, () => {
    fill(
      view,
      make("h2", {}, t("table")),
      make("p", { className: "hint" }, t(OWN === "map" ? "tableNoteMap" : "tableNote")),
      tableBar(sight),
      make(
        "div",
        { className: "wide", tabIndex: 0, role: "region", "aria-label": t(state.list) },
        make(
          "table",
          {},
          make("caption", { className: "unseen" }, t(state.list)),
          make("thead", {}, make("tr", {}, ...COLUMNS[state.list].map(([key]) => columnHead(key)))),
          make("tbody"),
        ),
      ),
      make("div", { id: "more" }),
    );
    showRows(sight);
  });
}

VIEWS.table = { show: showTable, lines: () => [] };
