// On a narrow screen filters fold behind « Filtrer », which says how many are in force.
const narrow = window.matchMedia("(max-width: 767.98px)");

// A hidden field says which list, a sort in which order: neither narrows anything.
function filters(field) {
  return field.name && field.type !== "hidden" && !("sort" in field.dataset);
}

function inForce(form) {
  const asked = new URLSearchParams(window.location.search);
  return [...form.elements].filter((one) => filters(one) && asked.get(one.name)).length;
}

function fold(form) {
  const count = inForce(form);
  const folded = document.createElement("details");
  folded.className = "filter-fold";
  const title = document.createElement("summary");
  title.textContent = count ? `Filtrer (${count} en cours)` : "Filtrer";
  form.replaceWith(folded);
  folded.append(title, form);
  const follow = () => { folded.open = !narrow.matches; };
  narrow.addEventListener("change", follow);
  follow();
}

for (const form of document.querySelectorAll("form.filter-bar")) fold(form);
