// What differs: the rules by name with both values, each of which can be changed on the spot.

class Differing {
  constructor(view) {
    this.view = view;
    this.added = new Set();
    this.opened = new Set();
    this.node = h("section", { class: "differing" });
  }

  get words() {
    return this.view.words;
  }

  controls() {
    return this.view.state.controls.flatMap((group) => group.rules);
  }

  // Ranges are wide enough for both societies.
  control(name) {
    const find = (state) => state.controls.flatMap((group) => group.rules).find((one) => one.name === name);
    const [a, b] = [this.view.state, this.view.right.state].map(find);
    return { ...a, low: Math.min(a.low, b.low), high: Math.max(a.high, b.high) };
  }

  write(differences) {
    const { words } = this;
    const rules = differences.filter((one) => one.path.startsWith("rules."));
    const others = differences.filter((one) => !one.path.startsWith("rules."));
    const names = rules.map((one) => one.path.slice(6));
    const extra = [...this.added].filter((name) => !names.includes(name)).map((name) => this.same(name));
    const later = this.later();
    const alike = others.length || later.length ? words.say("view_compare.differ_no_rule") : words.say("view_compare.differ_none");
    const intro = names.length ? words.say("view_compare.differ_count", { count: names.length }) : alike;
    keepingFocus(this.node, () => this.node.replaceChildren(
      h("div", { class: "differing-head" }, h("h2", {}, words.say("view_compare.differs")), h("span", { class: "kicker" }, "A"), h("span", { class: "kicker" }, "B")),
      h("p", { class: "plain" }, intro),
      h("div", { class: "differing-list" }, [...rules, ...extra].map((one) => this.row(one)), later),
      others.length ? this.other(others) : "", this.choose(names), this.way(), this.buttons()));
  }

  // Whether changes take effect at the opening or from the month shown on.
  way() {
    const { words, view } = this;
    const input = h("input", { id: "compare-way", type: "checkbox", onchange: () => {
      view.onTheWay = input.checked;
      view.list();
    } });
    input.checked = Boolean(view.onTheWay);
    return h("label", { class: "way", for: "compare-way" }, input, words.say("view_compare.on_the_way"));
  }

  buttons() {
    const { words, view } = this;
    const button = (name, text, onclick) => h("button", { type: "button", class: "quiet-button", id: `compare-${name}`, onclick }, text);
    return h("p", { class: "differing-buttons" }, button("same", words.say("view_compare.same"), () => view.ask("same")),
      button("swap", words.say("view_compare.swap"), () => view.swap()));
  }

  // A rule that is chosen to be changed while it is still the same in both.
  same(name) {
    const { words, view } = this;
    const value = words.rule(name, view.left.rules(0)[name]);
    return { path: `rules.${name}`, label: words.say(`rules.${name}.label`), left: value, right: value };
  }

  row(one) {
    const name = one.path.slice(6);
    const details = h("details", { class: "difference", open: this.opened.has(name), "data-rule": name },
      h("summary", {}, h("span", { class: "difference-label" }, one.label),
        h("span", { class: "difference-value" }, one.left), h("span", { class: "difference-value" }, one.right)));
    const fill = () => {
      if (details.open) this.opened.add(name);
      else this.opened.delete(name);
      if (details.open && details.children.length === 1) {
        details.append(h("p", { class: "plain" }, this.words.say(`rules.${name}.plain`)), this.field(name, 0), this.field(name, 1));
      }
    };
    details.addEventListener("toggle", fill);
    if (details.open) fill();
    return details;
  }

  // One side's control of a rule.
  field(name, side) {
    const { words } = this;
    const control = this.control(name);
    const value = this.view.rules(side)[name];
    const letter = SIDES[side].letter;
    const id = `${letter}-${name}`;
    const label = `${letter}: ${words.say(`rules.${name}.label`)}`;
    const change = (next) => this.view.change(side, name, next);
    const shown = h("output", { for: id }, words.rule(name, value));
    let input;
    if (control.kind === "switch") {
      input = h("input", { id, type: "checkbox", role: "switch", "aria-label": label, onchange: () => change(input.checked) });
      input.checked = value;
    } else if (control.kind === "choice") {
      input = h("select", { id, "aria-label": label, onchange: () => change(input.value) },
        control.options.map((one) => h("option", { value: one, selected: one === value }, words.rule(name, one))));
    } else input = this.slider(control, value, { id, label, shown, change });
    const off = control.optional ? h("input", { type: "checkbox", role: "switch", id: `${id}-on`, "aria-label": `${label}: ${words.say("ui.on")}`,
      onchange: () => change(off.checked ? control.fallback : null) }) : null;
    if (off) off.checked = value !== null;
    if (control.founding && this.view.since > 0) input.disabled = true;
    return h("div", { class: `field-of ${control.kind}` }, h("b", { class: "letter" }, letter), input, off,
      control.kind === "choice" ? null : shown);
  }

  slider(control, value, { id, label, shown, change }) {
    const { words } = this;
    const paint = () => input.style.setProperty("--done", `${(100 * (input.value - control.low)) / (control.high - control.low)}%`);
    const input = h("input", { id, type: "range", min: control.low, max: control.high, step: control.step, "aria-label": label,
      "aria-valuetext": words.rule(control.name, value), disabled: value === null,
      oninput: () => { shown.textContent = words.rule(control.name, Number(input.value)); paint(); },
      onchange: () => change(Number(input.value)) });
    input.value = value ?? control.fallback;
    if (value !== null) paint();
    return input;
  }

  // Rules that one side changes on the way; each change can be taken back.
  later() {
    return [this.view.left, this.view.right].flatMap((store, side) => store.state.schedule.filter(([month]) => month > 0)
      .flatMap(([month, changes]) => Object.entries(changes).map(([name, value]) => this.change(store, side, month, name, value))));
  }

  change(store, side, month, name, value) {
    const { words, view } = this;
    const { letter } = SIDES[side];
    const rule = words.say(`rules.${name}.label`);
    const label = words.say("view_compare.take_back");
    return h("p", { class: "later" }, h("span", {}, words.say("view_compare.later", { letter, month, rule, value: words.rule(name, value) })),
      h("button", { type: "button", class: "tool", title: label, "aria-label": `${label}: ${letter}, ${rule}`,
        onclick: () => view.change(side, name, store.rules(month - 1)[name], month) }, icon("close")));
  }

  other(differences) {
    return h("details", { class: "others" },
      h("summary", { class: "plain" }, this.words.say("view_compare.others", { count: differences.length })),
      differences.map((one) => h("p", { class: "other" }, h("span", {}, one.label), h("span", {}, one.left), h("span", {}, one.right))));
  }

  choose(names) {
    const { words } = this;
    const left = this.controls().filter((one) => !names.includes(one.name) && !this.added.has(one.name));
    const label = words.say("view_compare.another");
    const select = h("select", { class: "another", id: "compare-another", "aria-label": label, onchange: () => {
      this.added.add(select.value);
      this.opened.add(select.value);
      this.view.list();
    } }, h("option", { value: "" }, label), left.map((one) => h("option", { value: one.name }, words.say(`rules.${one.name}.label`))));
    return left.length ? select : "";
  }
}
