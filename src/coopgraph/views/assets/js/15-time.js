/* The as-of date, the ends of the path, and the status line. */

const happenings = entities.filter((entity) => entity.kind === "agreement" || entity.kind === "meeting");
const years = [...happenings, ...relations]
  .flatMap((item) => [item.start, item.end])
  .concat(raw.asOf)
  .filter((date) => /^\d{4}-\d\d/.test(date))
  .map((date) => Number(date.slice(0, 4)))
  .filter((year) => year < 2100);
const begun = happenings.map((item) => Number(item.start.slice(0, 4))).filter((year) => year > 1900);
const LAST = Math.max(...years, ...(years.length ? [] : [2030]));
const FIRST = Math.min(LAST, ...(begun.length ? begun : years.filter((year) => year > 1900)));

/** The last day of the n-th month since the first year. */
function monthEnd(n) {
  return new Date(Date.UTC(FIRST, n + 1, 0)).toISOString().slice(0, 10);
}

/** How many agreements and meetings began in each year, as small bars. */
function showYears() {
  const starts = (kind) =>
    tally(
      entities.filter((one) => one.kind === kind && one.start),
      (one) => Number(one.start.slice(0, 4)),
    );
  const [agreed, met] = [starts("agreement"), starts("meeting")];
  const all = Array.from({ length: LAST - FIRST + 1 }, (_, n) => FIRST + n);
  const most = Math.max(1, ...all.map((year) => (agreed.get(year) || 0) + (met.get(year) || 0)));
  const bar = (kind, number) => {
    const part = make("i", {});
    Object.assign(part.style, { height: `${(30 * number) / most}px`, background: kindColour(kind) });
    return part;
  };
  fill(
    document.getElementById("years"),
    ...all.map((year) =>
      make(
        "span",
        { title: String(year), className: state.date && year > Number(state.date.slice(0, 4)) ? "later" : "" },
        bar("agreement", agreed.get(year) || 0),
        bar("meeting", met.get(year) || 0),
      ),
    ),
  );
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
  showYears();
}

/** The two ends of the path. */
function showEnds() {
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
  const why = sight.crowded ? `, ${t("budgetN", sight.crowded)}` : "";
  return [
    `${t("shownN", sight.nodes.length, entities.length)} · ${t("hiddenN", hidden)}${hidden ? why : ""}`,
    t("shownE", sight.edges.length, relations.length),
    `${t("asOf")}: ${state.date ? sayDate(state.date) : t("always")}`,
    raw.generated ? t("version", raw.generated) : "",
    t("offline"),
  ].filter(Boolean);
}

/** What stands over the map in focus: on whom, how far around, and the way out. */
function focusBanner() {
  const hops = (number) => {
    const act = { onclick: () => change({ hops: number }), "aria-pressed": String(state.hops === number) };
    return make("button", { type: "button", id: `hops-${number}`, ...act }, t(`hops${number}`));
  };
  const out = () => {
    change({ focus: "" });
    canvas.focus();
  };
  const name = bare(elide(nameOf(entityOf.get(state.focus)), 60));
  const away = make("button", { type: "button", id: "leave", onclick: out }, t("leave"));
  return [make("strong", {}, t("focusOn", name)), hops(1), hops(2), away];
}

/** Shows the status line, and the banner if there is a focus or nothing to see. */
function showStatus(sight) {
  const parts = statusParts(sight).map((part, n) => make("span", n ? {} : { id: "counts" }, part));
  fill(document.getElementById("status"), ...parts);
  const banner = document.getElementById("banner");
  banner.hidden = !state.focus && sight.nodes.length > 0;
  if (state.focus) keeping(banner, () => fill(banner, ...focusBanner()));
  else fill(banner, make("span", {}, t("empty")));
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
