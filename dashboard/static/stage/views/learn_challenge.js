// The reader's own constitution against ten futures.

class Challenge extends LearnPage {
  constructor(view) {
    super(view, "challenge");
    this.results = new Map();
    this.attempts = new Attempts(view, (rules) => this.take(rules));
  }

  get challenge() {
    return this.view.story.challenge;
  }

  read() {
    this.form = new RuleForm(this.view, this.challenge, () => this.changed());
    this.form.read(this.view.kept("rules"));
  }

  take(rules) {
    this.form.read(rules);
    this.changed();
    this.node.querySelector("h2").scrollIntoView({ block: "start" });
  }

  changed() {
    this.view.keep("rules", this.form.text());
    this.writeState();
  }

  build() {
    const { challenge, view } = this;
    const years = challenge.months / 12;
    this.form.build();
    this.count = h("p", { class: "note" });
    this.go = h("button", { type: "button", class: "play", onclick: () => this.run() }, icon("play"),
      h("span", {}, this.say("challenge.run", { years })));
    this.state = h("p", { class: "note", role: "status" });
    this.found = h("div", { class: "futures", "aria-live": "off" });
    this.watched = h("div", { class: "watched" });
    this.attempts.build();
    this.node.replaceChildren(h("h2", {}, this.say("page.constitution")),
      paragraph(view, this.say("challenge.intro", { futures: challenge.futures.length, years }), (term) => view.lookUp(term), { class: "lead" }),
      h("div", { class: "challenge-body" },
        h("div", { class: "own" }, h("h3", {}, this.say("challenge.rules")), this.presets(), this.meanings(), this.form.node),
        h("div", { class: "outcomes" }, h("p", { class: "play-line" }, this.go, this.share()), this.count, this.state, this.found,
          this.watched, this.attempts.node, h("p", { class: "research" }, this.say("challenge.even")))));
    this.shown = this.results.has(this.form.text()) ? this.form.text() : null;
    this.writeState();
    this.writeFutures();
  }

  // What each rule means stands in the form for whoever wants to read it.
  meanings() {
    const button = h("button", { type: "button", class: "quiet-button", "aria-pressed": "false", onclick: () => {
      button.setAttribute("aria-pressed", String(this.form.node.classList.toggle("explained")));
    } }, this.say("challenge.meanings"));
    return button;
  }

  presets() {
    const { view, challenge } = this;
    const catalogue = view.page.model.get("catalogue");
    const title = (name) => catalogue.find((one) => one.name === name)?.title[view.words.language] || name;
    return h("p", { class: "presets" }, h("span", { class: "note" }, this.say("challenge.start")),
      Object.entries(challenge.presets).map(([name, rules]) => h("button", { type: "button", class: "quiet-button",
        onclick: () => this.take(this.form.text(rules)) }, title(name))));
  }

  share() {
    return h("button", { type: "button", class: "quiet-button", onclick: () => this.view.page.share.open() }, this.say("challenge.link"));
  }

  recolour() {
    this.writeFutures();
  }

  // ---- one future after the other, as long as somebody looks

  run() {
    this.shown = this.form.text();
    if (!this.results.has(this.shown)) this.results.set(this.shown, []);
    this.watched.replaceChildren();
    this.scene?.rest();
    this.scene = null;
    this.writeState();
    this.writeFutures();
    this.next();
    this.state.scrollIntoView({ block: "nearest" });
  }

  next() {
    const told = this.results.get(this.shown);
    if (!told || this.view.shown !== this) return;
    const future = this.challenge.futures.findIndex((_, number) => !told[number]);
    if (future >= 0) this.view.ask("attempt", { rules: this.shown, future });
  }

  receive(message) {
    const told = this.results.get(message.rules);
    if (!told) return;
    told[message.future] = message;
    if (message.rules !== this.shown) return;
    this.writeState();
    this.writeFutures();
    if (this.whole) this.attempts.add(this.summary());
    this.next();
  }

  failed(reason) {
    this.state.textContent = this.view.words.say("ui.failed", { reason });
  }

  get told() {
    return (this.results.get(this.shown) || []).filter(Boolean);
  }

  get whole() {
    return this.told.length === this.challenge.futures.length;
  }

  summary() {
    const { told } = this;
    const mean = (read) => told.reduce((sum, one) => sum + read(one), 0) / told.length;
    return {
      rules: this.shown, of: told.length, kept: told.filter((one) => one.lost === null).length, held: mean((one) => one.held),
      needs: mean((one) => one.values.needs_met), taken: mean((one) => one.values.capture),
      changed: this.shown ? this.shown.split(",").length : 0,
    };
  }

  writeState() {
    const text = this.form.text();
    this.count.textContent = this.say("challenge.changed", { count: text ? text.split(",").length : 0 });
    const running = this.shown === text && this.told.length > 0 && !this.whole;
    this.go.disabled = this.shown === text && this.results.has(text);
    if (this.shown !== null && this.shown !== text) this.state.textContent = this.say("challenge.stale");
    else this.state.textContent = running ? this.say("challenge.running", { done: this.told.length, all: this.challenge.futures.length }) : "";
  }

  // Every future has its row from the start: first only the shock that it brings.
  writeFutures() {
    const told = this.results.get(this.shown) || [];
    const rows = this.challenge.futures.map((shock, number) => (told[number] ? this.row(told[number]) : this.awaited(number, shock)));
    const known = this.told.length > 0;
    this.found.replaceChildren(h("h3", {}, this.say("challenge.results")), this.whole ? this.sentences() : "",
      h("ol", { class: "future-list" }, rows), known ? h("p", { class: "note" }, this.say("challenge.ribbon")) : "",
      known ? this.legend() : "", known ? this.table() : "");
  }

  awaited(number, shock) {
    const text = this.shock(shock);
    const future = this.say("challenge.future", { number: number + 1 });
    return h("li", { class: "awaited" }, h("p", {}, h("b", {}, future)), spellRibbon(this.view.look, null, shock, this.challenge.months, text),
      h("p", { class: "note" }, `${text}.`));
  }

  shock({ start, months, severity }) {
    return this.say("challenge.shock", { start, months, severity: this.view.words.percent(severity) });
  }

  // Every regime that occurs, with the colour and hatching of the bands.
  legend() {
    const seen = Object.keys(REGIMES).filter((name) => this.told.some((one) => one.spells.some(([regime]) => regime === name)));
    return h("ul", { class: "regime-key" }, seen.map((name) => h("li", {}, regimeSample(this.view.look, name),
      h("span", {}, this.view.words.say(`regimes.${name}.label`)))));
  }

  // The bands in words and months.
  table() {
    const { words } = this.view;
    const spells = (one) => one.spells.map(([regime, start], at) => {
      const stop = (one.spells[at + 1]?.[1] ?? one.months + 1) - 1;
      return `${start}–${stop} ${words.say(`regimes.${regime}.name`)}`;
    }).join("; ");
    return h("details", { class: "table-details" }, h("summary", {}, this.say("challenge.months_table")),
      h("dl", {}, this.told.map((one) => h("div", { class: "entry" }, h("dt", {}, this.say("challenge.future", { number: one.future + 1 })),
        h("dd", {}, spells(one))))));
  }

  sentences() {
    const { told } = this;
    const { words } = this.view;
    const sum = this.summary();
    const mean = (name) => told.reduce((all, one) => all + one.values[name], 0) / told.length;
    const [rule, count] = mostOften(told.map((one) => one.first_eroded).filter(Boolean));
    return h("p", { class: "lesson" }, h("b", {}, this.say("challenge.kept", { count: sum.kept, all: sum.of })), " ",
      this.say("challenge.held", { held: Math.round(sum.held), months: this.challenge.months }), " ",
      this.say("challenge.benefits", { needs: words.fixed(sum.needs), worst: words.fixed(Math.min(...told.map((one) => one.values.needs_met))),
        taken: measured(words, "capture", sum.taken), privilege: measured(words, "privilege", mean("privilege")) }), " ",
      rule ? this.say("challenge.eroded", { rule: words.say(`rules.${rule}.label`), count, all: sum.of }) : this.say("challenge.eroded_none"));
  }

  row(one) {
    const { words } = this.view;
    const shock = this.challenge.futures[one.future];
    const control = one.lost === null ? this.say("challenge.control_kept")
      : one.held === 0 ? this.say("challenge.control_never") : this.say("challenge.control_lost", { month: one.lost });
    const values = {
      future: this.say("challenge.future", { number: one.future + 1 }),
      shock: this.shock(shock),
      regime: words.say(`regimes.${one.regime}.label`), needs: this.say("challenge.needs", { needs: words.fixed(one.values.needs_met) }),
    };
    const eroded = one.first_eroded ? this.say("challenge.first", { rule: words.say(`rules.${one.first_eroded}.label`) }) : "";
    return h("li", { class: one.lost === null ? "kept" : "lost" },
      h("p", {}, h("b", {}, `${values.future}: ${values.regime}`), `; ${control}; ${values.needs}${eroded ? `; ${eroded}` : ""}`),
      spellRibbon(this.view.look, one, shock, one.months, `${values.future}: ${values.shock}. ${values.regime}; ${control}; ${values.needs}.`),
      h("p", { class: "note" }, `${values.shock}. `, h("button", { type: "button", class: "quiet-button", onclick: () => this.watch(one) },
        this.say("challenge.watch"))));
  }

  watch(one) {
    const { challenge, view } = this;
    this.scene?.rest();
    const asked = { step: "challenge", rules: this.shown, future: one.future };
    const about = { scenario: "", months: challenge.months, seed: challenge.futures[one.future].seed, rules: this.form.values };
    this.scene = new Scene(view, asked, about);
    this.watched.replaceChildren(h("h3", { tabindex: "-1" }, this.say("challenge.future", { number: one.future + 1 })), this.scene.node,
      h("p", { class: "note" }, `${view.words.say("share.reproduce")}: `, h("code", {}, one.command)));
    this.scene.trace("needs_met", one, null);
    this.scene.start();
    this.watched.scrollIntoView({ block: "nearest" });
    this.watched.querySelector("h3").focus({ preventScroll: true });
  }
}

function mostOften(names) {
  const counts = new Map();
  for (const name of names) counts.set(name, (counts.get(name) || 0) + 1);
  return [...counts].sort((one, other) => other[1] - one[1])[0] || ["", 0];
}

function regimeSample(look, name) {
  const canvas = h("canvas", { class: "regime-sample", width: 26, height: 9, "aria-hidden": "true" });
  const context = canvas.getContext("2d");
  context.fillStyle = look.regime(name);
  context.fillRect(0, 0, 26, 9);
  hatch(context, name, [{ left: 0, y: 0, width: 26, height: 9 }], look);
  return canvas;
}

// Who ruled when, as a band; hatched as in Explore, with a notch where the shock was.
function spellRibbon(look, one, shock, months, text) {
  const [width, height] = [600, 9];
  const canvas = h("canvas", { class: "spells", width, height: height + 5, role: "img", "aria-label": text });
  const context = canvas.getContext("2d");
  const x = (month) => (width * (month - 1)) / months;
  context.fillStyle = look.colours.line;
  context.fillRect(0, 0, width, height);
  (one?.spells || []).forEach(([regime, start], at) => {
    const stop = one.spells[at + 1]?.[1] ?? months + 1;
    context.fillStyle = look.regime(regime);
    context.fillRect(x(start), 0, x(stop) - x(start), height);
    hatch(context, regime, [{ left: x(start), y: 0, width: x(stop) - x(start), height }], look);
  });
  context.fillStyle = look.colours.ink;
  context.fillRect(x(shock.start + 1), height + 2, x(shock.start + shock.months + 1) - x(shock.start + 1), 3);
  return canvas;
}
