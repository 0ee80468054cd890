/* Search without caring about marks: folding, and ranking with exact spelling first. */

/** Folds a text for comparing: small letters, no marks, đ as d. */
function fold(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/đ/g, "d").normalize("NFC");
}

/** Small letters, marks kept, one way of writing them. */
function plain(text) {
  return text.normalize("NFC").toLowerCase();
}

const searchIndex = [];

/** The texts an entity may be found by, exact and folded. */
function spellings(entity) {
  const all = [...Object.values(entity.short), ...Object.values(entity.labels), codeOf(entity), entity.id];
  const texts = [...new Set(all)].filter(Boolean);
  return { entity, exact: texts.map(plain), folded: texts.map(fold) };
}

/** The first entities with their texts; without a number, all of them. */
function indexed(most = entities.length) {
  while (searchIndex.length < most) searchIndex.push(spellings(entities[searchIndex.length]));
  return searchIndex;
}

/** Gets the index ready bit by bit while the reader looks on, so that the first letter finds it there. */
function prepareSearch() {
  indexed(Math.min(entities.length, searchIndex.length + 500));
  if (searchIndex.length < entities.length) (window.requestIdleCallback || setTimeout)(prepareSearch);
}

/** How well a text answers: 0 the same, 1 begins so, 2 a word begins so, 3 holds it; Infinity not at all. */
function closeness(text, query) {
  if (text === query) return 0;
  const at = text.indexOf(query);
  if (at === 0) return 1;
  if (at < 0) return Infinity;
  return text.includes(` ${query}`) || /[^\p{L}\p{N}]/u.test(text[at - 1]) ? 2 : 3;
}

/** Rank of an entity for a query: spelling with marks before folded, all words anywhere last. */
function answer(item, exact, folded, words) {
  const best = Math.min(...item.exact.map((text) => closeness(text, exact)));
  if (best < Infinity) return best;
  const loose = 10 + Math.min(...item.folded.map((text) => closeness(text, folded)));
  if (loose < Infinity) return loose;
  return words.length > 1 && item.folded.some((text) => words.every((word) => text.includes(word))) ? 20 : Infinity;
}

/** Finds entities by name, acronym or id; the best first. */
function find(query, most = 12) {
  const exact = plain(query.trim());
  if (!exact) return [];
  const folded = fold(exact);
  const words = folded.split(/\s+/);
  const hits = indexed()
    .map((item) => ({ entity: item.entity, rank: answer(item, exact, folded, words) }))
    .filter((hit) => hit.rank < Infinity)
    .sort((a, b) => a.rank - b.rank || a.entity.rank - b.entity.rank);
  return hits.slice(0, most).map((hit) => hit.entity);
}

/** Where the query stands in a name, as [from, to] of the name itself, marks or not. */
function spotIn(name, query) {
  const letters = [...name.normalize("NFC")];
  const folded = letters.map(fold);
  const joined = folded.join("");
  const at = joined.indexOf(fold(query.trim()));
  if (at < 0 || !query.trim()) return null;
  const upTo = (size) => {
    let n = 0;
    for (let seen = 0; seen < size; n += 1) seen += folded[n].length;
    return n;
  };
  const [from, to] = [upTo(at), upTo(at + fold(query.trim()).length)];
  return [letters.slice(0, from).join(""), letters.slice(from, to).join(""), letters.slice(to).join("")];
}
