// j, k: from one row to the next; x: choose it; /: search. Letters typed in a field stay letters, and the person may
// switch the shortcuts off (kept in this browser). Without this script every row, box and button works with Tab.
const OFF = "guichet-raccourcis-non";
const help = document.querySelector("[data-keys]");
const off = document.querySelector("[data-keys-off]");
const rows = [...document.querySelectorAll("[data-row]")];

function kept() {
  try { return localStorage.getItem(OFF) === "1"; } catch { return false; }
}

function keep(value) {
  try { localStorage.setItem(OFF, value ? "1" : "0"); } catch { /* A browser that keeps nothing: for this page only. */ }
}

function here() {
  return rows.findIndex((row) => row.contains(document.activeElement));
}

function go(step) {
  const now = here();
  const next = now < 0 ? (step > 0 ? 0 : rows.length - 1) : now + step;
  rows[Math.min(Math.max(next, 0), rows.length - 1)]?.querySelector("[data-row-link]").focus();
}

const KEYS = {
  j: () => go(1),
  k: () => go(-1),
  x: () => rows[here()]?.querySelector("input[name=ligne]").click(),
  "/": () => {
    const field = document.querySelector("[data-search]");
    const fold = field?.closest("details:not([open])");
    if (fold) fold.open = true;
    field?.focus();
  },
};

function typing(target) {
  return target.matches("input:not([type=checkbox]), select, textarea, [contenteditable]");
}

document.addEventListener("keydown", (event) => {
  if (off?.checked || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const act = KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

if (help) {
  help.hidden = false;
  off.checked = kept();
  off.addEventListener("change", () => keep(off.checked));
}
