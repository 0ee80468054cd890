/* The keys that work everywhere, and the help. */

/** Escape leaves one thing at a time: menu, panel, card, focus, path. */
function leave() {
  if (document.body.classList.contains("side-open")) {
    document.body.classList.remove("side-open");
    document.getElementById("filters").focus();
    return;
  }
  if (state.focus && (state.node === state.focus || !(state.node || state.edge))) change({ focus: "", node: "" });
  else if (state.node || state.edge) change({ node: "", edge: "" });
  else if (state.pair) change({ pair: "" });
  else if (state.from || state.to) change({ from: "", to: "" });
}

/** True while the reader writes. */
function writing(target) {
  return (
    target.matches("input:not([type=checkbox]):not([type=range]), textarea, select") ||
    Boolean(target.closest("dialog[open]"))
  );
}

/** Connects the keyboard. */
function wireKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (event.key === "Escape") leave();
    if (event.key !== "/" || !state.keys || writing(event.target)) return;
    event.preventDefault();
    if (PHONE.matches) document.body.classList.add("side-open");
    box.focus();
    box.select();
  });
}

/** Shows the help: the keys, and a switch for those of one letter. */
function showHelp() {
  const help = document.getElementById("help");
  const lines = [...(VIEWS[OWN].keys || []), ...KEYS_HELP].flatMap(([keys, en, vi]) => [
    make(
      "dt",
      {},
      ...keys.split(" ").map((key) => (key === "+" && keys.startsWith("Shift") ? " + " : make("kbd", {}, key))),
    ),
    make("dd", {}, state.lang === "vi" ? vi : en),
  ]);
  const single = make("input", {
    type: "checkbox",
    checked: state.keys,
    onchange: (event) => {
      state.keys = event.target.checked;
    },
  });
  fill(
    help,
    make("h2", { id: "help-head" }, t("keys")),
    make("dl", {}, ...lines),
    make("label", { className: "tick" }, single, t("keysOn")),
    make("p", { className: "hint" }, t(VIEWS[OWN].timeHint || "timeHint")),
    make(
      "div",
      { className: "buttons" },
      make("button", { type: "button", className: "main", onclick: () => help.close() }, t("close")),
    ),
  );
  help.showModal();
}
