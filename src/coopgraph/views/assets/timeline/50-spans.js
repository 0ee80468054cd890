/* The timeline's data: when something surely and when it possibly ran, which bars stand in which lane and row. */

Object.assign(WORDS, {
  timelineHint: [
    "The dashed line is that day; what was surely not running then is pale. Past meetings stay.",
    "Đường nét đứt là ngày đó; mục chắc chắn không còn hoặc chưa có hiệu lực thì nhạt. Hội nghị đã qua giữ nguyên.",
  ],
  surely: ["surely", "chắc chắn"],
  maybe: ["possibly", "có thể"],
  openEnd: ["end not known", "không rõ ngày hết"],
  onDay: ["one day", "một ngày"],
  withinTime: ["time known roughly", "chỉ biết gần đúng"],
  undated: ["{0} without a date", "{0} mục không rõ ngày"],
  bars: ["Bars: {0}, lanes: {1}", "{0} thanh trong {1} hàng"],
  wider: ["Stretch the time axis", "Giãn trục thời gian"],
  narrower: ["Shrink the time axis", "Thu trục thời gian"],
  timelineName: ["{0}: {1}, {2}", "{0}: {1}, {2}"],
  lanesOther: ["Posts, other", "Chức vụ, loại khác"],
  noTime: ["no date known", "không rõ ngày"],
});

const ZOOM_STEPS = ["1", "2", "4", "8"];
addChoice("zoom", "1", (text) => ZOOM_STEPS.includes(text));

/** The number of a day, so that days can be counted. */
function dayNumber(date) {
  return Math.round(Date.parse(date) / 864e5);
}

/** The four days of a relation: begun by the second, known to run till the third; what merely happened has an end. */
function spanOf({ start, startLatest, endEarliest, end, family }) {
  const begun = startLatest || start;
  const happened = family === "meeting";
  return {
    from: start,
    begun,
    seen: endEarliest || end || (happened ? start || begun : begun),
    to: end || (happened ? begun : ""),
  };
}

/** True if a span has no day at all. */
function isUndated({ from, begun, seen, to }) {
  return !from && !begun && !seen && !to;
}

/** True if something was surely not there on the day; what happened stays known. */
function isPale({ from, begun, to }, family) {
  const { date } = state;
  if (!date) return false;
  const first = from || (family === "meeting" ? begun : "");
  return Boolean((first && first > date) || (family !== "meeting" && to && to < date));
}

/** The bars: relations in sight; several relations to one entity in one lane at one time are one bar. */
function barsInSight() {
  const seen = new Map();
  const near = (r) => !state.focus || r.source === state.focus || r.target === state.focus;
  for (const relation of timeless().filter(near)) {
    const target = entityOf.get(relation.target);
    const own = Boolean(target.start || target.end || target.when);
    const span = spanOf(relation);
    const key = [relation.source, target.id, own ? "" : [relation.type.key, ...Object.values(span)]].join("|");
    if (seen.has(key)) seen.get(key).relations.push(relation);
    else seen.set(key, { lane: relation.source, target, own, span, relations: [relation] });
  }
  return [...seen.values()];
}

/** The lanes: classes and in them lanes with most bars first; each with its bars in order, and those without a date. */
function lanesOf(bars) {
  const lanes = new Map();
  for (const bar of bars) lanes.set(bar.lane, [...(lanes.get(bar.lane) || []), bar]);
  const held = tally(bars, (bar) => entityOf.get(bar.lane).kind);
  const first = ({ span }) => span.from || span.begun || span.seen || span.to;
  return [...lanes]
    .map(([id, list]) => ({
      entity: entityOf.get(id),
      bars: list.filter((bar) => !isUndated(bar.span)).sort((a, b) => (first(a) < first(b) ? -1 : 1)),
      undated: list.filter((bar) => isUndated(bar.span)),
    }))
    .sort(
      (a, b) =>
        held.get(b.entity.kind) - held.get(a.entity.kind) ||
        KINDS.indexOf(a.entity.kind) - KINDS.indexOf(b.entity.kind) ||
        b.bars.length - a.bars.length ||
        a.entity.rank - b.entity.rank,
    );
}

/** The time axis: whole years around all bars, and how wide a day is. */
function axisOf(bars, width) {
  const dates = bars.flatMap(({ span }) => [span.from, span.begun, span.seen, span.to]).concat(state.date);
  const years = dates.map((date) => Number((date || "").slice(0, 4))).filter((year) => year > 1900 && year < 2100);
  const [first, last] = years.length ? [Math.min(...years), Math.max(...years) + 1] : [2000, 2030];
  const origin = dayNumber(`${first}-01-01`);
  const perDay = (width - 2 * INSET) / (dayNumber(`${last}-01-01`) - origin);
  const x = (date, after = 0) => INSET + (dayNumber(date) + after - origin) * perDay;
  const day = (at) => new Date((origin + Math.floor((at - INSET) / perDay)) * 864e5).toISOString().slice(0, 10);
  return { first, last, width, x, day, perYear: perDay * 365.25 };
}

/** The years that are written: as many as fit. */
function ticksOf({ first, last, perYear }) {
  const step = [1, 2, 5, 10, 20, 50].find((years) => years * perYear >= 40) || 100;
  return Array.from({ length: last - first + 1 }, (_, n) => first + n).filter((year) => year % step === 0);
}

/** Where a bar stands: all of it, its sure part, and its label beside or inside. */
function placeBar(bar, axis) {
  const { from, begun, seen, to } = bar.span;
  const days = [from, begun, seen, to].filter(Boolean).sort();
  const left = axis.x(days[0]) - (from ? 0 : TAIL);
  const right = axis.x(days.at(-1), 1) + (to ? 0 : TAIL);
  const sure = begun && seen && begun <= seen ? [axis.x(begun), axis.x(seen, 1)] : null;
  const point = from && to && right - left < 12;
  const middle = (left + right) / 2;
  const box = point ? [middle - 6, middle + 6] : [left, right];
  const label = placeLabel(briefOf(bar.target), box, point ? null : sure, axis.width);
  const now = state.date ? axis.x(state.date) : -1;
  label.crossed = !label.inside && label.reach[0] <= now && now <= label.reach[1] && (now < box[0] || now > box[1]);
  return { bar, left, right, sure, point, box, label, openLeft: !from, openRight: !to };
}

/** Where a label goes: into the sure part if enough of it fits, else to the right, else to the side with more room. */
function placeLabel(name, box, sure, width) {
  const text = elide(name, 52);
  const inner = sure ? fitted(text, sure[1] - sure[0] - 10) : "";
  if (inner === text || [...inner].length > 24) return { text: inner, inside: true, x: sure[0] + 5, reach: box };
  const wide = widthOf(text, BAR_FONT);
  const [before, after] = [box[0] - 6, width - box[1] - 6];
  const left = wide > after && before > after;
  const fit = fitted(text, Math.max(before, after));
  const length = widthOf(fit, BAR_FONT) + 9;
  const reach = left ? [box[0] - length, box[1]] : [box[0], box[1] + length];
  return { text: fit, left, x: left ? box[0] - 5 : box[1] + 5, reach };
}

/** As much of a text as fits into a width. */
function fitted(text, width) {
  let letters = [...text].length;
  let cut = text;
  while (letters > 2 && widthOf(cut, BAR_FONT) > width) {
    letters = Math.min(letters - 1, Math.ceil((letters * width) / widthOf(cut, BAR_FONT)));
    cut = elide(text, Math.max(2, letters));
  }
  return cut;
}

/** Puts the bars of a lane into rows, so that neither bars nor labels touch. */
function packed(bars, axis) {
  const rows = [];
  return bars.map((bar) => {
    const place = placeBar(bar, axis);
    const free = rows.findIndex((taken) => taken.every(([a, b]) => place.label.reach[1] + 6 < a || b + 6 < place.label.reach[0]));
    const row = free < 0 ? rows.length : free;
    rows[row] = [...(rows[row] || []), place.label.reach];
    return { ...place, row };
  });
}
