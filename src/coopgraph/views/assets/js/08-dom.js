/* Making elements: texts only ever as text, links only to the web, data kept apart from the interface. */

/** Makes an element with properties and children; a string child becomes text. */
function make(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key in element && !key.startsWith("aria")) element[key] = value;
    else element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

/** Puts children in place of what an element held. */
function fill(element, ...children) {
  element.replaceChildren(...children.filter(Boolean));
}

/** A text from the data, kept apart from the text around it and marked with its language. */
function data(labels, tag = "bdi") {
  const lang = typeof labels === "string" ? "" : tongue(labels);
  return make(tag, lang && lang !== state.lang ? { lang } : {}, say(labels));
}

/** A link to the web, or just its text if the address is of another kind. */
function webLink(address, ...text) {
  if (!/^https?:\/\/[^\s]+$/i.test(address)) return make("bdi", {}, ...text);
  return make(
    "a",
    { href: address, target: "_blank", rel: "noopener noreferrer", title: t("openSource") },
    ...text,
    make("span", { "aria-hidden": "true" }, " ↗"),
  );
}

const SVG = "http://www.w3.org/2000/svg";

/** Makes an SVG element. */
function shape(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** The corners of a shape around a point, the same as vis-network draws. */
function corners(form, x, y, r) {
  const around = (count, from, radius) =>
    Array.from({ length: count }, (_, n) => {
      const angle = from + (2 * Math.PI * n) / count;
      return [x + radius(n) * Math.cos(angle), y + radius(n) * Math.sin(angle)];
    });
  if (form === "square")
    return [
      [x - r, y - r],
      [x + r, y - r],
      [x + r, y + r],
      [x - r, y + r],
    ];
  if (form === "diamond") return around(4, 0, () => r);
  if (form === "hexagon") return around(6, 0, () => r);
  if (form === "star") return around(10, -Math.PI / 2, (n) => (n % 2 ? 0.5 : 1.07) * r);
  const turn = form === "triangleDown" ? Math.PI / 2 : -Math.PI / 2;
  return around(3, turn, () => r * 1.2);
}

/** The sign of a class of entities, as SVG. */
function sign(kind, x, y, r, night = dark(), fill = kindColour(kind, night)) {
  const [form] = raw.style.shapes[kind];
  if (form === "dot") return shape("circle", { cx: x, cy: y, r, fill });
  return shape("polygon", {
    points: corners(form, x, y, r)
      .map((point) => point.map((n) => n.toFixed(1)).join(","))
      .join(" "),
    fill,
  });
}

/** A small picture of the sign of a class, for lists. */
function icon(kind) {
  const radius = { person: 4, country: 7 }[kind] || 6.5;
  return shape(
    "svg",
    { width: 18, height: 18, viewBox: "0 0 18 18", "aria-hidden": "true", class: "icon" },
    sign(kind, 9, 9, radius),
  );
}

/** A button that leads to an entity. */
function entityButton(id, withIcon = false) {
  const entity = entityOf.get(id);
  return make(
    "button",
    { type: "button", className: "link", onclick: () => openEntity(id) },
    withIcon ? icon(entity.kind) : "",
    make("bdi", {}, nameOf(entity)),
  );
}

/** Tells a screen reader. */
function announce(text) {
  document.getElementById("live").textContent = text;
}

/** Chooses an entity, opening the filters that hide it. */
function openEntity(id) {
  const widened = unhide(id);
  const entity = entityOf.get(id);
  const leave = state.focus && !around(state.focus, state.hops).has(id);
  change({ node: id, edge: "", ...(leave ? { focus: "" } : {}) });
  announce(
    [nameOf(entity), t(entity.kind), count("linksN", "linksN", entity.links.length), widened ? t("widened") : ""]
      .filter(Boolean)
      .join(", "),
  );
}
