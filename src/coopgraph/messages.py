"""What is said about wrong data, in English and Vietnamese; one place for the words."""

from collections.abc import Iterable
from typing import Final

MESSAGES: Final[dict[str, dict[str, str]]] = {
    "alias": {
        "en": "YAML anchors and aliases (& *) are not used here; write the value out",
        "vi": "không dùng neo và bí danh YAML (& *); hãy viết đầy đủ giá trị",
    },
    "blank-node": {
        "en": "a blank node has no stable name; give it an id such as <https://w3id.org/coopgraph/id/evt-x>",
        "vi": "nút trống không có tên ổn định; hãy đặt mã, ví dụ <https://w3id.org/coopgraph/id/evt-x>",
    },
    "bom": {
        "en": "the file starts with a byte order mark; save it as UTF-8 without BOM",
        "vi": "tệp bắt đầu bằng dấu BOM; hãy lưu dạng UTF-8 không có BOM",
    },
    "boolean": {"en": "{value!r} is not true or false", "vi": "{value!r} không phải true hoặc false"},
    "class-column": {
        "en": "the header needs a column that names the class, such as `person` or `class`, found {found!r}",
        "vi": "tiêu đề cần một cột nêu lớp, như `person` hoặc `class`, lại thấy {found!r}",
    },
    "columns": {
        "en": "the row has {found} cells and the header has {wanted}; is a comma in a text without quotes?",
        "vi": "dòng có {found} ô còn tiêu đề có {wanted}; có dấu phẩy trong văn bản không đặt trong ngoặc kép?",
    },
    "csv": {"en": "not readable as CSV: {reason}", "vi": "không đọc được dạng CSV: {reason}"},
    "date": {
        "en": "{value!r} is not a date like 2023-05-23, 2023-05 or 2023",
        "vi": "{value!r} không phải ngày dạng 2023-05-23, 2023-05 hoặc 2023",
    },
    "day": {
        "en": "{value!r} is not a full date like 2023-05-23",
        "vi": "{value!r} không phải ngày đầy đủ dạng 2023-05-23",
    },
    "decimal": {"en": "{value!r} is not a number like 2 or 1.5", "vi": "{value!r} không phải số như 2 hoặc 1.5"},
    "depth": {
        "en": "lists or mappings are nested more than {limit} deep",
        "vi": "danh sách hoặc ánh xạ lồng nhau quá {limit} tầng",
    },
    "derived": {
        "en": "{key!r} is computed by rules and cannot be written; give the facts it follows from",
        "vi": "{key!r} do luật suy ra, không ghi trực tiếp; hãy ghi các dữ kiện làm căn cứ",
    },
    "document-first": {
        "en": "a file of sources starts with `document: doc-…`, found {found!r}",
        "vi": "tệp nguồn phải bắt đầu bằng `document: doc-…`, lại thấy {found!r}",
    },
    "document-twice": {
        "en": "document {value!r} is already described at {other}",
        "vi": "tài liệu {value!r} đã được mô tả tại {other}",
    },
    "duplicate-key": {
        "en": "{key!r} stands twice in this record (first at line {first}); keep one",
        "vi": "{key!r} xuất hiện hai lần trong bản ghi này (lần đầu ở dòng {first}); chỉ giữ một",
    },
    "empty": {"en": "the file is empty", "vi": "tệp rỗng"},
    "empty-value": {
        "en": "{key!r} has no value; give one or delete the line",
        "vi": "{key!r} chưa có giá trị; điền hoặc xóa dòng",
    },
    "encoding": {
        "en": "the file is not UTF-8 ({reason}); save it as UTF-8",
        "vi": "tệp không phải UTF-8 ({reason}); hãy lưu dạng UTF-8",
    },
    "facts": {
        "en": "`facts:` must hold places such as L5s1 with a list of records under each, found {found}",
        "vi": "`facts:` phải gồm các vị trí như L5s1, dưới mỗi vị trí là danh sách bản ghi, lại thấy {found}",
    },
    "hash": {
        "en": "{file} has another sha256 ({found}) than the document states: other text, other places",
        "vi": "{file} có sha256 khác ({found}) với giá trị ghi trong tài liệu: văn bản khác thì vị trí cũng khác",
    },
    "hidden": {
        "en": "the text {value!r} holds an invisible character, or marks apart from their letters; write it in NFC",
        "vi": "văn bản {value!r} có ký tự vô hình hoặc dấu rời khỏi chữ; hãy ghi dạng NFC",
    },
    "id": {
        "en": "{value!r} is not an id: write lower-case ASCII words joined by hyphens, e.g. {example}",
        "vi": "{value!r} không phải mã: viết chữ thường không dấu nối bằng gạch ngang, ví dụ {example}",
    },
    "id-missing": {
        "en": "the id of this {kind} is built from {pattern!r}, but {missing!r} is missing",
        "vi": "mã của {kind} này được ghép theo {pattern!r} nhưng thiếu {missing!r}",
    },
    "id-prefix": {
        "en": "the id of a {kind} starts with {prefix!r}, found {value!r}",
        "vi": "mã của {kind} bắt đầu bằng {prefix!r}, lại thấy {value!r}",
    },
    "identity-only": {
        "en": "{key!r} needs a source: write it under its place in data/docs, not in the registry",
        "vi": "{key!r} cần có nguồn: hãy ghi dưới vị trí của nó trong data/docs, không ghi trong danh bạ",
    },
    "integer": {"en": "{value!r} is not a whole number like 21", "vi": "{value!r} không phải số nguyên như 21"},
    "invisible": {
        "en": "the text holds the invisible character U+{point:04X}; delete it",
        "vi": "văn bản có ký tự vô hình U+{point:04X}; hãy xóa",
    },
    "language": {
        "en": '{value!r} is not a language code; a comma inside the text? put the text in quotes: {{vi: "…", en: "…"}}',
        "vi": '{value!r} không phải mã ngôn ngữ; có dấu phẩy trong văn bản? đặt trong ngoặc kép: {{vi: "…", en: "…"}}',
    },
    "language-missing": {
        "en": '{key!r} is text in a language: write {{vi: "…", en: "…"}}, found {value!r}',
        "vi": '{key!r} là văn bản có ngôn ngữ: viết {{vi: "…", en: "…"}}, lại thấy {value!r}',
    },
    "line-length": {
        "en": "the line has {length} characters; at most {limit} are read",
        "vi": "dòng có {length} ký tự; chỉ đọc tối đa {limit}",
    },
    "literal": {
        "en": "{value!r} is not a valid {datatype}",
        "vi": "{value!r} không phải giá trị {datatype} hợp lệ",
    },
    "mapping": {
        "en": "{key!r} holds records: write `- {{…}}` under it, found {value!r}",
        "vi": "{key!r} chứa bản ghi: viết `- {{…}}` bên dưới, lại thấy {value!r}",
    },
    "nfc": {
        "en": "marks are written as separate characters (NFD) in {value!r}; save the text in NFC",
        "vi": "dấu được viết thành ký tự rời (NFD) trong {value!r}; hãy lưu văn bản dạng NFC",
    },
    "no-file": {"en": "the file cannot be read: {reason}", "vi": "không đọc được tệp: {reason}"},
    "no-source": {
        "en": "a fact needs a source: {missing}",
        "vi": "dữ kiện phải có nguồn: {missing}",
    },
    "not-a-record": {
        "en": "a record is a mapping such as `- meeting: evt-x`, found {value!r}",
        "vi": "bản ghi là ánh xạ như `- meeting: evt-x`, lại thấy {value!r}",
    },
    "place": {
        "en": "{value!r} is not a place: write L10, L5s9, L39-43, pg3, row14 or whole, joined by +, "
        "then |per-… for who is quoted, ~inferred, ~medium or ~low",
        "vi": "{value!r} không phải vị trí: viết L10, L5s9, L39-43, pg3, row14 hoặc whole, nối bằng +, "
        "rồi |per-… cho người được dẫn lời, ~inferred, ~medium hoặc ~low",
    },
    "place-missing": {
        "en": "place {value}: {file} has no text there (it has {lines} lines)",
        "vi": "vị trí {value}: {file} không có văn bản ở đó (tệp có {lines} dòng)",
    },
    "parquet": {
        "en": "not readable as Parquet: {reason}",
        "vi": "không đọc được dạng Parquet: {reason}",
    },
    "quantity": {
        "en": "cannot read quantity {value!r}: write e.g. '2-3 expert', '~20 official/delegation', '>100 person'",
        "vi": "không đọc được số lượng {value!r}: viết ví dụ '2-3 expert', '~20 official/delegation', '>100 person'",
    },
    "rdf": {"en": "not readable as {format}: {reason}", "vi": "không đọc được dạng {format}: {reason}"},
    "rdf-graph": {
        "en": 'graph {graph} has no source: state `<{graph}> coop:source cg:doc-… ; coop:locator "whole"`',
        "vi": 'đồ thị {graph} không có nguồn: khai báo `<{graph}> coop:source cg:doc-… ; coop:locator "whole"`',
    },
    "row-length": {
        "en": "the row that begins here does not end within {limit} bytes; is a closing quote missing?",
        "vi": "dòng bắt đầu ở đây không kết thúc trong {limit} byte; có thiếu dấu ngoặc kép đóng?",
    },
    "size": {
        "en": "the file has {size} bytes; at most {limit} are read",
        "vi": "tệp có {size} byte; chỉ đọc tối đa {limit}",
    },
    "tab": {
        "en": "a tab stands in the indentation; use spaces",
        "vi": "có ký tự tab ở đầu dòng; hãy dùng dấu cách",
    },
    "tag": {"en": "YAML tags ({value}) are not used here", "vi": "không dùng thẻ YAML ({value})"},
    "term": {
        "en": "{value!r} is no property of ours{hint}",
        "vi": "{value!r} không phải thuộc tính của bản thể học{hint}",
    },
    "unknown-concept": {
        "en": "unknown {key} {value!r}{hint}",
        "vi": "{key} {value!r} không có trong danh mục{hint}",
    },
    "unknown-id": {
        "en": "id {value!r} is not in the registry nor defined in any file{hint}",
        "vi": "mã {value!r} không có trong danh bạ, cũng không được khai báo ở tệp nào{hint}",
    },
    "unknown-key": {
        "en": "unknown key {key!r} for a {kind}{hint}",
        "vi": "khóa {key!r} không dùng cho {kind}{hint}",
    },
    "unknown-kind": {
        "en": "unknown kind of record {key!r}{hint}",
        "vi": "loại bản ghi {key!r} không có{hint}",
    },
    "unquoted": {
        "en": "{key!r} wants one text, found a {found}",
        "vi": "{key!r} cần một văn bản, lại thấy {found}",
    },
    "uri": {
        "en": "{value!r} is not a web address like https://asean.org/…",
        "vi": "{value!r} không phải địa chỉ web như https://asean.org/…",
    },
    "xml-entity": {
        "en": "a DOCTYPE or entity is not accepted in RDF/XML; write the text out",
        "vi": "không nhận DOCTYPE hoặc thực thể trong RDF/XML; hãy viết đầy đủ",
    },
    "yaml": {"en": "not readable as YAML: {reason}", "vi": "không đọc được dạng YAML: {reason}"},
}
"""Code → language → text with the places to fill."""


def closest(value: str, known: Iterable[str]) -> str:
    """Give the known name nearest to a mistyped one, or "".

    >>> closest("dispatch-expert", ["dispatch-experts", "take-part"])
    'dispatch-experts'
    """
    from difflib import get_close_matches

    return next(iter(get_close_matches(value, list(known), n=1, cutoff=0.6)), "")


def hint(near: str, lang: str) -> str:
    """Word the suggestion of a near name, or say nothing when there is none.

    >>> hint("dispatch-experts", "en"), hint("", "vi")
    ("; did you mean 'dispatch-experts'?", '')
    """
    said = {"en": "; did you mean {0!r}?", "vi": "; có phải {0!r}?"}
    return said[lang].format(near) if near else ""
