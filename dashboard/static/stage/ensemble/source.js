// Runs of one source: a mark a run, gathered by the regime it ended in, and what they amount to.

class Source {
  constructor(view, name) {
    Object.assign(this, { view, name });
    this.heading = h("h2", {});
    this.plain = h("p", { class: "plain" });
    this.rows = h("div", { class: "regime-rows" });
    this.node = h("section", { class: `source source-${name}` }, this.heading, this.plain, this.rows);
    this.rows.addEventListener("keydown", (event) => this.walk(event));
    this.forget();
  }

  get words() {
    return this.view.words;
  }

  forget() {
    this.runs = [];
    this.asked = 0;
    this.summary = null;
    this.summing = false;
    this.places = new Map();
    this.rows.replaceChildren();
  }

  get done() {
    let count = 0;
    while (this.runs[count]) count += 1;
    return count;
  }

  get outstanding() {
    return this.asked - this.runs.filter(Boolean).length;
  }

  // What is outstanding is asked for again by whoever goes on; the server knows it by then.
  pause() {
    this.asked = this.done;
    this.summing = false;
  }

  next() {
    while (this.runs[this.asked]) this.asked += 1;
    if (this.asked >= this.view.wanted) return false;
    this.view.ask("run", { source: this.name, index: this.asked });
    this.asked += 1;
    return true;
  }

  // A summary takes a moment: the next one is asked for when the last has come and it is worth it.
  sum() {
    const done = Math.min(this.done, this.view.wanted);
    const known = this.summary?.runs || 0;
    const due = done >= this.view.wanted || done - known >= Math.max(1, Math.min(5, known / 4));
    if (this.summing || done === known || !due) return;
    this.summing = true;
    this.view.ask("summary", { source: this.name, runs: done });
  }

  take(message) {
    this.runs[message.index] = message;
    this.place(message.regime).dots.append(this.dot(message));
    this.count();
  }

  sumUp(message) {
    this.summing = false;
    this.summary = message;
    this.count();
  }

  write() {
    const { words, name } = this;
    const { member } = this.view.state;
    this.heading.textContent = words.say(name === "chance" ? "view_ensemble.chance" : "view_ensemble.behaviour");
    if (name === "behaviour") this.plain.textContent = words.say("view_ensemble.behaviour_plain");
    else if (member === null) this.plain.textContent = words.say("view_ensemble.chance_plain");
    else this.plain.textContent = words.say("view_ensemble.chance_member", { number: member + 1 });
    this.places.clear();
    this.rows.replaceChildren();
    for (const run of this.runs) if (run) this.place(run.regime).dots.append(this.dot(run));
    this.count();
  }

  // The row of a regime, in the order that is the same on both sides.
  place(regime) {
    if (this.places.has(regime)) return this.places.get(regime);
    const { words, view } = this;
    const number = h("span", { class: "count" });
    const bar = h("span", { class: "interval", "aria-hidden": "true" }, h("i", {}), h("b", {}));
    bar.style.setProperty("--regime", view.look.regime(regime));
    const dots = h("div", { class: "dots", role: "group", "aria-label": words.say(`regimes.${regime}.label`) });
    const node = h("div", { class: "regime-row", title: words.say(`regimes.${regime}.plain`) },
      h("p", { class: "regime-line" }, regimeMark(regime, view.look), h("b", {}, words.say(`regimes.${regime}.label`)), number), bar, dots);
    const place = { node, number, bar, dots };
    this.places.set(regime, place);
    const order = Object.keys(REGIMES);
    const rest = [...this.places.keys()].sort((a, b) => order.indexOf(a) - order.indexOf(b));
    this.rows.replaceChildren(...rest.map((one) => this.places.get(one).node));
    return place;
  }

  dot(run) {
    const { words, view } = this;
    const label = words.say("view_ensemble.open_run", { number: run.index + 1, regime: words.say(`regimes.${run.regime}.label`), month: run.onset });
    return h("button", { type: "button", class: "dot", title: label, "aria-label": label, tabindex: -1, onclick: () => view.open(run) },
      regimeMark(run.regime, view.look));
  }

  count() {
    const { words, summary } = this;
    for (const [regime, place] of this.places) {
      const row = summary?.regimes.find((one) => one.regime === regime);
      const first = place.dots.firstChild;
      if (first && !place.dots.querySelector("[tabindex='0']")) first.tabIndex = 0;
      if (!row) continue;
      const values = { runs: row.runs, all: summary.runs, share: words.percent(row.share), low: words.percent(row.low), high: words.percent(row.high) };
      place.number.textContent = words.say("view_ensemble.count", values);
      place.bar.style.setProperty("--low", row.low);
      place.bar.style.setProperty("--high", row.high);
      place.bar.style.setProperty("--share", row.share);
    }
  }

  // Within a row of dots the arrow keys move from run to run.
  walk(event) {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const dots = event.target.closest(".dots");
    if (!step || !dots) return;
    const all = [...dots.children];
    const here = all.indexOf(event.target.closest(".dot"));
    const next = all[Math.max(0, Math.min(all.length - 1, here + step))];
    all[here].tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
    event.preventDefault();
  }
}
