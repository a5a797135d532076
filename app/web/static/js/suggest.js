// A text field that proposes communes while one types (arrow keys, Enter, Escape). Without this script the field
// works alone: the form asks which commune when a name is shared.
const WAIT = 150;
const SHORTEST = 2;

class Suggestions {
  constructor(input) {
    this.input = input;
    this.found = [];
    this.active = -1;
    this.list = element("ul", { id: `${input.id}-choix`, role: "listbox", class: "suggestions", hidden: "" });
    this.list.setAttribute("aria-label", "Communes proposées");
    this.told = element("p", { role: "status", class: "visually-hidden" });
    const frame = element("div", { class: "suggest" });
    input.replaceWith(frame);
    frame.append(input, this.list, this.told);
    for (const [name, value] of Object.entries({
      role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false",
      "aria-controls": this.list.id, autocomplete: "off",
    })) input.setAttribute(name, value);
    input.addEventListener("input", () => this.typed());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => this.close());
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.choose([...this.list.children].indexOf(option));
    });
  }

  typed() {
    this.forget();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(this.input.value.trim()), WAIT);
  }

  async ask(text) {
    if (text.length < SHORTEST) return this.close();
    this.asked?.abort();
    this.asked = new AbortController();
    try {
      const answer = await fetch(`${this.input.dataset.suggest}?q=${encodeURIComponent(text)}`, {
        signal: this.asked.signal, headers: { Accept: "application/json" },
      });
      if (answer.ok && document.activeElement === this.input) this.show(await answer.json());
    } catch {
      this.close();
    }
  }

  show(found) {
    this.found = found;
    this.active = -1;
    this.list.replaceChildren(...found.map((one, rank) => this.option(one, rank)));
    this.open(found.length > 0);
    this.told.textContent = found.length
      ? `${found.length} commune${found.length > 1 ? "s" : ""} proposée${found.length > 1 ? "s" : ""}. Flèches pour choisir.`
      : "Aucune commune d’Occitanie ne s’écrit ainsi.";
  }

  option(one, rank) {
    const option = element("li", { id: `${this.list.id}-${rank}`, role: "option", "aria-selected": "false" });
    const name = element("strong");
    name.textContent = one.name;
    const place = element("span");
    place.textContent = ` ${one.place}${one.former ? ` · autrefois ${one.former}` : ""}`;
    option.append(name, place);
    return option;
  }

  key(event) {
    if (this.list.hidden) return;
    const last = this.found.length - 1;
    if (event.key === "ArrowDown") this.move(this.active < last ? this.active + 1 : 0);
    else if (event.key === "ArrowUp") this.move(this.active > 0 ? this.active - 1 : last);
    else if (event.key === "Enter" && this.active >= 0) this.choose(this.active);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
  }

  move(rank) {
    this.active = rank;
    [...this.list.children].forEach((option, n) => option.setAttribute("aria-selected", String(n === rank)));
    this.list.children[rank].scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", this.list.children[rank].id);
  }

  choose(rank) {
    const one = this.found[rank];
    this.input.value = one.text;
    this.remember(one.code);
    this.told.textContent = `${one.name} choisie.`;
    this.close();
  }

  // The code goes with the text, so that a shared name needs no second question.
  remember(code) {
    this.forget();
    const group = document.getElementById(this.codeName);
    if (group) group.remove();
    this.code = element("input", { type: "hidden", name: this.codeName, value: code });
    this.input.after(this.code);
  }

  forget() {
    this.code?.remove();
    this.code = null;
  }

  get codeName() {
    return `${this.input.name}_code`;
  }

  open(shown) {
    this.list.hidden = !shown;
    this.input.setAttribute("aria-expanded", String(shown));
    this.input.removeAttribute("aria-activedescendant");
  }

  close() {
    clearTimeout(this.timer);
    this.asked?.abort();
    this.found = [];
    this.open(false);
  }
}

function element(name, attributes = {}) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

for (const input of document.querySelectorAll("input[data-suggest]")) new Suggestions(input);
