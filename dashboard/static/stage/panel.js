// The scenario and its rules: every lever with its value in the label and one plain line under it.

class Panel {
  constructor(store) {
    this.store = store;
    this.node = h("aside", { class: "panel", id: "rules-panel" });
    this.controls = new Map();
    store.on("month", () => this.refresh());
    store.on("frames", () => this.refresh());
    this.build();
  }

  get words() {
    return this.store.words;
  }

  send(message) {
    this.store.model.send({ month: this.store.month, ...message });
  }

  // Build anew only for another society, seed or language: whoever holds a control keeps it.
  restate() {
    if (this.built === this.subject()) this.refresh();
    else this.build();
  }

  subject() {
    const { state, words } = this.store;
    return JSON.stringify([state.scenario, state.seed, state.controls, words.language]);
  }

  build() {
    const words = this.words;
    this.built = this.subject();
    this.node.setAttribute("aria-label", words.say("ui.rules"));
    const close = h("button", { type: "button", class: "tool close-rules", "aria-label": words.say("ui.close"),
      onclick: () => this.onClose?.() }, icon("close"));
    this.close = close;
    const open = new Set([...this.node.querySelectorAll("details[open]")].map((one) => one.dataset.group));
    const first = this.controls.size === 0;
    this.controls.clear();
    const groups = this.store.state.controls.map((group) => {
      const body = group.rules.map((control) => this.control(control));
      const shown = first || open.has(group.name);
      return h("details", { class: "rule-group", open: shown, "data-group": group.name },
        h("summary", {}, words.say(`dashboard.groups.${group.name}`)), body);
    });
    this.restore = h("button", { type: "button", class: "quiet-button", onclick: () => this.send({ kind: "restore" }) },
      words.say("dashboard.restore"));
    this.note = h("p", { class: "note" });
    const scroll = this.node.querySelector(".panel-scroll")?.scrollTop || 0;
    this.node.replaceChildren(close, h("div", { class: "panel-scroll" }, this.scenario(),
      h("div", { class: "rules-head" }, h("h2", {}, words.say("ui.rules")), this.restore), this.note,
      groups, this.seed()));
    this.node.querySelector(".panel-scroll").scrollTop = scroll;
    this.refresh();
  }

  scenario() {
    const { state, words } = this.store;
    const select = h("select", { id: "scenario", class: "scenario",
      onchange: () => this.send({ kind: "scenario", name: select.value }) },
      this.store.model.get("catalogue").map((one) => h("option", { value: one.name, selected: one.name === state.scenario },
        one.title[words.language] || one.name)));
    const story = this.store.model.get("catalogue").find((one) => one.name === state.scenario);
    const text = (name) => (story && story[name] ? story[name][words.language] || "" : "");
    const more = ["anchored_on", "not_anchored_on"].filter((name) => text(name));
    return h("div", { class: "scenario-box" },
      h("label", { for: "scenario", class: "kicker" }, words.say("ui.scenario")), select,
      h("button", { type: "button", class: "quiet-button choose-society", onclick: () => this.onGallery?.() },
        words.say("view_explore.societies")),
      this.story(text("story")),
      more.length ? h("details", { class: "basis" }, h("summary", {}, words.say("ui.sources")),
        more.map((name) => h("p", {}, h("b", {}, `${words.say(`ui.${name}`)}. `), text(name)))) : null);
  }

  // A story is shown by its beginning; the rest is one click away.
  story(text) {
    const { words } = this;
    const short = text.length > 260;
    const story = h("p", { class: short && !this.storyOpen ? "story short" : "story" }, text);
    const more = h("button", { type: "button", class: "quiet-button more", "aria-expanded": String(Boolean(this.storyOpen)),
      onclick: () => {
        this.storyOpen = story.classList.toggle("short") === false;
        more.textContent = words.say(this.storyOpen ? "ui.less" : "ui.more");
        more.setAttribute("aria-expanded", String(this.storyOpen));
      } }, words.say(this.storyOpen ? "ui.less" : "ui.more"));
    return h("div", {}, story, short ? more : null);
  }

  seed() {
    const { state, words } = this.store;
    const input = h("input", { id: "seed", type: "number", min: 0, max: 4294967295, step: 1, value: state.seed,
      onchange: () => input.checkValidity() && input.value !== "" && this.send({ kind: "seed", seed: Number(input.value) }) });
    return h("fieldset", { class: "seed", disabled: state.recorded }, h("label", { for: "seed" }, words.say("ui.seed")), input,
      h("p", { class: "plain" }, words.say("ui.seed_plain")), state.member === null ? null : this.member());
  }

  // Whose behaviour this is, where it is not the scenario's own.
  member() {
    const { state, words } = this.store;
    return h("p", { class: "plain member" }, words.say("view_ensemble.member", { number: state.member + 1 }), " ",
      h("button", { type: "button", class: "quiet-button", onclick: () => this.send({ kind: "member", member: null }) },
        words.say("view_ensemble.usual")));
  }

  control(control) {
    const { words } = this;
    const id = `rule-${control.name}`;
    const value = h("output", { class: "rule-value", for: id });
    const label = h("label", { class: "rule-label", for: id }, h("span", {}, words.say(`rules.${control.name}.label`)), value);
    const entry = { control, value, row: null, off: null };
    const change = (next) => this.send({ kind: "rule", name: control.name, value: next });
    if (control.kind === "switch") {
      entry.input = h("input", { id, type: "checkbox", role: "switch", onchange: () => change(entry.input.checked) });
    } else if (control.kind === "choice") {
      entry.input = h("select", { id, onchange: () => change(entry.input.value) },
        control.options.map((one) => h("option", { value: one }, words.rule(control.name, one))));
    } else {
      entry.input = h("input", { id, type: "range", min: control.low, max: control.high, step: control.step,
        oninput: () => this.show(entry, Number(entry.input.value)), onchange: () => change(Number(entry.input.value)) });
    }
    if (control.optional) {
      entry.off = h("input", { type: "checkbox", role: "switch", id: `${id}-on`,
        "aria-label": `${words.say(`rules.${control.name}.label`)}: ${words.say("ui.on")}`,
        onchange: () => change(entry.off.checked ? this.lastValue(entry) : null) });
    }
    entry.amended = h("p", { class: "amended", hidden: true });
    const field = h("fieldset", { class: `field ${control.kind}`, disabled: this.store.state.recorded }, entry.input, entry.off);
    const practice = this.practice(control.name);
    entry.row = h("div", { class: `rule ${control.kind}` }, label, field,
      h("p", { class: "plain", id: `${id}-plain` }, words.say(`rules.${control.name}.plain`), " ", practice.button),
      practice.text, entry.amended);
    entry.input.setAttribute("aria-describedby", `${id}-plain`);
    this.controls.set(control.name, entry);
    return entry.row;
  }

  // What the rule changes in practice and the research it was compared with, one click away.
  practice(name) {
    const { words } = this;
    const rule = words.say(`rules.${name}.label`);
    const text = h("div", { class: "practice", id: `rule-${name}-practice`, hidden: true });
    const button = h("button", { type: "button", class: "ask", "aria-expanded": "false", "aria-controls": text.id,
      title: words.say("view_explore.practice"), "aria-label": words.say("view_explore.practice_of", { rule }),
      onclick: () => {
        text.hidden = !text.hidden;
        button.setAttribute("aria-expanded", String(!text.hidden));
        if (!text.hidden) this.onPractice?.(name, text);
      } }, "?");
    text.append(h("p", {}, words.say(`practice.${name}`)));
    return { button, text };
  }

  lastValue(entry) {
    return entry.last ?? entry.control.fallback;
  }

  show(entry, value) {
    const { control, input } = entry;
    entry.value.textContent = this.words.rule(control.name, value);
    if (control.kind === "switch") input.checked = value;
    else if (control.kind === "choice") input.value = value;
    else {
      input.disabled = value === null;
      if (value !== null) input.value = entry.last = value;
      const done = (Number(input.value) - control.low) / (control.high - control.low);
      input.style.setProperty("--done", `${100 * (value === null ? 0 : done)}%`);
      input.setAttribute("aria-valuetext", this.words.rule(control.name, value));
    }
    if (entry.off) entry.off.checked = value !== null;
  }

  // Show the rules as set at the month shown, and where the society itself has changed them since.
  refresh() {
    const { store, words } = this;
    const rules = store.rules();
    const opening = store.state.rules;
    const changed = store.state.schedule.some(([, changes]) => Object.keys(changes).length);
    this.restore.disabled = !changed;
    const key = store.month === 0 ? "dashboard.rules_note_start" : "dashboard.rules_note";
    const complaint = store.month === 0 && store.state.complaint;
    const usual = store.state.recorded ? words.say("atlas.rules") : words.say(key, { month: store.month });
    this.note.textContent = complaint ? words.say("ui.failed", { reason: complaint }) : usual;
    for (const [name, entry] of this.controls) {
      if (document.activeElement !== entry.input || entry.input.type !== "range") this.show(entry, rules[name]);
      entry.row.classList.toggle("changed", rules[name] !== opening[name]);
      if (entry.control.founding) entry.input.disabled = store.month > 0;
      const now = this.inForce(name, rules[name]);
      entry.amended.hidden = now === undefined;
      if (now !== undefined) {
        entry.amended.textContent = words.say("dashboard.amended", { value: words.rule(name, now) });
      }
    }
  }

  // The value in force if the society has amended the rule, else undefined.
  inForce(name, set) {
    if (this.store.month === 0 || typeof set === "string") return undefined;
    const place = this.store.column[`rule_${name}`];
    if (place === undefined) return undefined;
    const number = this.store.measure(`rule_${name}`);
    const now = Number.isNaN(number) ? null : typeof set === "boolean" ? number > 0.5 : number;
    if (now === null && set === null) return undefined;
    if (typeof now === "number" && typeof set === "number" && Math.abs(now - set) < 0.004) return undefined;
    return now === set ? undefined : now;
  }
}
