// One of the two societies: its letter and scenario, its verdict, its picture.

class Side {
  constructor(letter, store, look, choose, restore) {
    Object.assign(this, { letter, store, look, choose, restore });
    this.verdict = new Verdict(store, look);
    this.society = new Society(store, look);
    this.verdict.regime.id = `regime-${letter}`;
    this.society.summary.id = `society-text-${letter}`;
    this.head = h("div", { class: "side-head" });
    this.key = h("ul", { class: "key" });
    this.society.onCounts = (counts) => this.key.replaceChildren(...countedKey(counts, this.store.words).slice(0, 2));
    this.node = h("section", { class: `side side-${letter}` }, this.head, this.verdict.node, this.key, this.society.node);
    this.write();
  }

  get title() {
    const one = this.store.model.get("catalogue").find((entry) => entry.name === this.store.state.scenario);
    return one?.title[this.store.words.language] || this.store.state.scenario;
  }

  get changed() {
    return this.store.state.schedule.some(([, changes]) => Object.keys(changes).length);
  }

  write() {
    const { words, state, model } = this.store;
    const label = words.say("view_compare.scenario_of", { letter: this.letter });
    const select = h("select", { id: `scenario-${this.letter}`, "aria-label": label, title: label, onchange: () => this.choose(select.value) },
      model.get("catalogue").map((one) => h("option", { value: one.name, selected: one.name === state.scenario },
        one.title[words.language] || one.name)));
    keepingFocus(this.head, () => this.head.replaceChildren(h("b", { class: "letter" }, this.letter), select,
      this.changed ? h("button", { type: "button", class: "quiet-button", onclick: () => this.restore() }, words.say("dashboard.restore")) : ""));
    this.node.setAttribute("aria-label", `${this.letter}: ${this.title}`);
    this.verdict.refresh();
    this.society.aim(false);
  }

  recolour() {
    this.society.dirty = true;
    this.verdict.refresh();
  }
}
