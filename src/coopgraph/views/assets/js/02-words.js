/* Every word of the interface, in both languages, and how data is said: labels, dates, places, confidence. */

const WORDS = {
  skip: ["Skip to the table", "Đến thẳng bảng"],
  views: ["Views", "Cách xem"],
  map: ["Map", "Bản đồ"],
  table: ["Table", "Bảng"],
  filters: ["Filters", "Bộ lọc"],
  theme: ["Dark or light", "Sáng hoặc tối"],
  export: ["Export", "Xuất"],
  help: ["Help and keys", "Trợ giúp và phím tắt"],
  otherLang: ["Tiếng Việt", "English"],
  savePng: ["Picture (PNG)", "Ảnh (PNG)"],
  saveSvg: ["Drawing (SVG)", "Hình vẽ (SVG)"],
  saveView: ["This view (CSV)", "Cách xem này (CSV)"],
  saveEntities: ["Entities (CSV)", "Thực thể (CSV)"],
  saveRelations: ["Relations (CSV)", "Quan hệ (CSV)"],
  print: ["Print", "In"],
  search: ["Search", "Tìm kiếm"],
  searchHint: ["Name or acronym  ( / )", "Tên, viết tắt, không cần dấu  ( / )"],
  found: ["Found", "Kết quả"],
  nothing: ["Nothing found", "Không tìm thấy"],
  foundN: ["{0} found", "Tìm thấy {0}"],
  asOf: ["As of", "Tính đến"],
  always: ["All times", "Mọi thời điểm"],
  month: ["Month", "Tháng"],
  day: ["Date", "Ngày"],
  timeline: ["Timeline", "Dòng thời gian"],
  matrix: ["Matrix", "Ma trận"],
  timeHint: [
    "Hides what had not begun or was over; past meetings stay. Unknown dates stay visible.",
    "Ẩn những gì chưa bắt đầu hoặc đã hết hạn; hội nghị đã qua vẫn hiện. Không rõ ngày thì vẫn hiện.",
  ],
  kinds: ["Entity classes", "Loại thực thể"],
  types: ["Relation types", "Loại quan hệ"],
  path: ["Path between two", "Đường nối hai thực thể"],
  only: ["only", "chỉ mục này"],
  all: ["Show all", "Hiện tất cả"],
  country: ["Country", "Quốc gia"],
  ministry: ["Ministry, agency", "Bộ, cơ quan"],
  institute: ["Institute, academy", "Viện, học viện"],
  person: ["Official", "Cán bộ"],
  agreement: ["Agreement", "Thỏa thuận"],
  meeting: ["Meeting, event", "Hội nghị, sự kiện"],
  topic: ["Topic", "Chủ đề"],
  other: ["Other", "Khác"],
  "family-structure": ["Structure", "Tổ chức"],
  "family-agreement": ["Agreements", "Thỏa thuận"],
  "family-meeting": ["Meetings", "Hội nghị"],
  "family-theme": ["Themes", "Chủ đề"],
  mapName: ["Relationship map", "Bản đồ quan hệ"],
  mapHow: [
    "Arrow keys go to the nearest entity, N and P to related ones, Enter opens the card, F focuses, Escape leaves. The table holds the same facts.",
    "Phím mũi tên đến thực thể gần nhất, N và P đến thực thể liên quan, Enter mở thẻ, F tập trung, Escape thoát. Bảng có cùng nội dung.",
  ],
  zoomIn: ["Zoom in", "Phóng to"],
  zoomOut: ["Zoom out", "Thu nhỏ"],
  zoomFit: ["Show everything", "Xem toàn bộ"],
  details: ["Details", "Chi tiết"],
  close: ["Close", "Đóng"],
  langName: ["English", "Tiếng Anh"],
  langName2: ["Vietnamese", "Tiếng Việt"],
  period: ["Period", "Thời gian"],
  since: ["since {0}", "từ {0}"],
  seen: ["seen {0}", "ghi nhận {0}"],
  until: ["until {0}", "đến {0}"],
  short: ["Short form", "Viết tắt"],
  homeland: ["Country", "Quốc gia"],
  focus: ["Focus", "Tập trung"],
  pathFrom: ["Path from here", "Đường từ đây"],
  pathTo: ["Path to here", "Đường đến đây"],
  facts: ["Facts", "Thông tin"],
  noFacts: ["No further facts in the sources.", "Nguồn không cho biết thêm."],
  sources: ["{0} sources", "{0} nguồn"],
  source: ["1 source", "1 nguồn"],
  noSource: ["no title", "không có tiêu đề"],
  unsourced: ["from the registry, or by rule", "từ danh bạ, hoặc suy ra theo luật"],
  inferred: ["inferred", "suy luận"],
  said: ["said by {0}", "theo lời {0}"],
  sure: ["confidence {0}", "độ tin cậy {0}"],
  openSource: ["opens the web page in a new tab", "mở trang web trong thẻ mới"],
  relation: ["Relation", "Quan hệ"],
  relations: ["Relations", "Quan hệ"],
  entities: ["Entities", "Thực thể"],
  beside: ["Also between these two", "Quan hệ khác giữa hai bên"],
  hidden: ["hidden by the filters", "đang bị bộ lọc ẩn"],
  pair: ["Pair", "Cặp"],
  sharedN: ["{0} shared", "{0} mục chung"],
  nothingShared: ["Nothing recorded that both take part in.", "Chưa ghi nhận hoạt động chung nào."],
  by: ["Through", "Qua"],
  measured: ["Size", "Cỡ"],
  grouped: ["Colour", "Màu"],
  through: ["Through its bodies", "Qua các cơ quan của nước này"],
  from: ["From", "Từ"],
  to: ["To", "Đến"],
  pick: ["choose an entity", "chọn một thực thể"],
  clear: ["Clear", "Xóa"],
  pathHow: [
    "Open an entity, then press “Path from here” or “Path to here”.",
    "Mở một thực thể rồi bấm “Đường từ đây” hoặc “Đường đến đây”.",
  ],
  steps: ["{0} steps", "{0} bước"],
  step: ["1 step", "1 bước"],
  noPath: ["No path with the present filters.", "Không có đường nối với bộ lọc hiện tại."],
  pathNote: [
    "The path avoids big hubs, so it is not always the shortest.",
    "Đường này tránh các đầu mối lớn nên không nhất thiết là ngắn nhất.",
  ],
  swap: ["Swap", "Đổi chiều"],
  focusOn: ["Focus: {0}", "Tập trung: {0}"],
  hops1: ["1 step around", "Trong 1 bước"],
  hops2: ["2 steps around", "Trong 2 bước"],
  leave: ["Leave (Esc)", "Thoát (Esc)"],
  name: ["Name", "Tên"],
  class: ["Class", "Loại"],
  start: ["Start", "Bắt đầu"],
  end: ["End", "Kết thúc"],
  links: ["Relations", "Số quan hệ"],
  cites: ["Sources", "Nguồn"],
  family: ["Family", "Nhóm"],
  more: ["Show {0} more", "Hiện thêm {0}"],
  rowsFilter: ["Narrow the rows", "Lọc dòng"],
  tableNote: ["All that passes the filters.", "Mọi mục qua bộ lọc."],
  tableNoteMap: [
    "All that passes the filters, also what the map has no room for.",
    "Mọi mục qua bộ lọc, kể cả mục không đủ chỗ trên bản đồ.",
  ],
  shownN: ["{0} of {1} entities shown", "Hiện {0} trên {1} thực thể"],
  shownE: ["{0} of {1} relations", "{0} trên {1} quan hệ"],
  hiddenN: ["{0} hidden", "ẩn {0}"],
  budgetN: ["{0} of them for lack of room", "trong đó {0} do hết chỗ"],
  filteredN: ["{0} by filters", "{0} do bộ lọc"],
  offline: ["Offline file, sends nothing", "Tệp ngoại tuyến, không gửi gì đi"],
  version: ["Data: {0}", "Dữ liệu: {0}"],
  empty: ["Nothing to show with these filters.", "Không có gì để hiện với bộ lọc này."],
  shown: ["of {0}", "trên {0}"],
  linksN: ["{0} relations", "{0} quan hệ"],
  widened: ["Filters were opened to show it.", "Đã mở bộ lọc để hiện mục này."],
  keysOn: ["Single-key shortcuts", "Phím tắt một phím"],
  keys: ["Keys", "Phím tắt"],
  or: ["or", "hoặc"],
  seeAll: ["Show filtered ones too", "Hiện cả mục đã lọc"],
};

const KEYS_HELP = [
  ["/", "search", "tìm kiếm"],
  ["Esc", "close, leave", "đóng, thoát"],
];

/** Says a word of the interface in the language of the page; {0}, {1} are filled in. */
function t(key, ...values) {
  const text = WORDS[key][state.lang === "vi" ? 1 : 0];
  return text.replace(/\{(\d)\}/g, (_, n) => values[n]);
}

/** Says how many, with a word of its own for one. */
function count(one, many, number) {
  return number === 1 ? t(one) : t(many, number.toLocaleString(state.lang));
}

/** Says a number with no more digits than it needs. */
function sayNumber(value) {
  return value.toLocaleString(state.lang, { maximumSignificantDigits: 3 });
}

/** Picks the language in which labels can be said: the page's, else English, else any. */
function tongue(labels) {
  return [state.lang, "en", "vi", ...Object.keys(labels)].find((lang) => Object.hasOwn(labels, lang)) || "";
}

/** Says labels in the language of the page; a plain text is said as it is. */
function say(labels) {
  return typeof labels === "string" ? labels : labels[tongue(labels)] || "";
}

/** The full name of an entity. */
function nameOf(entity) {
  return say(entity.labels).trim() || entity.id;
}

/** The name of an entity on the map: its short form if it has one; countries by name. */
function briefOf(entity) {
  return bare((entity.kind !== "country" && say(entity.short)) || nameOf(entity));
}

/** Takes out marks that turn the direction of writing and other controls: a canvas cannot isolate them. */
function bare(text) {
  return text.replace(/[\u0000-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, " ").trim();
}

const DEGREES = { low: "thấp", medium: "trung bình", high: "cao" };
const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** Says an ISO date as people write it: 5 Mar 2024, 05/3/2024; Vietnamese papers write one zero before months 1 and 2. */
function sayDate(date) {
  const [, year, month, day] = /^(\d{4})-(\d\d)(?:-(\d\d))?/.exec(date) || [];
  if (!year) return date;
  if (state.lang === "vi") return [day, Number(month) > 2 ? Number(month) : month, year].filter(Boolean).join("/");
  return [day && Number(day), MONTHS[month - 1], year].filter(Boolean).join(" ");
}

/** Says dates on which sources disagree, side by side. */
function sayDates(dates) {
  return dates.split("/").map(sayDate).join(` ${t("or")} `);
}

/** Says a day that lies between two, as exactly as they allow: a day, a month, a year, or from one to the other. */
function sayWithin(first, last) {
  if (!first || !last || first === last) return sayDate(first || last);
  const whole = (size, start, end) => first.slice(0, size) === last.slice(0, size) && first.endsWith(start) && end.test(last);
  if (whole(4, "-01-01", /-12-31$/)) return first.slice(0, 4);
  if (whole(7, "-01", /-(28|29|30|31)$/)) return sayDate(first.slice(0, 7));
  return `${sayDate(first)} – ${sayDate(last)}`;
}

/** Says a period as the sources give it; without their words, from its bounds. */
function sayPeriod({ start, startLatest, endEarliest, end, when, family, kind }) {
  const lasts = family ? family !== "meeting" : kind === "ministry" || kind === "institute";
  if (when && (!lasts || when.includes("–") || !(start || end))) return when.split("–").map(sayDates).join(" – ");
  const begun = start && (when && !end ? sayDates(when) : sayWithin(start, startLatest || start));
  const over = end && (when && !start ? sayDates(when) : sayWithin(endEarliest || end, end));
  if (begun && over) return begun === over || start === end ? begun : sayBetween(start, end, begun, over);
  if (begun) return t("since", begun);
  if (over) return t("until", over);
  return startLatest || endEarliest ? t("seen", sayWithin(startLatest || endEarliest, endEarliest || startLatest)) : "";
}

/** Says a period with both ends; a whole year, known only by its bounds, is that year. */
function sayBetween(start, end, begun, over) {
  const year = start.endsWith("-01-01") && end === `${start.slice(0, 4)}-12-31`;
  return year ? start.slice(0, 4) : `${begun} – ${over}`;
}

/** Says the place in a source in the language of the page. */
function sayPlace(place) {
  if (state.lang !== "vi") return place;
  const words = { line: "dòng", lines: "dòng", sentence: "câu", page: "trang", row: "hàng", "whole document": "cả tài liệu" };
  return place.replace(/\b(whole document|lines?|sentence|page|row)\b/g, (word) => words[word]);
}

/** Says a confidence: a share as per cent, a degree in the language of the page. */
function sayConfidence(value) {
  if (state.lang === "vi" && Object.hasOwn(DEGREES, value)) return DEGREES[value];
  const share = Number(value);
  return value !== "" && share >= 0 && share <= 1 ? `${Math.round(share * 100)}%` : value;
}
