/* The map as an SVG drawing, for files and for paper: the same places, colours and labels as the canvas. */

/** The line of a relation, bent as on the canvas, ending where it meets its target so that the arrow is seen. */
function lineBetween(a, b, bend, gap) {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const out = bend ? bend.roundness * (bend.type === "curvedCW" ? 1 : -1) : 0;
  const middle = { x: a.x + dx / 2 + dy * out, y: a.y + dy / 2 - dx * out };
  const far = Math.hypot(b.x - middle.x, b.y - middle.y) || 1;
  const end = { x: b.x - ((b.x - middle.x) / far) * gap, y: b.y - ((b.y - middle.y) / far) * gap };
  const say = ({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`;
  return `M${say(a)}Q${say(middle)} ${say(end)}`;
}

/** The relations of the picture. */
function pictureLines(places, night) {
  const curves = bends(inSight.edges);
  return inSight.edges.map((relation, nth) => {
    const bright = drawn.light?.edges.has(relation.id);
    const opacity = bright ? 1 : drawn.light ? 0.09 : state.focus ? 0.6 : 0.32;
    const target = entityOf.get(relation.target);
    const way = lineBetween(
      places.get(relation.source),
      places.get(relation.target),
      curves[nth],
      bright ? sizeOf(target) : 0,
    );
    const line = shape("path", {
      d: way,
      fill: "none",
      stroke: familyColour(relation.family, night),
      "stroke-opacity": opacity,
      "stroke-width": bright ? 2.2 : 1.1,
    });
    if (relation.family === "theme") line.setAttribute("stroke-dasharray", "6 4");
    if (bright) line.setAttribute("marker-end", `url(#arrow-${relation.family})`);
    return line;
  });
}

/** Arrow heads, one for each family. */
function arrowHeads(night) {
  return shape(
    "defs",
    {},
    ...FAMILIES.map((family) =>
      shape(
        "marker",
        {
          id: `arrow-${family}`,
          viewBox: "0 0 10 10",
          refX: 9,
          refY: 5,
          markerWidth: 6,
          markerHeight: 6,
          orient: "auto-start-reverse",
        },
        shape("path", { d: "M0 0L10 5L0 10z", fill: familyColour(family, night) }),
      ),
    ),
  );
}

/** The labels of the picture, placed as on the canvas. */
function pictureLabels(places, size, night, colours) {
  const view = {
    places,
    toScreen: (place) => place,
    centre: { x: size.width / 2, y: size.height / 2 },
    scale: 1,
    night,
    bounds: [0, 0, size.width, size.height],
    reserved: [[0, 0, size.width, 64]],
  };
  const { labels, texts } = layLabels(view);
  const named = layEdgeLabels(view, texts);
  return [...named, ...labels].flatMap(({ lines, box, font, dim, colour }) =>
    lines.map((line, n) =>
      pictureText(line, (box[0] + box[2]) / 2, box[1] + 1 + LINE * (n + 0.5), {
        font: /([\d.]+px)/.exec(font)[1],
        bold: font.startsWith("600"),
        italic: font.startsWith("italic"),
        halo: colours.ground,
        fill: dim ? mix(colours.ink, colours.ground, 0.42) : colour || colours.ink,
      }),
    ),
  );
}

/** The signs of the entities, with the code of each country. */
function pictureSigns(places, night, colours) {
  return inSight.nodes.flatMap((entity) => {
    const { x, y } = places.get(entity.id);
    const mark = sign(entity.kind, x, y, sizeOf(entity), night, colourOf(entity, night));
    const dim = drawn.light && !drawn.light.nodes.has(entity.id);
    if (dim) mark.setAttribute("fill", mix(colourOf(entity, night), colours.ground, 0.2));
    return [
      mark,
      codeOf(entity)
        ? pictureText(codeOf(entity), x, y, { font: "15px", bold: true, fill: dim ? colours.quiet : colours.ground })
        : "",
    ];
  });
}

/** The sign of a family of relations in the legend. */
function pictureStroke(family, x, y, night) {
  const dash = family === "theme" ? { "stroke-dasharray": "6 4" } : {};
  const look = { stroke: familyColour(family, night), "stroke-width": 2.5, ...dash };
  return shape("line", { x1: x, y1: y, x2: x + 22, y2: y, ...look });
}

/** The legend under the picture: what is in sight, then the counts. */
function pictureLegend(size, night, colours) {
  const y = size.height - 46;
  const { nodes, edges } = inSight;
  const kinds = KINDS.filter((kind) => nodes.some((entity) => entity.kind === kind));
  const families = FAMILIES.filter((family) => edges.some((relation) => relation.family === family));
  const items = [
    ...kinds.map((kind) => [t(kind), (x) => sign(kind, x + 11, y, 7, night)]),
    ...families.map((family) => [t(`family-${family}`), (x) => pictureStroke(family, x, y, night)]),
  ];
  let x = 24;
  const legend = items.flatMap(([name, mark]) => {
    const parts = [mark(x), pictureText(name, x + 28, y, { anchor: "start", fill: colours.ink })];
    x += 48 + 7 * name.length;
    return parts;
  });
  const counts = statusParts(inSight).join("  ·  ");
  return [...legend, pictureText(counts, 24, size.height - 18, { anchor: "start", fill: colours.quiet, font: "11px" })];
}

/** The paper of the picture, and the places moved onto it. */
function pictureSheet() {
  const spread = [...drawn.places.values()];
  const edge = (axis, pick) => (spread.length ? pick(...spread.map((place) => place[axis])) : 0);
  const [west, north] = [edge("x", Math.min) - 110, edge("y", Math.min) - 110];
  const width = Math.max(1100, Math.round(edge("x", Math.max) - west + 110));
  const height = Math.round(edge("y", Math.max) - north + 130);
  const places = new Map([...drawn.places].map(([id, { x, y }]) => [id, { x: x - west, y: y - north }]));
  return { size: { width, height }, places };
}

/** The whole map as an SVG drawing: title, map, legend, counts. */
function picture(night = dark()) {
  const { size, places } = pictureSheet();
  const colours = paper(night);
  const box = { ...size, viewBox: `0 0 ${size.width} ${size.height}`, "font-family": FONT.replace(/"/g, "'") };
  const look = { anchor: "start", font: "22px", bold: true, fill: colours.ink };
  return shape(
    "svg",
    { xmlns: SVG, role: "img", ...box },
    shape("title", {}, say(raw.title)),
    arrowHeads(night),
    shape("rect", { ...size, fill: colours.ground }),
    ...pictureLines(places, night),
    ...pictureSigns(places, night, colours),
    ...pictureLabels(places, size, night, colours),
    pictureText(elide(bare(say(raw.title)), 90), 24, 32, look),
    ...pictureLegend(size, night, colours),
  );
}
