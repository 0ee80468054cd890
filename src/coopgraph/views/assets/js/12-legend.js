/* The legend: what is shown of how many, by class and by type of relation, with a switch for each. */

/** A short stroke in the colour of a family; themes are dashed. */
function stroke(family) {
  const line = shape("line", { x1: 1, y1: 6, x2: 21, y2: 6, stroke: familyColour(family), "stroke-width": 2.4 });
  if (family === "theme") line.setAttribute("stroke-dasharray", "5 3");
  return shape("svg", { width: 22, height: 12, viewBox: "0 0 22 12", "aria-hidden": "true", class: "icon" }, line);
}

/** Shows or hides one thing of a legend. */
function toggle(set, key, on) {
  const next = new Set(state[set]);
  if (on) next.delete(key);
  else next.add(key);
  change({ [set]: next });
}

/** Keeps the focus of the keyboard when a list is written anew: the element with the same id gets it back. */
function keeping(element, write) {
  const id = element.contains(document.activeElement) ? document.activeElement.id : "";
  write();
  if (id) document.getElementById(id)?.focus();
}

/** One line of a legend: a checkbox, a sign, a name, how many are shown of how many. */
function legendLine({ id, sign: mark, name, on, shown, total, set, only }) {
  const box = make("input", { type: "checkbox", id, checked: on, onchange: (event) => set(event.target.checked) });
  return make(
    "li",
    { className: on ? "" : "off" },
    make("label", {}, box, mark, name),
    make(
      "button",
      {
        type: "button",
        className: "only",
        id: `${id}-only`,
        onclick: only,
        "aria-label": `${t("only")}: ${name.textContent || name}`,
      },
      t("only"),
    ),
    make(
      "span",
      { className: "number" },
      make("span", { "aria-hidden": "true" }, `${shown}/${total}`),
      make("span", { className: "unseen" }, `${shown} ${t("shown", total)}`),
    ),
  );
}

/** The legend of the classes. */
function showKinds(sight) {
  const [shown, all] = [tally(sight.nodes, (entity) => entity.kind), tally(entities, (entity) => entity.kind)];
  const lines = KINDS.map((kind) =>
    legendLine({
      id: `kind-${kind}`,
      sign: icon(kind),
      name: make("span", {}, t(kind)),
      on: !state.offKinds.has(kind),
      shown: shown.get(kind) || 0,
      total: all.get(kind),
      set: (on) => toggle("offKinds", kind, on),
      only: () =>
        change({
          offKinds: new Set(
            state.offKinds.size === KINDS.length - 1 && !state.offKinds.has(kind)
              ? []
              : KINDS.filter((one) => one !== kind),
          ),
        }),
    }),
  );
  const list = document.getElementById("kinds");
  keeping(list, () => fill(list, ...lines));
}

/** Turns all types of a family on or off. */
function toggleFamily(family, on) {
  const keys = typesOf(family).map((type) => type.key);
  const next = new Set(state.offTypes);
  for (const key of keys)
    if (on) next.delete(key);
    else next.add(key);
  change({ offTypes: next });
}

/** Shows only these types; pressed again, all of them. */
function onlyTypes(keys) {
  const others = [...types.keys()].filter((key) => !keys.includes(key));
  const already = others.length === state.offTypes.size && others.every((key) => state.offTypes.has(key));
  change({ offTypes: new Set(already ? [] : others) });
}

/** The line of one type, under its family. */
function typeLine(type, id, shown) {
  const line = legendLine({
    id,
    sign: "",
    name: data(type.labels, "span"),
    on: !state.offTypes.has(type.key),
    shown: shown.get(type.key) || 0,
    total: type.total,
    set: (yes) => toggle("offTypes", type.key, yes),
    only: () => onlyTypes([type.key]),
  });
  line.classList.add("sub");
  return line;
}

/** One family of the legend, with a line for each type. */
function familyLegend(family, shown, number) {
  const list = typesOf(family);
  if (!list.length) return null;
  const on = list.filter((type) => !state.offTypes.has(type.key)).length;
  const sum = (count) => list.reduce((total, type) => total + count(type), 0);
  const head = legendLine({
    id: `family-${family}`,
    sign: stroke(family),
    name: make("strong", {}, t(`family-${family}`)),
    on: on > 0,
    shown: sum((type) => shown.get(type.key) || 0),
    total: sum((type) => type.total),
    set: (yes) => toggleFamily(family, yes),
    only: () => onlyTypes(list.map((type) => type.key)),
  });
  head.querySelector("input").indeterminate = on > 0 && on < list.length;
  const lines = list.map((type, n) => typeLine(type, `type-${number}-${n}`, shown));
  return make("ul", { className: "legend" }, head, ...lines);
}

/** The legend of the relations. */
function showTypes(sight) {
  const shown = tally(sight.edges, (relation) => relation.type.key);
  const box = document.getElementById("types");
  keeping(box, () => fill(box, ...FAMILIES.map((family, number) => familyLegend(family, shown, number))));
}

/** A circle of the legend, as big as on the map. */
function disc(radius, fill) {
  const size = Math.ceil(2 * radius) + 2;
  const look = { width: size, height: size, viewBox: `0 0 ${size} ${size}`, "aria-hidden": "true", class: "icon" };
  return shape("svg", look, shape("circle", { cx: size / 2, cy: size / 2, r: radius, fill }));
}

/** A number for the legend, not above the one given: two digits of the greatest, one of the others; whole if all are. */
function rounded(number, digits) {
  const unit = 10 ** (Math.floor(Math.log10(number)) - digits + 1);
  const least = entities.every((entity) => Number.isInteger(entity.weight)) ? 1 : 0;
  const step = Math.max(unit, least);
  return Number((Math.max(least, Math.floor(number / step + 1e-9)) * step).toPrecision(digits));
}

/** The numbers whose sizes the legend shows: the greatest, about a half and a tenth of it. */
function samples() {
  return [...new Set([rounded(heaviest, 2), rounded(heaviest / 2, 1), rounded(heaviest / 10, 1)])];
}

/** The legend of what an analysis measured: three sizes, and the groups with how many entities each holds. */
function showMeasures() {
  const panel = document.getElementById("measures");
  panel.hidden = !heaviest && !groups.size;
  const held = tally(entities, (entity) => entity.group);
  const number = (n) => make("span", { className: "number" }, String(n));
  const line = ({ id, labels }) =>
    make("li", {}, disc(7, colourOf({ group: id })), make("span", {}, say(labels)), number(held.get(id) || 0));
  const size = (weight) =>
    make("li", {}, disc(radiusOf(weight), paper().quiet), make("span", {}, sayNumber(weight)));
  fill(
    panel,
    heaviest ? make("h2", {}, `${t("measured")}: ${say(raw.size)}`) : null,
    heaviest ? make("ul", { className: "legend sizes" }, ...samples().map(size)) : null,
    groups.size ? make("h2", {}, `${t("grouped")}: ${say(raw.colour)}`) : null,
    groups.size ? make("ul", { className: "legend groups" }, ...[...groups.values()].map(line)) : null,
  );
}
