// A form for the reader's constitution: every rule once, for the whole time.

class RuleForm {
  constructor(view, challenge, onChange) {
    Object.assign(this, { view, challenge, onChange });
    this.values = { ...challenge.rules };
    this.rows = new Map();
    this.node = h("div", { class: "rule-form" });
  }

  // Only what differs from the inherited rules is written: "openness=0.9,recall_threshold=none".
  text(values = this.values) {
    const write = (value) => (value === null ? "none" : typeof value === "number" ? String(Number(value.toFixed(4))) : String(value));
    return Object.keys(this.challenge.rules).filter((name) => values[name] !== this.challenge.rules[name])
      .map((name) => `${name}=${write(values[name])}`).join(",");
  }

  // Read such a text; what it cannot read stays as inherited.
  read(text) {
    this.values = { ...this.challenge.rules };
    for (const part of text.split(",")) {
      const [name, value] = part.split("=");
      const control = this.controls().find((one) => one.name === name);
      const read = control && value !== undefined ? readRule(control, value) : undefined;
      if (read !== undefined) this.values[name] = read;
    }
    this.refresh();
  }

  controls() {
    return this.challenge.controls.flatMap((group) => group.rules);
  }

  build() {
    const { words } = this.view;
    this.rows.clear();
    this.node.replaceChildren(...this.challenge.controls.map((group) => h("fieldset", {},
      h("legend", {}, words.say(`dashboard.groups.${group.name}`)), group.rules.map((control) => this.row(control)))));
    this.refresh();
  }

  row(control) {
    const { words } = this.view;
    const { name } = control;
    const id = `own-${name}`;
    const value = h("output", { class: "rule-value", for: id });
    const set = (next, done) => {
      this.values[name] = next;
      this.refresh();
      if (done) this.onChange();
    };
    let input;
    if (control.kind === "switch") input = h("input", { id, type: "checkbox", role: "switch", onchange: () => set(input.checked, true) });
    else if (control.kind === "choice") {
      input = h("select", { id, onchange: () => set(input.value, true) },
        control.options.map((one) => h("option", { value: one }, words.rule(name, one))));
    } else {
      input = h("input", { id, type: "range", min: control.low, max: control.high, step: control.step,
        oninput: () => set(Number(input.value), false), onchange: () => set(Number(input.value), true) });
    }
    const off = !control.optional ? null : h("input", { type: "checkbox", role: "switch",
      "aria-label": `${words.say(`rules.${name}.label`)}: ${words.say("ui.on")}`,
      onchange: () => set(off.checked ? Number(input.value) : null, true) });
    const row = h("div", { class: `own-rule own-${control.kind}` },
      h("label", { for: id }, words.say(`rules.${name}.label`)), value,
      h("div", { class: "field" }, input, off),
      h("p", { class: "meaning", id: `${id}-meaning` }, words.say(`rules.${name}.plain`)));
    input.setAttribute("aria-describedby", `${id}-meaning`);
    this.rows.set(name, { control, input, off, value, row });
    return row;
  }

  refresh() {
    const { words } = this.view;
    for (const [name, { control, input, off, value, row }] of this.rows) {
      const now = this.values[name];
      value.textContent = words.rule(name, now);
      if (control.kind === "switch") input.checked = now;
      else if (control.kind === "choice") input.value = now;
      else {
        input.disabled = now === null;
        input.value = now ?? control.fallback;
        const done = (Number(input.value) - control.low) / (control.high - control.low);
        input.style.setProperty("--done", `${now === null ? 0 : 100 * done}%`);
        input.setAttribute("aria-valuetext", words.rule(name, now));
      }
      if (off) off.checked = now !== null;
      row.classList.toggle("changed", now !== this.challenge.rules[name]);
    }
  }
}

function readRule(control, text) {
  if (control.kind === "switch") return text === "true" ? true : text === "false" ? false : undefined;
  if (control.kind === "choice") return control.options.includes(text) ? text : undefined;
  if (text === "none") return control.optional ? null : undefined;
  const number = Number(text);
  return text !== "" && Number.isFinite(number) ? Math.min(control.high, Math.max(control.low, number)) : undefined;
}
