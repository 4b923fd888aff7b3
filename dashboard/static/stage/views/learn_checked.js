// How we know, and what this model cannot tell: results that the package ships, and plain limits.

class Checked extends LearnPage {
  constructor(view) {
    super(view, "reading checked");
  }

  build() {
    const known = this.grounds?.language === this.view.words.language;
    if (!known) this.view.ask("grounds");
    this.node.replaceChildren(h("h2", {}, this.say("page.checked")), h("p", { class: "lead" }, this.say("checked.intro")),
      ...(known ? this.sections() : [h("p", { class: "note", role: "status" }, this.say("checked.computing"))]));
  }

  receive(message) {
    this.grounds = message;
    if (this.view.shown === this && message.language === this.view.words.language) this.build();
  }

  failed(reason) {
    this.node.append(h("p", { role: "alert" }, this.view.words.say("ui.failed", { reason })));
  }

  sections() {
    const { patterns, behaviour, objections, sources, replicates, stale } = this.grounds;
    const test = patterns.filter((one) => one.role !== "calibration");
    const assumptions = Object.values(this.view.words.find("view_learn.checked.assumptions"));
    return [
      h("h3", {}, this.say("checked.patterns")),
      h("p", {}, this.say("checked.sum", { all: patterns.length, replicates, ...judged(patterns) })),
      h("p", {}, this.say("checked.split", { calibration: patterns.length - test.length, test: test.length, ...judged(test) })),
      h("ul", { class: "pattern-list" }, patterns.map((one) => this.pattern(one))),
      h("h3", {}, this.say("checked.fitted")), h("p", {}, this.say("checked.behaviour", behaviour)),
      h("h3", {}, this.say("checked.assumed")), h("ul", { class: "plain-list" }, assumptions.map((text) => h("li", {}, text))),
      h("h3", {}, this.say("checked.objections")),
      h("p", {}, `${this.say("checked.objections_plain")} ${stale ? this.say("checked.stale") : ""}`),
      h("ol", { class: "pattern-list" }, objections.map((one) => this.objection(one))),
      h("details", {}, h("summary", {}, this.say("checked.sources")), h("ul", { class: "source-list" }, Object.values(sources).map(([name, text]) => h("li", {}, h("b", {}, this.cited(name)), ` ${text}`)))),
    ];
  }

  cited(name) {
    return name.replaceAll(" and ", ` ${this.view.words.say("words.and")} `);
  }

  pattern(one) {
    return h("li", {}, judgementMark(one.judgement), h("div", {},
      h("p", {}, h("b", {}, one.name), `: ${this.say(`checked.${one.judgement}`)}`), h("p", {}, one.what),
      h("p", { class: "note" }, `${this.say("checked.met", { met: one.met, all: one.checks })}; ${this.say(`checked.role_${one.role}`)}; ${one.sources.map((key) => this.cited(this.grounds.sources[key][0])).join("; ")}`)));
  }

  objection(one) {
    const mark = { region: "reproduced", points: "partly" }[one.standing] || "not";
    return h("li", {}, judgementMark(mark), h("div", {},
      h("p", {}, h("b", {}, one.name), `: ${this.say(`checked.${one.standing}`)}`), h("p", {}, one.says),
      one.points ? h("p", { class: "note" }, this.say("checked.won", { wins: one.wins, points: one.points })) : null));
  }
}

function judged(patterns) {
  const count = (judgement) => patterns.filter((one) => one.judgement === judgement).length;
  return { reproduced: count("reproduced"), partly: count("partly"), not: count("not") };
}

// A full disc, a half one, a ring: shape, not colour, tells them apart.
function judgementMark(judgement) {
  const inside = { reproduced: "M8 2a6 6 0 1 1 0 12a6 6 0 1 1 0-12", partly: "M8 2a6 6 0 0 0 0 12z", not: "" }[judgement];
  return h("svg", { class: "judgement", viewBox: "0 0 16 16", "aria-hidden": "true" },
    h("circle", { cx: 8, cy: 8, r: 6 }), h("path", { d: inside }));
}

class Limits extends LearnPage {
  constructor(view) {
    super(view, "reading");
  }

  build() {
    const items = Object.values(this.view.words.find("view_learn.limits.items"));
    this.node.replaceChildren(h("h2", {}, this.say("page.limits")), h("p", { class: "lead" }, this.say("limits.intro")),
      h("dl", {}, items.map((one) => h("div", { class: "entry" }, h("dt", {}, one.label), h("dd", {}, one.plain)))));
  }
}
