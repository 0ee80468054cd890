/* Putting it together: words, views, buttons; what to do whenever the state changes. */

/** Writes the words of the interface in the language of the page. */
function showWords() {
  document.documentElement.lang = state.lang;
  document.title = state.date ? `${say(raw.title)} (${t("asOf")} ${sayDate(state.date)})` : say(raw.title);
  document.getElementById("title").textContent = say(raw.title);
  for (const element of document.querySelectorAll("[data-t]")) element.textContent = t(element.dataset.t);
  for (const element of document.querySelectorAll("[data-t-label]"))
    element.setAttribute("aria-label", t(element.dataset.tLabel));
  for (const element of document.querySelectorAll("[data-t-placeholder]"))
    element.placeholder = t(element.dataset.tPlaceholder);
  const other = document.getElementById("lang");
  Object.assign(other, { textContent: t("otherLang"), lang: state.lang === "vi" ? "en" : "vi" });
  document.getElementById("theme").title = t("theme");
}

/** Tells the style sheet how high the head and the foot are. */
function measure() {
  const { style } = document.documentElement;
  style.setProperty("--top", `${document.querySelector(".top").offsetHeight}px`);
  style.setProperty("--foot", `${document.getElementById("status").offsetHeight}px`);
}

/** Shows the view that was chosen, and marks its tab. */
function showView() {
  document.documentElement.dataset.theme = dark() ? "dark" : "light";
  document.body.dataset.view = state.view;
  for (const tab of document.querySelectorAll("[role=tab]")) {
    const chosen = tab.dataset.view === state.view;
    tab.setAttribute("aria-selected", String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
    document.getElementById(`view-${tab.dataset.view}`).hidden = !chosen;
  }
}

/** Shows everything anew from the state. */
function refresh() {
  inSight = look();
  showWords();
  showView();
  showCard();
  showStatus(inSight);
  measure();
  VIEWS[state.view].show(inSight);
  showKinds(inSight);
  showMeasures();
  showTypes(inSight);
  showTime();
  showEnds();
  writeHash();
}

/** Opens or closes the side panel on a narrow screen. */
function toggleSide(open) {
  document.body.classList.toggle("side-open", open);
  document
    .getElementById("filters")
    .setAttribute("aria-expanded", String(document.body.classList.contains("side-open")));
}

/** Connects the tabs: click, and arrow keys. */
function wireTabs() {
  const tabs = [...document.querySelectorAll("[role=tab]")];
  for (const tab of tabs) {
    tab.addEventListener("click", () => change({ view: tab.dataset.view }));
    tab.addEventListener("keydown", (event) => {
      if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
      const step = event.key === "ArrowRight" ? 1 : -1;
      const other = tabs.at((tabs.indexOf(tab) + step) % tabs.length);
      change({ view: other.dataset.view });
      other.focus();
    });
  }
}

/** Connects the buttons of the head. */
function wireButtons() {
  const click = (id, act) => document.getElementById(id).addEventListener("click", act);
  click("skip", () => {
    change({ view: "table" });
    document.getElementById("list-entities").focus();
  });
  click("lang", () => change({ lang: state.lang === "vi" ? "en" : "vi" }));
  click("theme", () => change({ theme: dark() ? "light" : "dark" }));
  click("ask", showHelp);
  click("filters", () => toggleSide());
  document.querySelector("main").addEventListener("click", () => {
    if (document.body.classList.contains("side-open")) toggleSide(false);
  });
}

readHash();
for (const tab of raw.tabs) VIEWS[tab].wire?.();
wireTabs();
wireButtons();
wireSearch();
wireTime();
wireExport();
wireKeys();
NIGHT.addEventListener("change", refresh);
window.addEventListener("resize", () => {
  measure();
  if (VIEWS[state.view].fluid) VIEWS[state.view].show(inSight);
});
window.addEventListener("hashchange", () => {
  readHash();
  refresh();
});
refresh();
if (!state.focus && (state.node || route().found)) VIEWS[state.view].reveal?.(state.node);
requestAnimationFrame(() =>
  requestAnimationFrame(() => {
    window.__ready = true;
    prepareSearch();
  }),
);
