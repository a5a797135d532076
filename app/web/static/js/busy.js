// A form goes once: its button says « Envoi… » until the answer comes, or the page is shown again.
const sent = new WeakSet();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (sent.has(form)) {
    event.preventDefault();
    return;
  }
  sent.add(form);
  const button = event.submitter;
  if (!button) return;
  button.dataset.words = button.innerHTML;
  button.setAttribute("aria-disabled", "true");
  button.textContent = "Envoi…";
});

window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const button of document.querySelectorAll("[data-words]")) {
    button.innerHTML = button.dataset.words;
    button.removeAttribute("aria-disabled");
    delete button.dataset.words;
    sent.delete(button.form);
  }
});
