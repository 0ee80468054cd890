/* Texts in drawings: how wide they are, where they are cut, how they are written. */

const FONT =
  '"Segoe UI","Noto Sans",Roboto,Arial,"Leelawadee UI","Myanmar Text","Khmer UI","Lao UI","Noto Sans CJK SC",sans-serif';
const LINE = 14;
const widths = new Map();
const ruler = document.createElement("canvas").getContext("2d");

/** The width of a text, measured once. */
function widthOf(text, font) {
  const key = `${font}\n${text}`;
  if (!widths.has(key)) {
    ruler.font = font;
    widths.set(key, ruler.measureText(text).width);
  }
  return widths.get(key);
}

/** Cuts a text that is too long. */
function elide(text, most) {
  const letters = [...text];
  return letters.length > most
    ? `${letters
        .slice(0, most - 1)
        .join("")
        .trimEnd()}…`
    : text;
}

/** Breaks a name into at most two lines of about the same length. */
function wrap(text, most = 26) {
  const short = elide(text, most * 2);
  if ([...short].length <= 18) return [short];
  const words = short.split(/\s+/);
  const halves = words.slice(1).map((_, n) => [words.slice(0, n + 1).join(" "), words.slice(n + 1).join(" ")]);
  const best = halves.sort((a, b) => Math.max(a[0].length, a[1].length) - Math.max(b[0].length, b[1].length))[0];
  return (best || [short]).map((line) => elide(line, most));
}

/** Breaks a text into as few lines of a width as it takes, of about the same length; what is too long is cut. */
function linesOf(text, width, font, most) {
  const lines = broken(text, width, font, most);
  if (lines.length === 1 || lines.at(-1).endsWith("…")) return lines;
  for (let narrow = width - 6; ; narrow -= 6) {
    const other = broken(text, narrow, font, most);
    if (other.length > lines.length || other.some((line) => line.endsWith("…"))) return broken(text, narrow + 6, font, most);
  }
}

/** Breaks a text into lines, each as full as can be. */
function broken(text, width, font, most) {
  const lines = [""];
  for (const part of text.match(/\S+?(?:-|(?=\s|$))\s*/g) || []) {
    const longer = lines.at(-1) + part;
    if (widthOf(longer.trimEnd(), font) <= width || !lines.at(-1)) lines[lines.length - 1] = longer;
    else if (lines.length < most) lines.push(part);
    else lines[lines.length - 1] = `${longer.trimEnd()}…`;
  }
  return lines.map((line) => cut(line.trimEnd(), width, font));
}

/** Cuts a line to a width. */
function cut(line, width, font) {
  let letters = [...line];
  if (widthOf(line, font) <= width) return line;
  while (letters.length > 1 && widthOf(`${letters.join("")}…`, font) > width) letters = letters.slice(0, -1);
  return `${letters.join("").trimEnd()}…`;
}

/** A text of a drawing, with a halo. */
function pictureText(
  text,
  x,
  y,
  { font = "12px", fill: colour, halo, anchor: side = "middle", italic = false, bold = false },
) {
  return shape(
    "text",
    {
      x: x.toFixed(1),
      y: y.toFixed(1),
      "text-anchor": side,
      "dominant-baseline": "central",
      "font-size": font,
      fill: colour,
      stroke: halo || "none",
      "stroke-width": halo ? 3.5 : 0,
      "paint-order": "stroke",
      "stroke-linejoin": "round",
      ...(italic ? { "font-style": "italic" } : {}),
      ...(bold ? { "font-weight": 600 } : {}),
    },
    text,
  );
}
