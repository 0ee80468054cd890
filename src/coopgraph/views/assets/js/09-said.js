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
  if (!said.length) return make("p", { className: "meta" }, t("unsourced"));
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

/** Tells whether a text is in a language of the page that is not the reader's. */
function foreign(labels) {
  return typeof labels === "object" && ["vi", "en"].includes(tongue(labels)) && !Object.hasOwn(labels, state.lang);
}

/** Tells whether a text is in the reader's own language. */
function own(labels) {
  return typeof labels === "object" && Object.hasOwn(labels, state.lang);
}

/** Says a value: a date as people write it, else as it is. */
function sayValue(labels) {
  const text = say(labels);
  return /^\d{4}-\d\d(-\d\d)?$/.test(text) ? sayDate(text) : text;
}

/** What a value holds, by name: each name once, its texts in the reader's language if there are any. */
function sayParts(numbers) {
  const held = new Map();
  for (let n = 0; n < numbers.length; n += 2)
    held.set(numbers[n], [...(held.get(numbers[n]) || []), raw.words[numbers[n + 1]]]);
  const read = (texts) => (texts.some(own) ? texts.filter((text) => !foreign(text)) : texts);
  return [...held]
    .map(([name, texts]) => `${say(raw.words[name])}: ${read(texts).map(sayValue).join(", ")}`)
    .join("; ");
}

/** The value of a fact: a text, or what it holds by name; an address on the web is a link. */
function shown(value) {
  if (Array.isArray(value)) return make("p", {}, sayParts(value));
  const text = raw.words[value];
  if (/^https?:\/\/\S+$/i.test(say(text))) return webLink(say(text), say(text));
  if (!foreign(text)) return data(typeof text === "string" ? sayValue(text) : text, "p");
  const name = new Intl.DisplayNames([state.lang], { type: "language" }).of(tongue(text));
  return make("p", {}, data(text), make("span", { className: "mark" }, name));
}

/** Leaves out what stands beside the same in the reader's language: a source in common tells that it is. */
function readable(facts) {
  const spoken = facts.filter(({ value }) => own(raw.words[value]));
  const beside = (fact) => spoken.some((one) => !fact.numbers.length || one.numbers.some((n) => fact.numbers.includes(n)));
  return facts.filter((fact) => !foreign(raw.words[fact.value]) || !beside(fact));
}

/** The facts of an entity, grouped by property. */
function factList(entity) {
  const groups = new Map();
  for (const [word, value, target, said] of entity.facts)
    groups.set(word, [...(groups.get(word) || []), { value, target, numbers: said }]);
  const one = ({ value, target, numbers }) =>
    make("li", {}, entityOf.has(target) ? entityButton(target) : shown(value), sourceList(evidenceOf(numbers)));
  const blocks = [...groups].map(([word, facts]) =>
    make(
      "section",
      { className: "group" },
      make("h4", {}, say(raw.words[word]) || "?"),
      make("ul", {}, ...readable(facts).map(one)),
    ),
  );
  return blocks.length ? make("div", {}, make("h3", {}, t("facts")), ...blocks) : null;
}
