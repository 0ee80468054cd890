/* What the reader has chosen, and how it is written into the address and read back; what the views are. */

const PHONE = window.matchMedia("(max-width: 760px)");
const CALM = window.matchMedia("(prefers-reduced-motion: reduce)");
const NIGHT = window.matchMedia("(prefers-color-scheme: dark)");

/** The views of the page, by name; each file of a view puts its own in.
 *  show(sight) draws it and is needed; the others are there if they make sense:
 *  wire() once at the start, picture(night) as SVG, csv() of its own, lines(sight) for the printer, reveal(id) brings an entity into
 *  view, home() takes the keyboard when the card closes, counts(sight) begins the status line, `fluid` views are drawn
 *  anew when the window changes; timeHint and keys tell of themselves in the panel and in the help. */
const VIEWS = {};
const [OWN] = raw.tabs;

const state = {
  view: PHONE.matches && OWN === "map" ? "table" : OWN,
  list: "entities",
  lang: raw.lang,
  theme: "",
  node: "",
  edge: "",
  pair: "",
  focus: "",
  hops: 1,
  date: dateOr(raw.asOf, ""),
  offKinds: new Set(),
  offTypes: new Set(),
  from: "",
  to: "",
  keys: true,
};
const START = { ...state };
const CHOICES = new Map();

/** Adds a choice of a view to the state and to the address; `known` tells which texts make sense. */
function addChoice(key, start, known) {
  CHOICES.set(key, known);
  state[key] = START[key] = start;
}

/** The two entities of a pair, or nothing. */
function pairOf(text) {
  const ends = (text || "").split("|").map((id) => entityOf.get(id));
  return ends.length === 2 && ends[0] && ends[1] ? ends : null;
}

/** Changes the state and shows it. */
function change(patch) {
  Object.assign(state, patch);
  refresh();
}

/** True if the page is dark: chosen by the button, else by the system. */
function dark() {
  return state.theme ? state.theme === "dark" : NIGHT.matches;
}

/** A valid date, or what is said instead. */
function dateOr(text, other) {
  return /^\d{4}-\d\d-\d\d$/.test(text || "") && !Number.isNaN(Date.parse(text)) ? text : other;
}

/** Reads the address; whatever makes no sense there is ignored. */
function readHash() {
  try {
    const hash = new URLSearchParams(location.hash.slice(1));
    const oneOf = (key, list, other) => (list.includes(hash.get(key)) ? hash.get(key) : other);
    const entity = (key) => (entityOf.has(hash.get(key)) ? hash.get(key) : "");
    const many = (key, known) => new Set((hash.get(key) || "").split("|").filter((item) => known(item)));
    Object.assign(state, {
      view: oneOf("view", raw.tabs, START.view),
      list: oneOf("list", ["entities", "relations"], "entities"),
      lang: oneOf("lang", ["en", "vi"], START.lang),
      theme: oneOf("theme", ["dark", "light"], ""),
      node: entity("node"),
      edge: relationOf.has(hash.get("edge")) ? hash.get("edge") : "",
      pair: pairOf(hash.get("pair")) ? hash.get("pair") : "",
      focus: entity("focus"),
      hops: hash.get("hops") === "2" ? 2 : 1,
      from: entity("from"),
      to: entity("to"),
      date: hash.get("date") === "all" ? "" : dateOr(hash.get("date"), START.date),
      offKinds: many("nokinds", (kind) => KINDS.includes(kind)),
      offTypes: hash.has("notypes") ? many("notypes", (type) => types.has(type)) : START.offTypes,
    });
    for (const [key, known] of CHOICES) state[key] = known(hash.get(key)) ? hash.get(key) : START[key];
  } catch {
    Object.assign(state, START);
  }
}

/** A set as the address writes it. */
function listed(set) {
  return [...set].sort().join("|") || "-";
}

/** Writes the state as short as can be: only what differs from the start. */
function hashText() {
  const hash = new URLSearchParams();
  const put = (key, value, usual) => {
    if (value !== usual) hash.set(key, value);
  };
  for (const key of ["view", "list", "lang", "theme", "node", "edge", "pair", "focus", "from", "to", ...CHOICES.keys()])
    put(key, state[key], START[key]);
  put("hops", String(state.hops), "1");
  put("date", state.date || "all", START.date || "all");
  put("nokinds", [...state.offKinds].sort().join("|"), "");
  put("notypes", listed(state.offTypes), listed(START.offTypes));
  return hash.toString();
}

let hashTimer = 0;

/** Puts the state into the address, a moment later, without filling the history. */
function writeHash() {
  clearTimeout(hashTimer);
  hashTimer = setTimeout(() => {
    try {
      history.replaceState(null, "", `#${hashText()}`);
    } catch {
      /* some viewers forbid it: the page works without */
    }
  }, 120);
}
