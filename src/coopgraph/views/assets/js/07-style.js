/* Colours: of the paper, of classes, groups and families. */

const GROUND = { light: "#fcfcfa", dark: "#111417" };
const INK = { light: "#14202e", dark: "#eef2f6" };

/** The ground, ink and halo of the canvas. */
function paper(night = dark()) {
  return night
    ? { ground: GROUND.dark, ink: INK.dark, quiet: "#a7b1bd", faint: "#5d6873" }
    : { ground: GROUND.light, ink: INK.light, quiet: "#515c69", faint: "#aab3bc" };
}

/** Colour of a class of entities. */
function kindColour(kind, night = dark()) {
  return raw.style.shapes[kind][night ? 3 : 2];
}

const groups = new Map(raw.groups.map(([id, labels, light, night]) => [id, { id, labels, colours: [light, night] }]));
const heaviest = Math.max(0, ...entities.map((entity) => entity.weight));

/** Colour of an entity: of its group if the page has groups, else of its class. */
function colourOf(entity, night = dark()) {
  if (!groups.size) return kindColour(entity.kind, night);
  const group = groups.get(entity.group);
  return group ? group.colours[night ? 1 : 0] : paper(night).faint;
}

/** Radius of a weight: its area tells the number. */
function radiusOf(weight) {
  return 5 + 23 * Math.sqrt(weight / heaviest);
}

/** Radius of an entity: of what was measured if the page has a measure, else of its class. */
function sizeOf(entity) {
  return heaviest ? radiusOf(entity.weight) : raw.style.shapes[entity.kind][1];
}

/** Colour of a family of relations. */
function familyColour(family, night = dark()) {
  return raw.style.colours[family][night ? 1 : 0];
}

/** Mixes a colour into another: share 1 is the first alone. */
function mix(colour, into, share) {
  const part = (hex, n) => parseInt(hex.slice(1 + 2 * n, 3 + 2 * n), 16);
  const mixed = [0, 1, 2].map((n) => Math.round(part(colour, n) * share + part(into, n) * (1 - share)));
  return `#${mixed.map((n) => n.toString(16).padStart(2, "0")).join("")}`;
}
