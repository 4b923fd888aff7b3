// Attempts at a constitution: kept in the reader's browser, compared on control and on plenty.

const ATTEMPTS = "thermidor-attempts";
const MOST_ATTEMPTS = 20;

class Attempts {
  constructor(view, onTake) {
    Object.assign(this, { view, onTake });
    this.node = h("section", { class: "attempts" });
    this.all = this.load();
  }

  say(name, values) {
    return this.view.say(name, values);
  }

  // What another page of the same browser kept may be anything.
  load() {
    try {
      const kept = JSON.parse(localStorage.getItem(ATTEMPTS) || "[]");
      const numbers = (one) => ["kept", "of", "held", "needs", "taken", "changed"].every((name) => Number.isFinite(one[name]));
      return kept.filter((one) => one && typeof one.rules === "string" && numbers(one)).slice(-MOST_ATTEMPTS);
    } catch (error) {
      return [];
    }
  }

  save() {
    try {
      localStorage.setItem(ATTEMPTS, JSON.stringify(this.all));
    } catch (error) {
      // a browser that keeps nothing still shows what was tried since the page was opened
    }
  }

  add(attempt) {
    this.all = [...this.all.filter((one) => one.rules !== attempt.rules), attempt].slice(-MOST_ATTEMPTS);
    this.save();
    this.build();
  }

  build() {
    if (!this.all.length) return this.node.replaceChildren();
    const { words } = this.view;
    const heads = ["attempt", "column_control", "column_held", "column_needs", "column_taken", "column_changed"];
    const row = (one, at) => h("tr", {}, h("th", { scope: "row" }, String(at + 1)),
      h("td", {}, this.say("challenge.of", { count: one.kept, all: one.of })), h("td", {}, words.number(one.held, 0)),
      h("td", {}, words.fixed(one.needs)), h("td", {}, words.percent(one.taken, 1)), h("td", {}, words.number(one.changed)),
      h("td", {}, h("button", { type: "button", class: "quiet-button", onclick: () => this.onTake(one.rules) }, this.say("challenge.take"))));
    return this.node.replaceChildren(
      h("h3", {}, this.say("challenge.attempts")), this.plot(),
      h("div", { class: "table-scroll" }, h("table", {},
        h("thead", {}, h("tr", {}, heads.map((name) => h("th", { scope: "col" }, this.say(`challenge.${name}`))), h("td", {}))),
        h("tbody", {}, this.all.map(row)))),
      h("p", { class: "note" }, `${this.say("challenge.attempts_plain")} `, h("button", { type: "button", class: "quiet-button", onclick: () => {
        this.all = [];
        this.save();
        this.build();
      } }, this.say("challenge.forget"))));
  }

  // Control across, plenty up; the number is the attempt's.
  plot() {
    const { words } = this.view;
    const [width, height, left, bottom] = [420, 210, 46, 30];
    const needs = this.all.map((one) => one.needs);
    const low = Math.floor(Math.min(0.7, ...needs) * 10) / 10;
    const most = Math.max(...this.all.map((one) => one.of));
    const x = (kept) => left + 14 + ((width - left - 32) * kept) / most;
    const y = (value) => 12 + ((height - bottom - 24) * (1 - value)) / (1 - low);
    const label = this.say("challenge.plot");
    const svg = h("svg", { class: "attempt-plot", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label });
    for (const value of [low, (low + 1) / 2, 1]) {
      svg.append(h("line", { class: "trace-grid", x1: left, x2: width, y1: y(value), y2: y(value) }), svgText(left - 6, y(value) + 4, words.number(value), "end"));
    }
    for (const kept of [0, most / 2, most]) svg.append(svgText(x(kept), height - 8, words.number(kept), "middle"));
    this.all.forEach((one, at) => {
      const last = at === this.all.length - 1;
      svg.append(h("circle", { class: last ? "attempt-dot last" : "attempt-dot", cx: x(one.kept), cy: y(one.needs), r: last ? 6 : 4.5 }),
        svgText(x(one.kept) + 9, y(one.needs) + 4, String(at + 1), "start"));
    });
    return h("figure", { class: "trace" }, h("figcaption", { class: "note" }, label), svg);
  }
}
