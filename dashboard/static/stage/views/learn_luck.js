// Was that luck? The same rules with other chance events, one society after the other, as long as
// somebody looks.

class Luck {
  constructor(story) {
    this.story = story;
    this.wanted = new Set();
  }

  say(name, values) {
    return this.story.say(name, values);
  }

  get step() {
    return this.story.step;
  }

  // What is known of the step's societies, in the order of their runs.
  get known() {
    return (this.story.told.get(this.step.name) || []).filter(Boolean);
  }

  show() {
    this.node = h("div", { class: "luck" });
    this.write();
    if (this.wanted.has(this.step.name)) this.next();
    return this.node;
  }

  receive() {
    if (!this.wanted.has(this.step.name)) return;
    if (this.node) this.write();
    this.next();
  }

  next() {
    const told = this.story.told.get(this.step.name) || [];
    for (let run = 0; run < this.step.runs; run += 1) if (!told[run]) return this.story.ask(run);
    return undefined;
  }

  write() {
    if (!this.wanted.has(this.step.name)) {
      return this.node.replaceChildren(h("button", { type: "button", class: "turn ask-luck", onclick: () => {
        this.wanted.add(this.step.name);
        this.write();
        this.next();
      } }, this.say("luck.ask")));
    }
    const { known, step } = this;
    const whole = known.length === step.runs;
    const bet = this.story.bets.get(step.name).choice;
    const right = known.filter((one) => one.answer === bet).length;
    return this.node.replaceChildren(h("p", { class: "note" }, this.say("luck.plain")),
      h("ul", { class: "luck-rows" }, this.rows().map(([name, runs]) => this.row(name, runs))),
      h("p", { class: "luck-sum" }, this.say(whole ? "luck.done" : "luck.growing", { done: known.length, all: step.runs }),
        whole ? ` ${this.say("luck.right", { count: right, all: step.runs })}` : ""));
  }

  // By regime where the bet was on who rules, else by the answers.
  rows() {
    const regime = this.step.bet.about === "regime";
    const names = regime ? Object.keys(REGIMES) : this.step.bet.choices;
    const of = (name) => this.known.filter((one) => (regime ? one.here.regime : one.answer) === name);
    return names.map((name) => [name, of(name)]).filter(([, runs]) => runs.length || !regime);
  }

  row(name, runs) {
    const { view } = this.story;
    const regime = this.step.bet.about === "regime";
    const label = regime ? view.words.say(`regimes.${name}.label`) : this.story.choiceText(name);
    const dots = runs.map((one) => h("span", { class: `dot${regime ? " of-regime" : ""}${one.run === 0 ? " first" : ""}` },
      regime ? regimeMark(name, view.look) : null));
    return h("li", { "aria-label": this.say("luck.row", { name: label, count: runs.length, all: this.known.length }) },
      h("span", { class: "luck-name" }, label), h("span", { class: "dots", "aria-hidden": "true" }, dots),
      h("span", { class: "luck-count" }, String(runs.length)));
  }
}
