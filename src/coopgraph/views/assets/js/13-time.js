/* The as-of date, the ends of the path, and the status line. */

const happenings = entities.filter((entity) => entity.kind === "agreement" || entity.kind === "meeting");
const years = [...happenings, ...relations]
  .flatMap((item) => [item.start, item.end])
  .concat(raw.asOf)
  .filter((date) => /^\d{4}-\d\d/.test(date))
  .map((date) => Number(date.slice(0, 4)))
  .filter((year) => year < 2100);
const beginnings = OWN === "map" ? happenings.map(({ kind, start }) => [kindColour, kind, start]) : firstRelations();
const begun = beginnings.map(([, , start]) => Number(start.slice(0, 4))).filter((year) => year > 1900);
const LAST = Math.max(...years, ...(years.length ? [] : [2030]));
const FIRST = Math.min(LAST, ...(begun.length ? begun : years.filter((year) => year > 1900)));

/** When something began to which relations lead, each once: how it is coloured, its family, the day. */
function firstRelations() {
  const day = (relation) => relation.start || relation.startLatest;
  const found = new Map(relations.map((relation) => [`${relation.target} ${day(relation)}`, relation]));
  return [...found.values()].map((relation) => [familyColour, relation.family, day(relation)]);
}

/** The last day of the n-th month since the first year. */
function monthEnd(n) {
  return new Date(Date.UTC(FIRST, n + 1, 0)).toISOString().slice(0, 10);
}

/** How much began in each year, as small bars. */
function showYears() {
  const kinds = [...new Map(beginnings.map(([colour, kind]) => [kind, colour]))].sort(([a], [b]) => (a < b ? -1 : 1));
  const counts = tally(beginnings, ([, kind, start]) => `${kind} ${start.slice(0, 4)}`);
  const count = (kind, year) => counts.get(`${kind} ${year}`) || 0;
  const all = Array.from({ length: LAST - FIRST + 1 }, (_, n) => FIRST + n);
  const most = Math.max(1, ...all.map((year) => kinds.reduce((sum, [kind]) => sum + count(kind, year), 0)));
  const bar = ([kind, colour], year) => {
    const part = make("i", {});
    Object.assign(part.style, { height: `${(30 * count(kind, year)) / most}px`, background: colour(kind) });
    return part;
  };
  const later = (year) => state.date && year > Number(state.date.slice(0, 4));
  const column = (year) =>
    make("span", { title: String(year), className: later(year) ? "later" : "" }, ...kinds.map((kind) => bar(kind, year)));
  fill(document.getElementById("years"), ...all.map(column));
}

/** The as-of control as the state has it. */
function showTime() {
  const set = (id, props) => Object.assign(document.getElementById(id), props);
  const [year, month] = (state.date || `${LAST}-12`).split("-").map(Number);
  set("when", { textContent: state.date ? sayDate(state.date) : t("always") });
  set("always", { checked: !state.date });
  set("month", { min: 0, max: (LAST - FIRST) * 12 + 11, value: (year - FIRST) * 12 + month - 1 });
  document.getElementById("month").setAttribute("aria-valuetext", state.date ? sayDate(state.date) : t("always"));
  if (document.activeElement !== document.getElementById("day")) set("day", { value: state.date });
  set("first-year", { textContent: FIRST });
  set("last-year", { textContent: LAST });
  set("time-hint", { textContent: t(VIEWS[state.view].timeHint || "timeHint") });
  showYears();
}

/** The two ends of the path. */
function showEnds() {
  if (OWN !== "map") return;
  const end = (key) =>
    make(
      "div",
      { className: "end" },
      make("span", { className: "meta" }, `${t(key)}: `),
      state[key] ? entityButton(state[key], true) : make("span", { className: "meta" }, t("pick")),
    );
  const both = state.from && state.to;
  const buttons = make(
    "div",
    { className: "buttons" },
    both ? make("button", { type: "button", onclick: () => change({ node: "", edge: "" }) }, t("path")) : "",
    both
      ? make(
          "button",
          { type: "button", onclick: () => change({ from: state.to, to: state.from, node: "", edge: "" }) },
          t("swap"),
        )
      : "",
    make("button", { type: "button", onclick: () => change({ from: "", to: "" }) }, t("clear")),
  );
  fill(
    document.getElementById("ends"),
    end("from"),
    end("to"),
    state.from || state.to ? buttons : make("p", { className: "hint" }, t("pathHow")),
  );
}

/** The line at the foot: what is shown, what is hidden and why, as of when, from which data. */
function statusParts(sight) {
  const hidden = entities.length - sight.nodes.length;
  const told = (word, ...numbers) => t(word, ...numbers.map((number) => number.toLocaleString(state.lang)));
  const all = hidden > 0 && sight.crowded === hidden;
  const why = hidden && sight.crowded && !all ? `, ${told("budgetN", sight.crowded)}` : "";
  const own = VIEWS[state.view].counts?.(sight) || [
    `${told("shownN", sight.nodes.length, entities.length)} · ${told(all ? "crowdedN" : "hiddenN", hidden)}${why}`,
    told("shownE", sight.edges.length, relations.length),
  ];
  return [
    ...own,
    `${t("asOf")}: ${state.date ? sayDate(state.date) : t("always")}`,
    raw.generated ? t("version", raw.generated) : "",
    t("offline"),
  ].filter(Boolean);
}

/** Shows the status line. */
function showStatus(sight) {
  const parts = statusParts(sight).map((part, n) => make("span", n ? {} : { id: "counts" }, part));
  fill(document.getElementById("status"), ...parts);
}

/** Connects the as-of control. */
function wireTime() {
  const on = (id, event, act) => document.getElementById(id).addEventListener(event, act);
  on("always", "change", (event) =>
    change({ date: event.target.checked ? "" : START.date || monthEnd((LAST - FIRST) * 12 + 11) }),
  );
  on("month", "input", (event) => change({ date: monthEnd(Number(event.target.value)) }));
  on("day", "change", (event) => change({ date: dateOr(event.target.value, state.date) }));
}
