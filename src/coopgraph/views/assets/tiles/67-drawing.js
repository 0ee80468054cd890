/* The region's drawing: links, tiles, shapes as SVG, the same on the screen, in files and on paper. */

/** The colours of the drawing. */
function regionPaper(night) {
  const colours = paper(night);
  return {
    ...colours,
    link: night ? "#7cc4f7" : "#0b5a94",
    chosen: night ? "#ffd75e" : "#b3380b",
    land: mix(colours.faint, colours.ground, 0.35),
    sea: mix(night ? "#7cc4f7" : "#0b5a94", colours.ground, 0.05),
    shore: mix(colours.quiet, colours.ground, 0.5),
    box: night ? "#1b2128" : "#ffffff",
  };
}

/** The ground and ink of a country: the more it shares, the darker. */
function tileLook(id, links, colours, night) {
  const total = links.totals.get(id) || 0;
  const [fill, ink] = total ? heat(total, links.most, night) : [colours.box, colours.quiet];
  return { total, fill, ink, stroke: links.one === id ? colours.chosen : total ? "none" : colours.shore };
}

/** A link: its line, a wider one to point at, its number. */
function linkShape(link, links, colours, about) {
  const chosen = link.key === links.asked;
  const look = {
    d: link.way,
    fill: "none",
    stroke: chosen ? colours.chosen : colours.link,
    "stroke-opacity": chosen ? 1 : links.asked ? 0.25 : 0.55,
    "stroke-width": linkWidth(link.number, links.strongest).toFixed(1),
    "stroke-linecap": "round",
  };
  const hit = shape("path", { d: link.way, fill: "none", stroke: "transparent", "stroke-width": 14 });
  const name = linkName(link);
  return shape("g", { ...about, ...(about.role ? { "aria-label": name } : {}) }, shape("title", {}, name), shape("path", look), hit);
}

/** The number of a link, over everything. */
function linkNumber(link, links, colours) {
  const chosen = link.key === links.asked;
  return pictureText(String(link.number), link.spot[0], link.spot[1], {
    font: "12px",
    bold: true,
    fill: chosen ? colours.chosen : colours.ink,
    halo: colours.ground,
  });
}

/** A link in words. */
function linkName({ ends, number }) {
  return t("linkName", ...ends.map((id) => nameOf(entityOf.get(id))), number);
}

/** A country as a tile: its name and how much it shares. */
function tileShape(tile, links, colours, night, about) {
  const look = tileLook(tile.id, links, colours, night);
  const name = bare(nameOf(entityOf.get(tile.id)));
  const sizes = (tile.small ? [11, 10] : [13, 12, 11, 10]).map((font) => [font, linesOf(name, tile.w - 8, `600 ${font}px ${FONT}`, 2)]);
  const [font, lines] = sizes.find(([, found]) => found.every((line) => !line.endsWith("…"))) || sizes.at(-1);
  const rows = lines.length + (look.total ? 1 : 0);
  const step = font + (tile.small ? 2 : 3);
  const first = tile.y + tile.h / 2 - ((rows - 1) * step) / 2;
  const text = (line, n, more) => pictureText(line, tile.x + tile.w / 2, first + n * step, { font: `${font}px`, fill: look.ink, ...more });
  return shape(
    "g",
    about,
    shape("title", {}, tileName(tile.id, look.total)),
    shape("rect", { x: tile.x.toFixed(1), y: tile.y.toFixed(1), width: tile.w.toFixed(1), height: tile.h, rx: 7, fill: look.fill, stroke: look.stroke, "stroke-width": links.one === tile.id ? 3 : 1 }),
    ...lines.map((line, n) => text(line, n, { bold: true })),
    look.total ? text(String(look.total), lines.length, { font: `${font - 1}px` }) : "",
  );
}

/** A country in words. */
function tileName(id, total) {
  return t("tileName", nameOf(entityOf.get(id)), total);
}

/** A country as a shape of the office's file, with a label that a line leads to. */
function outlineShape(tile, frame, links, colours, night, about) {
  const look = tileLook(tile.id, links, colours, night);
  const place = placeOf(frame);
  const chosen = links.one === tile.id;
  const line = { stroke: chosen ? colours.chosen : colours.shore, "stroke-width": (chosen ? 1.8 : 1) / frame.scale };
  const area = shape("path", { d: raw.outlines.shapes[tile.id], transform: place, fill: look.fill, "fill-rule": "evenodd", ...line });
  return shape("g", about, shape("title", {}, tileName(tile.id, look.total)), area);
}

/** The label of a shape. */
function outlineLabel(tile, links, colours, night) {
  const look = tileLook(tile.id, links, colours, night);
  const name = bare(nameOf(entityOf.get(tile.id)));
  const [x, y] = [tile.x + tile.w / 2, tile.y + tile.h / 2];
  const lead = { x1: tile.at[0], y1: tile.at[1], x2: x, y2: y, stroke: colours.quiet, "stroke-width": 1 };
  const text = { font: "12px", fill: colours.ink, halo: colours.ground };
  return shape(
    "g",
    { "data-country": tile.id, "aria-hidden": "true" },
    Math.hypot(x - tile.at[0], y - tile.at[1]) > 14 ? shape("line", lead) : "",
    shape("circle", { cx: tile.at[0], cy: tile.at[1], r: 2.6, fill: colours.ink }),
    pictureText(look.total ? `${name}  ${look.total}` : name, x, y, { ...text, bold: true }),
  );
}

/** Where the office's shapes stand on the sheet. */
function placeOf({ x, y, scale }) {
  return `translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(${scale.toFixed(4)})`;
}

/** The sea, and the land that the file holds besides the countries of the region. */
function landShape(frame, colours) {
  const { width, height, land } = raw.outlines;
  const sea = shape("rect", { width, height, fill: colours.sea });
  const ground = shape("path", { d: land, fill: colours.land, "fill-rule": "evenodd" });
  return shape("g", { transform: placeOf(frame), "aria-hidden": "true" }, sea, ground);
}

/** All that is drawn on a sheet; `about` gives the attributes of countries and links. */
function regionShapes(places, links, night, about) {
  const colours = regionPaper(night);
  const ways = placeLinks(links.drawn, places);
  const { frame } = places;
  const labels = places.tiles.filter((tile) => tile.label);
  const country = (tile, n) =>
    tile.label
      ? outlineShape(tile, frame, links, colours, night, about("country", tile, n))
      : tileShape(tile, links, colours, night, about("country", tile, n));
  const countries = places.tiles.map(country);
  const lines = ways.map((link, n) => linkShape(link, links, colours, about("link", link, n)));
  return [
    frame ? landShape(frame, colours) : "",
    ...countries.filter((_, n) => places.tiles[n].label),
    shape("g", about("links"), ...lines.reverse()),
    ...countries.filter((_, n) => !places.tiles[n].label),
    ...labels.map((tile) => outlineLabel(tile, links, colours, night)),
    shape("g", { "aria-hidden": "true", class: "numbers" }, ...ways.map((link) => linkNumber(link, links, colours))),
  ].filter(Boolean);
}

/** The whole region as one drawing, with its title, what it counts, and what the page says of itself. */
function regionPicture(night = dark()) {
  const colours = paper(night);
  const links = linksInSight();
  const places = placeTiles(1240, 720);
  const size = { width: places.width, height: places.height + 116 };
  const text = (content, y, look) => pictureText(content, 24, y, { anchor: "start", font: "12px", fill: colours.quiet, ...look });
  return shape(
    "svg",
    { xmlns: SVG, role: "img", ...size, viewBox: `0 0 ${size.width} ${size.height}`, "font-family": FONT.replace(/"/g, "'") },
    shape("title", {}, say(raw.title)),
    shape("rect", { ...size, fill: colours.ground }),
    text(elide(bare(say(raw.title)), 90), 32, { font: "22px", bold: true, fill: colours.ink }),
    text(`${t("counted")}: ${countedTypes()}. ${linkNote(links)}`, 58),
    shape("g", { transform: "translate(0 70)" }, ...regionShapes(places, links, night, () => ({}))),
    text(t(raw.outlines ? "shapesNote" : "tilesNote"), size.height - 38, { font: "11px" }),
    text(statusParts(inSight).join("  ·  "), size.height - 18, { font: "11px" }),
  );
}
