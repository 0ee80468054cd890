/* The export menu, and the page for the printer. */

/** What XML must not hold, however written: a drawing with one of these would not open. */
const NOT_IN_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** The drawing of the view as text. */
function svgText() {
  const drawing = new XMLSerializer().serializeToString(VIEWS[state.view].picture(dark()));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${drawing.replace(NOT_IN_XML, "")}\n`;
}

/** The drawing as a PNG at double size. */
function savePng() {
  const drawing = svgText();
  const address = URL.createObjectURL(new Blob([drawing], { type: "image/svg+xml" }));
  const image = new Image();
  image.onload = () => {
    const sheet = make("canvas", { width: image.naturalWidth * 2, height: image.naturalHeight * 2 });
    sheet.getContext("2d").drawImage(image, 0, 0, sheet.width, sheet.height);
    URL.revokeObjectURL(address);
    sheet.toBlob((blob) => download(fileName(state.view, "png"), blob), "image/png");
  };
  image.src = address;
}

const SAVERS = {
  png: savePng,
  svg: () => download(fileName(state.view, "svg"), svgText(), "image/svg+xml"),
  view: () => download(fileName(state.view, "csv"), VIEWS[state.view].csv(), "text/csv;charset=utf-8"),
  entities: () => download(fileName("entities", "csv"), entitiesCsv(inSight), "text/csv;charset=utf-8"),
  relations: () => download(fileName("relations", "csv"), relationsCsv(inSight), "text/csv;charset=utf-8"),
  print: () => window.print(),
};

/** Opens or closes the menu. */
function showMenu(open) {
  const [menu, button] = [document.getElementById("menu"), document.getElementById("export")];
  menu.hidden = !open;
  const { picture, csv: rows } = VIEWS[state.view];
  for (const [key, able] of Object.entries({ png: picture, svg: picture, view: rows }))
    menu.querySelector(`[data-save=${key}]`).hidden = !able;
  button.setAttribute("aria-expanded", String(open));
  if (open) menu.querySelector("button:not([hidden])").focus();
}

/** A drawing for paper: a high one may go over several pages. */
function printed(drawing) {
  const high = Number(drawing.getAttribute("height")) > Number(drawing.getAttribute("width"));
  if (high) drawing.classList.add("high");
  return drawing;
}

/** The page for the printer: the picture in light colours, then the relations with their sources. */
function fillPrint() {
  const view = VIEWS[state.view];
  const rows = (view.lines || ((sight) => sight.lines))(inSight);
  const line = (r) =>
    make(
      "tr",
      {},
      ...[
        nameOf(entityOf.get(r.source)),
        say(r.type.labels),
        nameOf(entityOf.get(r.target)),
        sayPeriod(r),
        citation(r.said),
      ].map((text) => make("td", {}, text)),
    );
  const heads = ["from", "relation", "to", "period", "cites"].map((key) => make("th", { scope: "col" }, t(key)));
  fill(
    document.getElementById("print"),
    view.picture ? printed(view.picture(false)) : null,
    rows.length ? make("h2", {}, t("relations")) : null,
    rows.length
      ? make("table", {}, make("thead", {}, make("tr", {}, ...heads)), make("tbody", {}, ...rows.map(line)))
      : null,
  );
}

/** Connects the menu and the printer. */
function wireExport() {
  const [menu, button] = [document.getElementById("menu"), document.getElementById("export")];
  button.addEventListener("click", () => showMenu(menu.hidden));
  menu.addEventListener("click", (event) => {
    const key = event.target.closest("button")?.dataset.save;
    if (!key) return;
    showMenu(false);
    button.focus();
    SAVERS[key]();
  });
  menu.addEventListener("keydown", (event) => {
    const buttons = [...menu.querySelectorAll("button:not([hidden])")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      buttons.at((buttons.indexOf(document.activeElement) + step) % buttons.length).focus();
      event.preventDefault();
    }
    if (event.key === "Escape") {
      event.stopPropagation();
      showMenu(false);
      button.focus();
    }
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest("#menu, #export")) showMenu(false);
  });
  window.addEventListener("beforeprint", fillPrint);
  window.addEventListener("afterprint", () => fill(document.getElementById("print")));
}
