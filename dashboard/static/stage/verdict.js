// The verdict in words, and the log of what happened, newest first.

const TOLD = new Set([
  "recall", "recall_failed", "scandal", "dismissal", "co_optation", "amendment", "amendment_stopped",
  "automation_stopped", "shock_begins", "shock_ends", "restoration", "rule_set",
]);
const LINES = 40;

class Verdict {
  constructor(store, look) {
    this.store = store;
    this.look = look;
    this.kicker = h("p", { class: "kicker" });
    this.regime = h("p", { class: "regime", id: "regime" });
    this.sentence = h("p", { class: "sentence" });
    this.reasons = h("p", { class: "reasons" });
    this.live = h("div", { class: "unseen", "aria-live": "polite", role: "status" });
    this.node = h("section", { class: "verdict" },
      h("div", { class: "verdict-name" }, this.kicker, this.regime),
      this.sentence, this.reasons, this.live);
    this.spoken = "";
    for (const name of ["month", "frames", "run", "failed"]) store.on(name, () => this.refresh());
  }

  refresh() {
    const { store } = this;
    const words = store.words;
    const verdict = store.verdict();
    this.node.setAttribute("aria-label", words.say("ui.verdict"));
    const time = words.say("ui.month_of", { month: store.month, months: store.months });
    this.kicker.textContent = `${words.say("ui.verdict")} · ${time}`;
    if (store.failure) return this.show("contested", "", words.say("ui.failed", { reason: store.failure }));
    if (!store.frames.length) return this.wait();
    if (!verdict) {
      const key = store.month === 0 ? "dashboard.before_start" : "dashboard.too_early";
      const complaint = store.month === 0 && store.state.complaint;
      const sentence = complaint ? words.say("ui.failed", { reason: complaint }) : words.say(key);
      return this.show("none", words.say("dashboard.no_verdict"), sentence);
    }
    const name = words.say(`regimes.${verdict.regime}.label`);
    const sentence = words.say(`regimes.${verdict.regime}.plain`);
    this.show(verdict.regime, name, sentence, this.because(verdict));
    if (this.spoken !== name) this.speak(name, sentence);
    return undefined;
  }

  // The very first start compiles the model; say so when it takes long.
  wait() {
    const words = this.store.words;
    this.show("none", words.say("ui.loading"), "");
    clearTimeout(this.patience);
    this.patience = setTimeout(() => {
      if (!this.store.frames.length) this.sentence.textContent = words.say("dashboard.first_time");
    }, 2500);
    return undefined;
  }

  // Since when, which indicators crossed their thresholds (first ones first), which rule gave way.
  because(verdict) {
    const words = this.store.words;
    const parts = [];
    if (verdict.onset > 1) parts.push(h("span", {}, words.say("verdict.onset", { month: verdict.onset })));
    if (!verdict.indicators.length) parts.push(h("span", {}, words.say("verdict.indicators_none")));
    parts.push(...verdict.indicators.slice(0, 3).map((name) => this.indicator(name)));
    if (verdict.first_eroded) {
      const rule = words.say(`rules.${verdict.first_eroded}.label`);
      parts.push(h("span", {}, words.say("dashboard.first_eroded", { rule })));
    }
    return parts;
  }

  indicator(name) {
    const { words, layout } = this.store;
    const values = {
      measure: words.say(`measures.${name}.label`),
      value: words.fixed(this.store.yearly(name)),
      threshold: words.fixed(layout.thresholds[name]),
    };
    const text = words.say("dashboard.crossed", values);
    return h("span", { class: "chip", title: words.say(`measures.${name}.plain`) }, text);
  }

  show(regime, name, sentence, reasons = []) {
    this.node.dataset.regime = regime;
    this.node.style.setProperty("--regime", regime === "none" ? this.look.colours.faint : this.look.regime(regime));
    this.regime.textContent = name;
    this.sentence.textContent = sentence;
    this.reasons.replaceChildren(...reasons);
  }

  speak(name, sentence) {
    this.spoken = name;
    this.live.textContent = `${name}. ${sentence}`;
  }
}

class Log {
  constructor(store) {
    this.store = store;
    this.title = h("h2", {});
    this.list = h("ol", { class: "log-list", tabindex: "0" });
    this.node = h("section", { class: "log" }, h("div", { class: "section-head" }, this.title), this.list);
    this.key = "";
    for (const name of ["month", "frames", "run"]) store.on(name, () => this.refresh());
  }

  // Events of the run and the reader's own changes, up to the month shown.
  events() {
    const { store } = this;
    const own = [];
    let rules = { ...store.state.rules };
    for (const [month, changes] of store.state.schedule) {
      for (const [rule, after] of Object.entries(changes)) {
        if (month > 0) own.push({ month, kind: "rule_set", rule, before: rules[rule], after });
      }
      rules = { ...rules, ...changes };
    }
    const all = store.events.filter((event) => TOLD.has(event.kind)).concat(own);
    return gather(all.filter((event) => event.month <= store.month)).sort((a, b) => b.month - a.month);
  }

  refresh() {
    const { store } = this;
    const words = store.words;
    this.title.textContent = words.say("ui.events");
    this.list.setAttribute("aria-label", words.say("ui.events"));
    if (!store.layout) return this.list.replaceChildren();
    const events = this.events();
    const key = `${words.language}/${events.length}/${events[0]?.month}/${store.state.generation}`;
    if (key === this.key) return undefined;
    this.key = key;
    if (!events.length) {
      return this.list.replaceChildren(h("li", { class: "quiet" }, words.say("dashboard.quiet")));
    }
    return this.list.replaceChildren(...events.slice(0, LINES).map((event) => this.line(event)));
  }

  line(event) {
    const words = this.store.words;
    const label = () => words.say(`events.${event.kind}.label`);
    const text = event.count > 1
      ? words.say("dashboard.several", { month: event.month, label: label(), count: event.count })
      : words.event(this.store.layout, event);
    return h("li", { class: `event ${event.kind}` }, eventMark(event.kind), h("span", {}, text));
  }
}

// What happened several times in one month is told in one line; changed rules are told one by one.
function gather(events) {
  const lines = new Map();
  for (const event of events) {
    const key = `${event.month}/${event.kind}/${event.rule || ""}`;
    const line = lines.get(key);
    if (line) line.count += 1;
    else lines.set(key, { ...event, count: 1 });
  }
  return [...lines.values()];
}

function eventMark(kind) {
  const paths = {
    recall: "M2 2l8 8M10 2l-8 8", dismissal: "M2 2l8 8M10 2l-8 8", recall_failed: "M2 6h8",
    scandal: "M6 1v10M1 6h10M2.5 2.5l7 7M9.5 2.5l-7 7", co_optation: "M6 1l5 5-5 5-5-5z",
    rule_set: "M3 11V1l7 3-7 3", restoration: "M1 11h10V5L6 1 1 5z",
  };
  const path = h("path", { d: paths[kind] || "M3 6a3 3 0 1 0 6 0a3 3 0 1 0-6 0" });
  return h("svg", { class: "event-mark", viewBox: "0 0 12 12", "aria-hidden": "true" }, path);
}
