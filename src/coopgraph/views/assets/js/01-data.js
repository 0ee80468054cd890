/* The data of the page, read once and indexed: entities, relations, types of relation, sources.
 * The files of this folder and those of the page's views are joined into one module, in the order of their names. */

const raw = JSON.parse(document.getElementById("data").textContent);

/** Entities in order of rank (the first matter most); `links` lists the relations of each. */
const entities = raw.nodes.map((node, rank) => ({
  facts: [],
  short: node.labels,
  country: "",
  iri: raw.baseIri + node.id,
  start: "",
  end: "",
  when: "",
  at: null,
  weight: 0,
  group: "",
  ...node,
  rank,
  links: [],
}));
const entityOf = new Map(entities.map((entity) => [entity.id, entity]));
const sources = new Map(
  raw.sources.map(([id, title, publisher, issued, url]) => [id, { id, title, publisher, issued, url }]),
);
const types = new Map();

const FAMILIES = ["structure", "agreement", "meeting", "theme"];
const KINDS = raw.kinds.filter((kind) => entities.some((entity) => entity.kind === kind));

/** Gives the type of relation with these labels, made once. */
function typeOf(family, word) {
  const labels = typeof word === "string" ? { en: word } : word;
  const name = labels.en || labels.vi || Object.values(labels)[0] || "?";
  const key = `${family}/${name}`;
  if (!types.has(key)) types.set(key, { key, family, labels: name === "?" ? { en: name } : labels, total: 0 });
  types.get(key).total += 1;
  return types.get(key);
}

/** Turns numbers of evidence into what they stand for. */
function evidenceOf(numbers) {
  return numbers.map((number) => {
    const [source, place, mode, confidence, speaker] = raw.evidence[number];
    return { source: raw.sources[source][0], place, mode, confidence, speaker };
  });
}

const relations = raw.edges.map(([id, from, to, family, word, time, said, via]) => {
  const [start, end, when, startLatest, endEarliest] = raw.times[time];
  return {
    id,
    source: raw.nodes[from].id,
    target: raw.nodes[to].id,
    family: FAMILIES[family],
    type: typeOf(FAMILIES[family], raw.words[word]),
    start,
    end,
    said,
    when,
    startLatest,
    endEarliest,
    via: via === undefined ? {} : raw.words[via],
  };
});
const relationOf = new Map(relations.map((relation) => [relation.id, relation]));

for (const relation of relations) {
  entityOf.get(relation.source).links.push(relation);
  if (relation.target !== relation.source) entityOf.get(relation.target).links.push(relation);
}

/** The end of a relation that is not this entity. */
function across(relation, id) {
  return relation.source === id ? relation.target : relation.source;
}

/** The types in the order of the legend: by family, then by name. */
function typesOf(family) {
  return [...types.values()].filter((type) => type.family === family).sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** The two-letter code a country's id ends with, else nothing. */
function codeOf(entity) {
  const tail = entity.id.split("-").pop();
  return entity.kind === "country" && /^[a-z]{2,3}$/i.test(tail) ? tail.toUpperCase() : "";
}
