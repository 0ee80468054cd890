/* The lists as CSV: safe to open in a spreadsheet, in both languages, with sources. */

/** Gives a file to the reader. */
function download(name, content, type) {
  const address = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  const link = make("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

/** The name of a file: what the map is called and as of when. */
function fileName(what, ending) {
  const title =
    fold(say(raw.title))
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "")
      .slice(0, 60) || "map";
  return `${title}-${what}-${state.date || "all"}.${ending}`;
}

/** One cell of CSV; a text that a spreadsheet would run as a formula is made harmless. */
function cell(value) {
  const text = String(value ?? "");
  const safe = /^[\s]*[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r;']/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

/** Rows as CSV that spreadsheets read as UTF-8. */
function csv(rows) {
  return `\ufeff${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

/** The titles of the sources behind a statement. */
function citation(numbers) {
  const one = ({ source, place }) =>
    [sources.get(source)?.title || source, place && sayPlace(place)].filter(Boolean).join(", ");
  return evidenceOf(numbers).map(one).join(" | ");
}

/** All entities that pass the filters, in both languages. */
function entitiesCsv(sight) {
  const head = ["id", "class", "name_vi", "name_en", "short", "country", "when", "iri", "relations", "sources"];
  return csv([
    head,
    ...sight.passing.map((e) => [
      e.id,
      e.kind,
      e.labels.vi,
      e.labels.en,
      say(e.short),
      e.country,
      e.when,
      e.iri,
      e.links.length,
      sourcesOf(e),
    ]),
  ]);
}

/** All relations that pass the filters, with their sources. */
function relationsCsv(sight) {
  const head = [
    "id",
    "family",
    "relation_vi",
    "relation_en",
    "from_id",
    "from",
    "to_id",
    "to",
    "when",
    "sources",
  ];
  const name = (id) => nameOf(entityOf.get(id));
  return csv([
    head,
    ...sight.lines.map((r) => [
      r.id,
      r.family,
      r.type.labels.vi,
      r.type.labels.en,
      r.source,
      name(r.source),
      r.target,
      name(r.target),
      r.when,
      citation(r.said),
    ]),
  ]);
}
