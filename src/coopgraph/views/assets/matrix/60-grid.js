/* The matrix's data: which entities are set against each other, and what each pair shares, by type of relation. */

Object.assign(WORDS, {
  matrixNote: [
    "How much the two share. A dot is a gap: nothing recorded.",
    "Số mục hai bên cùng tham gia. Dấu chấm là khoảng trống: chưa ghi nhận.",
  ],
  splitNote: ["Small: {0}.", "Số nhỏ: {0}."],
  total: ["All shared", "Tổng số"],
  everything: ["All", "Tất cả"],
  sharedCell: ["{0} – {1}: {2}", "{0} – {1}: {2}"],
  moreRows: ["Show {0} more", "Hiện thêm {0}"],
  fewerRows: ["Show fewer", "Hiện ít hơn"],
  rowsShown: ["{0} of {1} rows", "{0} trên {1} hàng"],
});

const ROW_STEPS = ["20", "40", "80", "160"];
addChoice("rows", "20", (text) => ROW_STEPS.includes(text));

/** The types whose relations lead from a row to what is shared, in the order of the legend. */
function gridTypes() {
  return FAMILIES.flatMap(typesOf);
}

/** What pairs share: for every pair the number of things by type, and for every entity how many it shares with others. */
function gridCounts(lines) {
  const [pairs, totals] = [new Map(), new Map()];
  for (const [, from] of sharing(lines)) {
    const ends = [...from.keys()].sort();
    if (ends.length < 2) continue;
    const { type } = from.get(ends[0])[0];
    ends.forEach((one, n) => {
      totals.set(one, (totals.get(one) || 0) + 1);
      for (const two of ends.slice(n + 1)) {
        const key = `${one}|${two}`;
        const counts = pairs.get(key) || new Map();
        pairs.set(key, counts.set(type.key, (counts.get(type.key) || 0) + 1));
      }
    });
  }
  return { pairs, totals };
}

/** The key of a pair, whichever comes first. */
function pairKey(one, two) {
  return [one, two].sort().join("|");
}

/** The grid in sight: rows in order of how much they share, the largest number, what each cell holds. */
function gridInSight() {
  const { pairs, totals } = gridCounts(inSight.lines);
  const total = (entity) => totals.get(entity.id) || 0;
  const partner = (entity) => !state.focus || entity.id === state.focus || pairs.has(pairKey(entity.id, state.focus));
  const all = [...new Set(timeless().map((relation) => relation.source))]
    .map((id) => entityOf.get(id))
    .filter(partner)
    .sort((a, b) => (b.id === state.focus) - (a.id === state.focus) || total(b) - total(a) || a.rank - b.rank);
  const rows = all.slice(0, Number(state.rows));
  const counts = (one, two) => pairs.get(pairKey(one.id, two.id)) || new Map();
  const sum = (one, two) => [...counts(one, two).values()].reduce((a, b) => a + b, 0);
  const most = Math.max(1, ...rows.flatMap((one, n) => rows.slice(n + 1).map((two) => sum(one, two))));
  const kinds = gridTypes().filter((type) => !state.offTypes.has(type.key));
  return { rows, all: all.length, total, counts, sum, most, kinds, split: kinds.length > 1 && rows.length <= 20 };
}

const HEAT = {
  light: ["#dde8f5 #14202e", "#b4cdea #14202e", "#82addc #14202e", "#2f6db5 #ffffff", "#0b3a78 #ffffff"],
  dark: ["#1d2f45 #eef2f6", "#27496f #eef2f6", "#386a9f #ffffff", "#8cbcec #0c1a26", "#d2e6fb #0c1a26"],
};

/** The colours of a number, [ground, ink]: five steps, narrow for small numbers. */
function heat(number, most, night = dark()) {
  const step = Math.min(4, Math.floor(5 * Math.sqrt((number - 0.5) / most)));
  return HEAT[night ? "dark" : "light"][step].split(" ");
}

/** The name of a column: the code of a country, else the short name; what is cut gets the code of its country. */
function columnName(entity) {
  const name = briefOf(entity);
  if (codeOf(entity) || [...name].length <= 24) return codeOf(entity) || name;
  return `${elide(name, 20)} ${entity.country.split("-").pop().toUpperCase()}`.trim();
}

/** How much a pair shares of each type, in one short text. */
function splitText(grid, one, two) {
  return grid.kinds.map((type) => grid.counts(one, two).get(type.key) || 0).join("·");
}

/** A cell in words: the pair, and how much of each type. */
function cellName(grid, one, two) {
  const parts = grid.kinds
    .map((type) => [say(type.labels), grid.counts(one, two).get(type.key) || 0])
    .filter(([, number]) => number)
    .map(([name, number]) => `${name} ${number}`);
  return t("sharedCell", nameOf(one), nameOf(two), parts.join(", ") || "0");
}

/** The matrix as CSV: a row and a column for each entity. */
function matrixCsv() {
  const grid = gridInSight();
  const head = ["id", t("name"), t("total"), ...grid.rows.map(nameOf)];
  const line = (one) => [one.id, nameOf(one), grid.total(one), ...grid.rows.map((two) => (one === two ? "" : grid.sum(one, two)))];
  return csv([head, ...grid.rows.map(line)]);
}
