/* What is said of an entity and by whom: sources, names, facts. */

/** One place of one source, in full. */
function sourceLine(said) {
  const source = sources.get(said.source);
  const title = source ? source.title || source.id : said.source;
  const speaker = entityOf.has(said.speaker) ? nameOf(entityOf.get(said.speaker)) : said.speaker;
  const parts = [
    source?.publisher,
    source?.issued && sayDate(source.issued),
    said.place && sayPlace(said.place),
  ].filter(Boolean);
  const marks = [
    said.mode === "inferred" && t("inferred"),
    said.confidence && t("sure", sayConfidence(said.confidence)),
    speaker && t("said", speaker),
  ];
  return make(
    "li",
    {},
    webLink(source?.url || "", title || t("noSource")),
    make("span", { className: "meta" }, ...parts.map((part) => make("bdi", {}, part))),
    ...marks.filter(Boolean).map((mark) => make("span", { className: "mark" }, mark)),
  );
}

/** The sources of a statement: folded to a count, or open. */
function sourceList(said, open = false) {
  if (!said.length) return make("p", { className: "meta" }, t("noSource"));
  const inferred = said.every((one) => one.mode === "inferred");
  const least = said.map((one) => one.confidence).filter((value) => value && Number(value) < 1)[0];
  return make(
    "details",
    { className: "said", open },
    make(
      "summary",
      {},
      count("source", "sources", new Set(said.map((one) => one.source)).size),
      inferred ? make("span", { className: "mark" }, t("inferred")) : "",
      least ? make("span", { className: "mark" }, sayConfidence(least)) : "",
    ),
    make("ul", {}, ...said.map(sourceLine)),
  );
}

/** A pair of the list at the top of the card. */
function row(name, ...value) {
  return [make("dt", {}, name), make("dd", {}, ...value)];
}

/** Names in the other language, short form, home, dates, what was measured, and IRI. */
function passport(entity) {
  const other = state.lang === "vi" ? "en" : "vi";
  const names =
    entity.labels[other] && tongue(entity.labels) !== other
      ? row(t("langName" + (other === "vi" ? "2" : "")), make("bdi", { lang: other }, entity.labels[other]))
      : [];
  const short = say(entity.short) && say(entity.short) !== nameOf(entity) ? row(t("short"), data(entity.short)) : [];
  const home =
    entityOf.has(entity.country) && entity.country !== entity.id
      ? row(t("homeland"), entityButton(entity.country))
      : [];
  const period = sayPeriod(entity) ? row(t("period"), sayPeriod(entity)) : [];
  const size = heaviest ? row(say(raw.size), sayNumber(entity.weight)) : [];
  const group = groups.has(entity.group) ? row(say(raw.colour), say(groups.get(entity.group).labels)) : [];
  const iri = entity.iri ? row("IRI", make("span", { className: "iri" }, webLink(entity.iri, entity.iri))) : [];
  return make("dl", {}, ...names, ...short, ...home, ...period, ...size, ...group, ...iri);
}

/** The value of a fact: a text, or what it holds by name; an address on the web is a link. */
function shown(value) {
  if (Array.isArray(value)) {
    const texts = value.map((number) => say(raw.words[number]));
    const parts = texts.flatMap((text, n) => (n % 2 ? [`${texts[n - 1]}: ${text}`] : []));
    return make("p", {}, parts.join("; "));
  }
  const text = raw.words[value];
  return /^https?:\/\/\S+$/i.test(say(text)) ? webLink(say(text), say(text)) : data(text, "p");
}

/** The facts of an entity, grouped by property. */
function factList(entity) {
  const groups = new Map();
  for (const [word, value, target, said] of entity.facts)
    groups.set(word, [...(groups.get(word) || []), { value, target, said: evidenceOf(said) }]);
  const one = ({ value, target, said }) =>
    make("li", {}, entityOf.has(target) ? entityButton(target) : shown(value), sourceList(said));
  const blocks = [...groups].map(([word, facts]) =>
    make(
      "section",
      { className: "group" },
      make("h4", {}, say(raw.words[word]) || "?"),
      make("ul", {}, ...facts.map(one)),
    ),
  );
  return blocks.length ? make("div", {}, make("h3", {}, t("facts")), ...blocks) : null;
}
