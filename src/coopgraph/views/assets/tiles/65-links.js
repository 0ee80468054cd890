/* The region's data: which pairs of countries share most, in the classes that the reader counts. */

Object.assign(WORDS, {
  tiles: ["Region", "Khu vực"],
  tilesName: ["Countries of the region and their partners", "Các nước trong khu vực và đối tác"],
  linksName: ["Lines between countries", "Đường nối giữa các nước"],
  tilesNote: [
    "Tiles stand roughly where the countries lie; no boundary is drawn.",
    "Các ô đặt gần đúng vị trí địa lý; không vẽ đường biên giới.",
  ],
  shapesNote: [
    "Shapes of countries: from the file that the office supplied.",
    "Hình các nước: theo tệp do cơ quan cung cấp.",
  ],
  topLinks: ["Lines: the {0} pairs that share most, of {1}.", "Đường nối: {0} cặp có nhiều mục chung nhất, trên {1}."],
  allLinks: ["Lines: all pairs that share anything ({0}).", "Đường nối: mọi cặp có mục chung ({0})."],
  ownLinks: ["Lines: all {1} pairs of {0}.", "Đường nối: tất cả {1} cặp của {0}."],
  noLinks: ["No pair shares anything with these filters.", "Không cặp nào có mục chung với bộ lọc này."],
  linkName: ["{0} – {1}: {2} shared", "{0} – {1}: {2} mục chung"],
  tileName: ["{0}: {1} shared", "{0}: {1} mục chung"],
  counted: ["Counted", "Tính"],
  strongest: ["Show the strongest", "Xem các cặp mạnh nhất"],
  linksDrawn: ["{0} of {1} pairs drawn", "Vẽ {0} trên {1} cặp"],
});

const TOP_LINKS = 15;

/** The types whose things mostly tie more than two: counted from the start, they would tie everybody to everybody. */
function typesOfMany() {
  const ties = new Map();
  for (const [, from] of sharing(relations)) {
    const { type } = [...from.values()][0][0];
    ties.set(type.key, [...(ties.get(type.key) || []), from.size]);
  }
  const mean = (sizes) => sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
  const many = [...ties].filter(([, sizes]) => mean(sizes) > 2.5).map(([key]) => key);
  return new Set(many.length < ties.size ? many : []);
}

if (OWN === "tiles") state.offTypes = START.offTypes = typesOfMany();

/** The country whose links are asked for: the one whose card is open, else the focus. */
function chosenCountry() {
  return [state.node, state.focus].find((id) => entityOf.get(id)?.kind === "country") || "";
}

/** The links in sight: all, those that are drawn, the largest number, and what each country shares with others. */
function linksInSight() {
  const { pairs, totals } = gridCounts(inSight.lines);
  const held = (id) => entityOf.get(id).kind === "country";
  const all = [...pairs]
    .map(([key, counts]) => ({ key, ends: key.split("|"), number: [...counts.values()].reduce((a, b) => a + b, 0) }))
    .filter(({ ends }) => ends.every(held))
    .sort((a, b) => b.number - a.number || (a.key < b.key ? -1 : 1));
  const one = chosenCountry();
  const asked = state.pair && pairKey(...state.pair.split("|"));
  const drawn = all.filter((link, n) => (one ? link.ends.includes(one) : n < TOP_LINKS) || link.key === asked);
  const most = Math.max(1, ...totals.values());
  return { all, drawn, one, asked, totals, most, strongest: Math.max(1, all[0]?.number || 0) };
}

/** How wide a link is drawn. */
function linkWidth(number, strongest) {
  return 1.2 + 9 * Math.sqrt(number / strongest);
}
