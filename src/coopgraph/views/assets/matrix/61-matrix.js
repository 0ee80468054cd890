/* The matrix as a view: a table whose cells open what the two share; the same as a drawing. */

const matrix = { at: "" };

/** The buttons that choose one type of relation, or all. */
function typeBar(grid) {
  const button = (id, name, chosen, act) =>
    make("button", { type: "button", id, "aria-pressed": String(chosen), onclick: act }, name);
  const on = grid.kinds;
  const one = (type, n) => {
    const alone = on.length === 1 && on[0] === type;
    return button(`part-${n}`, `${say(type.labels)}`, alone, () => onlyTypes([type.key]));
  };
  const list = gridTypes();
  return make(
    "div",
    { className: "bar" },
    button("part-all", t("everything"), on.length === list.length, () => change({ offTypes: new Set() })),
    ...(list.length > 1 ? list.map(one) : []),
    heatLegend(grid),
  );
}

/** What the colours of the cells mean. */
function heatLegend(grid) {
  const steps = [1, 2, 3, 4, 5].map((n) => {
    const box = make("i", {});
    [box.style.background] = heat((grid.most * ((n - 0.5) / 5) ** 2) + 0.5, grid.most);
    return box;
  });
  return make("span", { className: "heat", "aria-hidden": "true" }, "1 ", ...steps, ` ${grid.most}`);
}

/** The note over the matrix: what it counts, what the small numbers are, the focus and the way out. */
function matrixHead(grid) {
  const split = grid.split ? ` ${t("splitNote", grid.kinds.map((type) => say(type.labels)).join(" · "))}` : "";
  const focus = entityOf.get(state.focus);
  const leaving = () => change({ focus: "" });
  return [
    make("h2", { className: "unseen" }, t("matrix")),
    typeBar(grid),
    make("p", { className: "hint" }, t("matrixNote"), split),
    focus
      ? make(
          "div",
          { className: "bar" },
          make("strong", {}, t("focusOn", bare(elide(nameOf(focus), 60)))),
          make("button", { type: "button", id: "leave", onclick: leaving }, t("leave")),
        )
      : null,
  ];
}

/** One cell: a button if the two share anything, a dot if there is a gap, hatched where a row meets itself. */
function matrixCell(grid, one, two) {
  if (one === two) return make("td", { className: "self" });
  const number = grid.sum(one, two);
  if (!number) return make("td", { className: "gap" }, make("span", { className: "unseen" }, "0"));
  const key = `${one.id}|${two.id}`;
  const name = cellName(grid, one, two);
  const button = make(
    "button",
    { type: "button", id: `cell-${key}`, tabIndex: -1, title: name, "aria-label": name, "data-pair": key },
    String(number),
    grid.split ? make("small", {}, splitText(grid, one, two)) : "",
  );
  [button.style.background, button.style.color] = heat(number, grid.most);
  if (pairKey(one.id, two.id) === pairKey(...state.pair.split("|"))) button.className = "chosen";
  return make("td", {}, button);
}

/** The table. */
function matrixTable(grid) {
  const codes = grid.rows.every(codeOf);
  const column = (entity) =>
    make("th", { scope: "col", title: nameOf(entity) }, make("span", {}, columnName(entity)));
  const line = (one) =>
    make(
      "tr",
      one.id === state.node ? { className: "chosen" } : {},
      make("th", { scope: "row" }, entityButton(one.id, true)),
      make("td", { className: "sum" }, String(grid.total(one))),
      ...grid.rows.map((two) => matrixCell(grid, one, two)),
    );
  const corner = make("th", { scope: "col", className: "corner" }, make("span", { className: "unseen" }, t("name")));
  const sum = make("th", { scope: "col", className: "sum" }, make("span", {}, t("total")));
  return make(
    "table",
    { className: [grid.split ? "roomy" : "", codes ? "" : "upright"].join(" ") },
    make("caption", { className: "unseen" }, say(raw.title)),
    make("thead", {}, make("tr", {}, corner, sum, ...grid.rows.map(column))),
    make("tbody", {}, ...grid.rows.map(line)),
  );
}

/** The buttons below, if there are more rows than are shown. */
function rowsBar(grid) {
  const more = ROW_STEPS[ROW_STEPS.indexOf(state.rows) + 1];
  const fewer = ROW_STEPS[ROW_STEPS.indexOf(state.rows) - 1];
  const left = Math.min(Number(more), grid.all) - grid.rows.length;
  const button = (id, rows, name) => make("button", { type: "button", id, onclick: () => change({ rows }) }, name);
  return make(
    "div",
    { className: "bar" },
    make("span", { className: "meta" }, t("rowsShown", grid.rows.length, grid.all)),
    left > 0 ? button("more-rows", more, t("moreRows", left)) : null,
    fewer ? button("fewer-rows", fewer, t("fewerRows")) : null,
  );
}

/** Shows the matrix. */
function showMatrix() {
  const view = document.getElementById("view-matrix");
  const grid = gridInSight();
  const [top, left] = [view.scrollTop, view.scrollLeft];
  keeping(view, () => fill(view, ...matrixHead(grid), matrixTable(grid), rowsBar(grid)));
  Object.assign(view, { scrollTop: top, scrollLeft: left });
  cellStop(document.getElementById(`cell-${matrix.at}`) || view.querySelector("[data-pair]"));
}

/** The one cell that the Tab key reaches. */
function cellStop(button) {
  document.getElementById(`cell-${matrix.at}`)?.setAttribute("tabindex", -1);
  matrix.at = button?.dataset.pair || "";
  button?.setAttribute("tabindex", 0);
}

/** The next cell with a number in the direction of an arrow key. */
function nextCell(button, key) {
  const [down, right] = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[key] || [0, 0];
  const rows = [...document.querySelectorAll("#view-matrix tbody tr")];
  let [y, x] = [rows.indexOf(button.closest("tr")), button.closest("td").cellIndex];
  do {
    y += down;
    x += right;
  } while ((down || right) && rows[y]?.cells[x] && !rows[y].cells[x].querySelector("[data-pair]"));
  return rows[y]?.cells[x]?.querySelector("[data-pair]");
}

/** Shows which row and column a cell belongs to. */
function crosshair(event) {
  const cell = event.target.closest("#view-matrix td");
  for (const head of document.querySelectorAll("#view-matrix .over")) head.classList.remove("over");
  if (!cell) return;
  cell.parentElement.cells[0].classList.add("over");
  cell.closest("table").tHead.rows[0].cells[cell.cellIndex].classList.add("over");
}

/** Connects the cells. */
function wireMatrix() {
  const view = document.getElementById("view-matrix");
  view.addEventListener("click", (event) => {
    const cell = event.target.closest("[data-pair]");
    if (!cell) return;
    cellStop(cell);
    change({ pair: cell.dataset.pair, node: "", edge: "" });
  });
  view.addEventListener("keydown", (event) => {
    const cell = event.target.closest("[data-pair]");
    const next = cell && event.key.startsWith("Arrow") ? nextCell(cell, event.key) : null;
    if (!next) return;
    cellStop(next);
    next.focus();
    event.preventDefault();
  });
  view.addEventListener("mouseover", crosshair);
  view.addEventListener("focusin", crosshair);
}

/** Brings the row of an entity into view. */
function revealInMatrix() {
  document.querySelector("#view-matrix tr.chosen")?.scrollIntoView({ block: "center" });
}

/** The matrix as a drawing. */
function matrixPicture(night = dark()) {
  const grid = gridInSight();
  const colours = paper(night);
  const cell = grid.split ? 46 : 28;
  const [left, top] = [250, grid.rows.every(codeOf) ? 92 : 210];
  const size = { width: left + grid.rows.length * cell + 24, height: top + grid.rows.length * cell + 40 };
  const text = (content, x, y, look) => pictureText(content, x, y, { font: "12px", fill: colours.ink, ...look });
  const column = (entity, n) => {
    const [x, y] = [left + (n + 0.5) * cell, top - 8];
    const name = text(columnName(entity), x, y, { anchor: codeOf(entity) ? "middle" : "start" });
    if (!codeOf(entity)) name.setAttribute("transform", `rotate(-90 ${x} ${y})`);
    return name;
  };
  const square = (one, two, row, at) => {
    const number = one === two ? 0 : grid.sum(one, two);
    const [x, y] = [left + at * cell, top + row * cell];
    const [ground, ink] = number ? heat(number, grid.most, night) : [colours.ground, colours.quiet];
    const fill = one === two ? mix(colours.faint, colours.ground, 0.5) : ground;
    const parts = grid.split && number ? splitText(grid, one, two) : "";
    const written = number ? String(number) : one === two ? "" : "·";
    return [
      shape("rect", { x: x + 1, y: y + 1, width: cell - 2, height: cell - 2, rx: 2, fill }),
      text(written, x + cell / 2, y + cell / 2 - (parts ? 6 : 0), { fill: ink, bold: Boolean(parts) }),
      text(parts, x + cell / 2, y + cell / 2 + 9, { fill: ink, font: "9.5px" }),
    ];
  };
  const line = (one, row) => [
    text(elide(briefOf(one), 36), left - 10, top + (row + 0.5) * cell, { anchor: "end" }),
    ...grid.rows.flatMap((two, at) => square(one, two, row, at)),
  ];
  return shape(
    "svg",
    { xmlns: SVG, role: "img", ...size, viewBox: `0 0 ${size.width} ${size.height}`, "font-family": FONT.replace(/"/g, "'") },
    shape("title", {}, say(raw.title)),
    shape("rect", { ...size, fill: colours.ground }),
    text(elide(bare(say(raw.title)), 90), 24, 32, { anchor: "start", font: "20px", bold: true }),
    text(grid.kinds.map((type) => say(type.labels)).join(" · "), 24, 56, { anchor: "start", fill: colours.quiet }),
    ...grid.rows.map(column),
    ...grid.rows.flatMap(line),
    text(statusParts(inSight).join("  ·  "), 24, size.height - 16, { anchor: "start", font: "11px", fill: colours.quiet }),
  );
}

VIEWS.matrix = {
  wire: wireMatrix,
  show: showMatrix,
  picture: matrixPicture,
  csv: matrixCsv,
  lines: (sight) => sight.lines.filter((relation) => state.pair.split("|").includes(relation.source)),
  reveal: revealInMatrix,
  home: () => document.getElementById(`cell-${matrix.at}`),
  keys: [["← → ↑ ↓", "next cell with a number", "ô có số kế tiếp"]],
};
