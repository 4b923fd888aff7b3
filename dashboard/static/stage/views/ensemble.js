// How sure is this? The society on the page many times over: once with other chance events only,
// once with people who behave otherwise as well; counts grow while one watches.

class EnsembleView extends View {
  static key = "ensemble";

  constructor(page) {
    super(page);
    this.sources = [new Source(this, "chance"), new Source(this, "behaviour")];
    this.curve = new OnsetCurve(this);
    this.commands = [];
    this.running = false;
    this.build();
    this.write();
  }

  get wanted() {
    return Math.max(10, Math.min(200, Number(this.kept("runs")) || 100));
  }

  build() {
    this.head = h("div", { class: "ensemble-head" });
    this.sentence = h("p", { class: "finding" });
    this.live = h("p", { class: "unseen", role: "status" });
    this.sure = h("p", { class: "sure" });
    this.cannot = h("section", { class: "cannot" });
    this.foot = h("section", { class: "reproduce" });
    this.node.append(this.head, h("div", { class: "finding-box" }, this.sentence, this.sure, this.live),
      h("div", { class: "sources" }, this.sources.map((source) => source.node)),
      h("div", { class: "after" }, this.curve.node, this.cannot), this.foot);
  }

  enter() {
    this.shown = true;
    this.running = this.kept("stopped") === "";
    this.begin();
  }

  leave() {
    this.shown = this.begun = false;
    for (const source of this.sources) source.pause();
  }

  begin() {
    this.begun = false;
    this.ask("begin", { runs: this.wanted });
  }

  receive(kind, message) {
    const source = this.sources.find((one) => one.name === message.source);
    if (kind === "begun") this.take(message);
    else if (kind === "run") source.take(message);
    else if (kind === "summary") source.sumUp(message);
    else if (kind === "failed") this.fail(message.reason);
    this.more();
    this.tell();
  }

  take(message) {
    if (message.generation !== this.generation) for (const source of this.sources) source.forget();
    this.generation = message.generation;
    this.commands = message.commands;
    this.fault = "";
    this.begun = this.shown;
    this.write();
  }

  fail(reason) {
    this.fault = reason;
    this.running = false;
    for (const source of this.sources) source.pause();
  }

  // Two runs at a time, now of this source, now of that one.
  more() {
    if (!this.begun) return;
    for (const source of this.sources) {
      if (this.running && source.outstanding < 1) source.next();
      source.sum();
    }
  }

  restate(language) {
    if (this.shown && this.state.generation !== this.generation) this.begin();
    if (language) this.write();
  }

  toggle() {
    this.running = !this.running;
    this.keep("stopped", this.running ? "" : "yes");
    if (!this.running) for (const source of this.sources) source.pause();
    this.more();
    this.writeHead();
  }

  // Regimes that have come about: degeneration first, then by frequency, those in control last.
  regimes() {
    const counts = new Map();
    for (const source of this.sources) {
      for (const row of source.summary?.regimes || []) if (row.runs) counts.set(row.regime, (counts.get(row.regime) || 0) + row.runs);
    }
    const held = ["workers_democracy", "struggling_democracy"];
    const rank = (one) => (one === "bureaucratic_degeneration" ? Infinity : held.includes(one) ? -1 / counts.get(one) : counts.get(one));
    return [...counts.keys()].sort((a, b) => rank(b) - rank(a));
  }

  get regime() {
    const there = this.regimes();
    const kept = this.kept("regime");
    return there.includes(kept) ? kept : there[0] || "bureaucratic_degeneration";
  }

  choose(regime) {
    this.keep("regime", regime);
    this.curve.write();
  }

  // A run is the same society with its own seed, and of the ensemble also with its own behaviour.
  open(run) {
    const search = new URLSearchParams(this.state.search);
    search.delete("view");
    for (const name of [...search.keys()]) if (name.includes(".")) search.delete(name);
    search.set("seed", run.seed);
    if (run.member === null) search.delete("member");
    else search.set("member", run.member);
    this.page.open(`?${search}`);
  }

  write() {
    this.writeHead();
    for (const source of this.sources) source.write();
    this.curve.write();
    this.cannot.replaceChildren(h("h2", {}, this.say("cannot")),
      h("ul", {}, ["cannot_one", "cannot_shares", "cannot_model"].map((key) => h("li", {}, this.words.say(`view_ensemble.${key}`)))));
    this.foot.replaceChildren(h("h2", {}, this.say("reproduce")),
      ...this.commands.map((line) => h("code", {}, line)));
    this.tell();
  }

  writeHead() {
    const { words } = this;
    const amount = h("select", { id: "ensemble-runs", onchange: () => { this.keep("runs", amount.value); this.begin(); } },
      [20, 50, 100, 200].concat([20, 50, 100, 200].includes(this.wanted) ? [] : [this.wanted]).sort((a, b) => a - b)
        .map((one) => h("option", { value: one, selected: one === this.wanted }, this.say("amount", { count: one }))));
    this.progress = h("span", { class: "kicker" });
    this.stop = h("button", { type: "button", class: "quiet-button", id: "ensemble-stop", onclick: () => this.toggle() }, this.say(this.running ? "stop" : "go_on"));
    const one = this.page.model.get("catalogue").find((entry) => entry.name === this.state.scenario);
    const intro = this.say("intro", { title: one?.title[words.language] || this.state.scenario });
    keepingFocus(this.head, () => this.head.replaceChildren(h("p", { class: "lead" }, intro), this.progress, this.stop,
      h("label", { for: "ensemble-runs", class: "unseen" }, this.say("how_many")), amount));
  }

  // The plain sentence: in how many societies control from below held, and how sure that is.
  tell() {
    const { words } = this;
    const sums = this.sources.map((source) => source.summary);
    const made = this.sources.reduce((sum, source) => sum + Math.min(source.done, this.wanted), 0);
    this.progress.textContent = this.say("progress", { done: made, wanted: 2 * this.wanted });
    this.stop.hidden = made >= 2 * this.wanted;
    if (this.fault) this.sentence.textContent = words.say("ui.failed", { reason: this.fault });
    else if (!sums[0]) this.sentence.textContent = this.say("wait");
    else this.sentence.textContent = this.finding(sums);
    this.sure.textContent = sums[0] ? this.bounds(sums) : "";
    const done = sums.every((sum) => sum?.runs === this.wanted);
    this.live.textContent = done ? this.sentence.textContent : "";
    const key = `${this.regimes().join()}/${this.regime}/${words.language}`;
    if (this.curve.key !== key) {
      this.curve.key = key;
      this.curve.write();
    } else this.curve.refresh();
  }

  finding([chance, behaviour]) {
    const values = { held: chance.held.runs, runs: chance.runs };
    if (!behaviour) return this.say("finding_chance", values);
    return this.say("finding", { ...values, held_too: behaviour.held.runs, runs_too: behaviour.runs });
  }

  bounds([chance, behaviour]) {
    const { words } = this;
    const range = (held) => ({ low: Math.round(100 * held.low), high: Math.round(100 * held.high) });
    const first = range(chance.held);
    const text = behaviour
      ? this.say("bounds", { ...first, low_too: range(behaviour.held).low, high_too: range(behaviour.held).high })
      : this.say("bounds_chance", first);
    const own = this.sources[0].runs[0];
    if (!own) return text;
    const like = chance.regimes.find((row) => row.regime === own.regime);
    return `${text} ${this.say("own", { regime: words.say(`regimes.${own.regime}.name`), runs: like.runs, all: chance.runs })}`;
  }

  tick() {
    this.curve.tick();
  }

  recolour() {
    for (const source of this.sources) source.write();
    this.curve.write();
  }
}
