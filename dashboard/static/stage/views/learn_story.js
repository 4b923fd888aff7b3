// The guided story: one step at a time, a bet, a society that lives, and only then what came of it.

const STORY_SECONDS = 9; // how long a society's years take

class Story extends LearnPage {
  constructor(view) {
    super(view, "story-page");
    this.told = new Map();
    this.asked = new Set();
    this.luck = new Luck(this);
  }

  get steps() {
    return this.view.story.steps;
  }

  get step() {
    return this.steps[this.at];
  }

  // ---- what is kept in the URL: the step and the bets, as "reports:2!,office:0" (! = revealed)

  read() {
    const at = this.steps.findIndex((step) => step.name === this.view.kept("step"));
    this.at = Math.max(0, at);
    this.bets = new Map();
    for (const part of this.view.kept("bets").split(",")) {
      const found = part.match(/^([a-z]+):(\d)(!?)$/);
      const step = found && this.steps.find((one) => one.name === found[1]);
      if (step && step.bet.choices[found[2]]) this.bets.set(step.name, { choice: step.bet.choices[found[2]], open: found[3] === "!" });
    }
  }

  keep() {
    const parts = [...this.bets].map(([name, bet]) => {
      const { choices } = this.steps.find((one) => one.name === name).bet;
      return `${name}:${choices.indexOf(bet.choice)}${bet.open ? "!" : ""}`;
    });
    this.view.keep("bets", parts.join(","));
  }

  go(at) {
    if (at >= this.steps.length) return this.view.turn("constitution");
    this.at = Math.max(0, at);
    this.view.keep("step", this.step.name);
    this.build();
    this.node.querySelector("h2").focus({ preventScroll: true });
    this.view.node.scrollTo?.(0, 0);
    window.scrollTo(0, 0);
    return undefined;
  }

  press(event) {
    if (event.key === "ArrowRight") this.go(this.at + 1);
    else if (event.key === "ArrowLeft" && this.at > 0) this.go(this.at - 1);
    else return;
    event.preventDefault();
  }

  // ---- the page of one step

  build() {
    const { step, view } = this;
    this.scene?.rest();
    this.scene = new Scene(view, { step: step.name }, step);
    this.scene.onMonth = (month) => this.passed(month);
    this.bet = h("div", { class: "bet" });
    this.found = h("div", { class: "found", "aria-live": "polite" });
    const words = h("div", { class: "story-words" },
      h("p", { class: "kicker" }, this.say("story.step_of", { number: this.at + 1, all: this.steps.length })),
      h("h2", { tabindex: "-1" }, this.tell("title")),
      this.at === 0 ? h("p", { class: "story-text prologue" }, this.say("intro", { steps: this.steps.length })) : null,
      paragraph(view, this.tell("text"), (term) => view.lookUp(term), { class: "story-text" }),
      this.official("knew", "compared"), this.bet);
    this.node.replaceChildren(this.progress(), h("div", { class: "story-step" }, words, this.scene.node, this.found), this.turns());
    this.ask(0);
    this.writeBet();
    const told = this.told.get(step.name)?.[0];
    if (told) this.scene.trace(this.traced(), told.here, told.there);
    if (this.bets.get(step.name)?.open) this.scene.end();
  }

  tell(name, values = {}) {
    const { step, view } = this;
    const rules = Object.fromEntries(Object.entries(step.rules).map(([rule, value]) => [rule, view.words.rule(rule, value)]));
    return this.say(`steps.${step.name}.${name}`, { ...rules, years: step.months / 12, people: step.people, ...values });
  }

  progress() {
    const marks = this.steps.map((step, at) => {
      const done = this.bets.get(step.name)?.open;
      const state = this.say(done ? "story.bet_done" : "story.bet_open");
      const label = `${this.say("story.step_of", { number: at + 1, all: this.steps.length })}: ${this.say(`steps.${step.name}.title`)} (${state})`;
      return h("li", {}, h("button", { type: "button", class: done ? "mark done" : "mark", "aria-label": label, title: label,
        "aria-current": at === this.at ? "step" : null, onclick: () => this.go(at) }, h("span", {}, String(at + 1))));
    });
    return h("div", { class: "steps" }, h("ol", { "aria-label": this.say("story.progress") }, marks), h("p", { class: "tally" }, this.tally()));
  }

  // How many bets have been right so far; what is not known after a reload is asked for again.
  tally() {
    const open = [...this.bets].filter(([, bet]) => bet.open);
    for (const [name] of open) if (!this.told.get(name)?.[0]) this.ask(0, name);
    const known = open.filter(([name]) => this.told.get(name)?.[0]);
    const right = known.filter(([name, bet]) => this.told.get(name)[0].answer === bet.choice);
    return known.length ? this.say("story.tally", { right: right.length, all: known.length }) : "";
  }

  turns() {
    const last = this.at === this.steps.length - 1;
    return h("div", { class: "turns" },
      h("button", { type: "button", class: "turn", disabled: this.at === 0, onclick: () => this.go(this.at - 1) }, this.say("story.back")),
      h("button", { type: "button", class: "turn next", onclick: () => this.go(this.at + 1) }, this.say(last ? "story.last" : "story.next")));
  }

  choiceText(choice) {
    const { bet } = this.step;
    const { words } = this.view;
    const at = bet.choices.indexOf(choice);
    const values = { low: words.percent(bet.cuts[at - 1] ?? 0), high: words.percent(bet.cuts[at] ?? 0) };
    if (bet.about === "regime") return this.say(`choices.regime.${choice}`);
    if (bet.beside === "difference") return this.say(`choices.difference.${choice}`, { high: words.number(bet.cuts.at(-1)) });
    if (bet.beside === "ratio") return this.say(`choices.ratio.${choice}`, values);
    const place = at === 0 ? "first" : at === bet.choices.length - 1 ? "last" : "middle";
    return this.say(`choices.range.${place}`, values);
  }

  writeBet() {
    const { step } = this;
    const bet = this.bets.get(step.name);
    const focused = this.bet.contains(document.activeElement);
    const settled = bet?.open || this.scene.started;
    const choices = step.bet.choices.map((choice) => h("button", {
      type: "button", class: "choice", "aria-pressed": String(bet?.choice === choice), disabled: settled && bet?.choice !== choice,
      onclick: () => this.choose(choice),
    }, this.choiceText(choice)));
    const play = bet?.open
      ? h("button", { type: "button", class: "quiet-button again", onclick: () => this.watch() }, this.say("story.again"))
      : h("button", { type: "button", class: "play", disabled: !bet, onclick: () => this.watch() },
        icon(this.scene.started ? "end" : "play"), h("span", {}, this.say(this.scene.started ? "story.skip" : "story.play")));
    this.bet.replaceChildren(h("p", { class: "question-asked" }, this.tell("question")),
      h("div", { class: "choices", role: "group", "aria-label": this.say("story.place") }, choices),
      h("p", { class: "play-line" }, play, bet ? null : h("span", { class: "note" }, this.say("story.first_choose"))));
    const next = settled ? play : this.bet.querySelector("[aria-pressed=true]");
    if (focused) next?.focus({ preventScroll: true });
  }

  choose(choice) {
    if (this.bets.get(this.step.name)?.open || this.scene.started) return;
    this.bets.set(this.step.name, { choice, open: false });
    this.keep();
    this.writeBet();
  }

  // Let time pass; pressed once more it goes to the end.
  watch() {
    if (this.scene.started) return this.scene.end();
    this.scene.start();
    this.scene.node.scrollIntoView({ block: "nearest" });
    return this.writeBet();
  }

  passed(month) {
    if (month >= this.step.months) this.reveal();
  }

  reveal() {
    const bet = this.bets.get(this.step.name);
    const told = this.told.get(this.step.name)?.[0];
    const early = this.scene.store.month < this.step.months;
    if (!bet || early) return;
    this.scene.started = false;
    if (this.found.querySelector(".settled")) return;
    if (!told) {
      this.found.replaceChildren(h("p", { class: "note" }, this.say("story.computing")));
      return;
    }
    if (!bet.open) {
      bet.open = true;
      this.keep();
      this.node.querySelector(".steps").replaceWith(this.progress());
    }
    this.writeBet();
    this.found.replaceChildren(...this.findings(bet, told).filter(Boolean));
  }

  findings(bet, told) {
    const { step, view } = this;
    const right = bet.choice === told.answer;
    const verdict = h("p", { class: right ? "settled right" : "settled wrong" },
      h("b", {}, right ? this.say("story.right") : this.say("story.wrong", { bet: this.choiceText(bet.choice) })),
      ` ${this.say("story.came", { answer: this.choiceText(told.answer) })}`);
    const research = view.words.has(`view_learn.steps.${step.name}.research`)
      ? h("p", { class: "research" }, h("b", {}, `${this.say("story.research")}. `), this.tell("research")) : null;
    return [verdict, h("p", { class: "computed" }, this.sentence(told)), this.official("did"),
      h("p", { class: "lesson" }, this.tell(`found.${told.answer}`)), this.numbers(told), research, this.luck.show(),
      h("p", { class: "further" },
        h("button", { type: "button", class: "quiet-button closer", onclick: () => view.page.open(step.search) }, this.say("story.closer")),
        h("button", { type: "button", class: "quiet-button", onclick: () => view.page.open(`${step.search}&view=ensemble`) }, this.say("story.sure")))];
  }

  // One sentence from what was computed.
  sentence(told) {
    const { bet, months } = this.step;
    const { words } = this.view;
    const { here, there } = told;
    if (bet.about === "office") return this.say("story.office_number", { here: words.percent(here.values.office) });
    if (bet.about !== "regime") {
      const write = (side) => measured(words, bet.about, side.values[bet.about]);
      const values = { measure: words.say(`measures.${bet.about}.label`), here: write(here), there: there && write(there) };
      return this.say(there ? "story.two_numbers" : "story.one_number", values);
    }
    const parts = [this.say("story.ended", { months, regime: words.say(`regimes.${here.regime}.name`), plain: words.say(`regimes.${here.regime}.plain`) })];
    const list = here.indicators.slice(0, 3).map((name) => inSentence(words.say(`measures.${name}.label`))).join(", ");
    if (list) parts.push(this.say("story.crossed", { list }));
    if (here.first_eroded) parts.push(this.say("story.eroded", { rule: words.say(`rules.${here.first_eroded}.label`) }));
    return parts.join(" ");
  }

  official(...parts) {
    const month = this.told.get(this.step.name)?.[0]?.here.official?.[this.view.words.language];
    if (this.step.bet.about !== "office") return null;
    if (!month) return h("div", { class: "official waiting" });
    const { words } = this.view;
    const list = (name) => h("div", {}, h("h3", {}, words.say(`explain.${name}`)), h("ul", {}, month[name].map((line) => h("li", {}, line))));
    return h("div", { class: "official" }, parts.includes("knew") ? h("p", { class: "kicker" }, month.title) : null, parts.map(list));
  }

  numbers({ here, there }) {
    const { words } = this.view;
    const row = (name) => h("tr", {}, h("th", { scope: "row", title: words.say(`measures.${name}.plain`) }, words.say(`measures.${name}.label`)),
      h("td", {}, measured(words, name, here.values[name])), there ? h("td", {}, measured(words, name, there.values[name])) : null);
    const beside = this.steps.find((one) => one.name === this.step.beside);
    return h("div", { class: "numbers" },
      h("table", {}, h("caption", {}, this.say("story.table")),
        h("thead", {}, h("tr", {}, h("td", {}), h("th", { scope: "col" }, this.say("story.here")), there ? h("th", { scope: "col" }, this.say("story.beside_head")) : null)),
        h("tbody", {}, this.step.shows.map(row))),
      beside ? h("p", { class: "note" }, this.say("story.beside", { title: this.say(`steps.${beside.name}.title`) })) : null);
  }

  ask(run, step = this.step.name) {
    const asked = `${step}/${run}`;
    if (this.told.get(step)?.[run] || this.asked.has(asked)) return;
    this.asked.add(asked);
    this.view.ask("told", { step, run });
  }

  receive(message) {
    const known = this.told.get(message.step) || [];
    known[message.run] = message;
    this.told.set(message.step, known);
    if (this.view.shown !== this) return;
    this.node.querySelector(".tally").textContent = this.tally();
    if (message.step !== this.step.name) return;
    if (message.run > 0) return this.luck.receive();
    this.node.querySelector(".official.waiting")?.replaceWith(this.official("knew", "compared"));
    this.scene.trace(this.traced(), message.here, message.there);
    return this.reveal();
  }

  failed(reason) {
    this.asked.clear();
    this.found.replaceChildren(h("p", { class: "note", role: "alert" }, this.view.words.say("ui.failed", { reason })));
  }

  recolour() {
    if (this.luck.node) this.luck.write();
  }

  traced() {
    const { about } = this.step.bet;
    return about === "regime" || about === "office" ? "capture" : about;
  }
}
