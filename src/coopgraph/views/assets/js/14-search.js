/* The search box: a combobox as ARIA describes it; the list is moved through without leaving the box. */

const box = document.getElementById("search");
const list = document.getElementById("found");
let hits = [];
let at = -1;

/** A name with the part that answers the query set off. */
function marked(name, query) {
  const parts = spotIn(name, query);
  return parts ? make("bdi", {}, parts[0], make("mark", {}, parts[1]), parts[2]) : make("bdi", {}, name);
}

/** One line of the list. */
function option(entity, n) {
  const other = say(entity.short);
  return make(
    "li",
    {
      id: `found-${n}`,
      role: "option",
      "aria-selected": String(n === at),
      onmousedown: (event) => {
        event.preventDefault();
        choosing(n);
      },
    },
    icon(entity.kind),
    make(
      "span",
      {},
      marked(nameOf(entity), box.value),
      make(
        "span",
        { className: "meta" },
        ` ${t(entity.kind)}`,
        other && other !== nameOf(entity) ? make("bdi", {}, ` · ${other}`) : "",
      ),
    ),
  );
}

/** Shows the list, or closes it. */
function showFound(open) {
  const asked = open && box.value.trim();
  list.hidden = !asked;
  box.setAttribute("aria-expanded", String(Boolean(asked)));
  if (at >= 0 && asked) box.setAttribute("aria-activedescendant", `found-${at}`);
  else box.removeAttribute("aria-activedescendant");
  fill(
    list,
    ...(asked ? hits.map(option) : []),
    asked && !hits.length
      ? make(
          "li",
          { role: "option", "aria-disabled": "true", "aria-selected": "false", className: "none" },
          t("nothing"),
        )
      : null,
  );
  list.children[at]?.scrollIntoView({ block: "nearest" });
}

/** Looks again for what is written. */
function searching() {
  hits = find(box.value);
  at = hits.length ? 0 : -1;
  showFound(true);
  announce(box.value.trim() ? t("foundN", hits.length) : "");
}

/** Takes one of the list. */
function choosing(n) {
  const entity = hits[n];
  if (!entity) return;
  showFound(false);
  box.value = "";
  document.body.classList.remove("side-open");
  openEntity(entity.id);
  VIEWS[state.view].reveal?.(entity.id);
  document.getElementById("card-head")?.focus({ preventScroll: true });
}

/** Connects the box. */
function wireSearch() {
  box.addEventListener("input", searching);
  box.addEventListener("focus", () => {
    if (box.value) searching();
  });
  box.addEventListener("blur", () => showFound(false));
  box.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && hits.length) {
      at = (at + step + hits.length) % hits.length;
      showFound(true);
      event.preventDefault();
    }
    if (event.key === "Enter") {
      choosing(at);
      event.preventDefault();
    }
    if (event.key === "Escape" && !list.hidden) {
      event.stopPropagation();
      showFound(false);
    } else if (event.key === "Escape" && box.value) {
      event.stopPropagation();
      box.value = "";
    }
  });
}
