// Two societies side by side, with the same seed and hence the same chance events: one clock, two
// verdicts, one small chart an index, what differs, and many pairs in the background.

class CompareView extends View {
  static key = "compare";

  constructor(page) {
    super(page);
    this.differences = [];
    this.settled = false;
    this.node.append(h("p", { class: "kicker" }, this.words.say("ui.loading")));
  }

  get left() {
    return this.page.store;
  }

  enter() {
    this.shown = true;
    this.ask("state");
    this.left.wake();
    this.right?.wake();
    this.pairs?.run();
  }

  leave() {
    this.shown = false;
    this.complaint = "";
    this.left.sleep();
    this.right?.sleep();
    this.pairs?.stop();
  }

  receive(kind, message, buffers) {
    if (kind === "state") this.takeState(message);
    else if (kind === "frames") this.right?.receive({ ...message, kind }, buffers);
    else if (kind === "pair" || kind === "summary") this.pairs?.receive(kind, message, buffers);
    else if (kind === "failed") this.fail(message);
  }

  fail(message) {
    if ("generation" in message) this.right?.receive({ ...message, kind: "failed" });
    else if (this.pairs) {
      this.pairs.fault = message.reason;
      this.pairs.stop();
    } else this.node.replaceChildren(h("p", {}, this.words.say("ui.failed", { reason: message.reason })));
  }

  takeState({ state, notes, differences, command }) {
    this.command = command;
    this.complaint = state.complaint || this.complaint;
    const fresh = !this.right;
    const before = this.named;
    this.differences = differences;
    if (fresh) this.build(state);
    else {
      this.counterpart.state = state;
      this.right.changed();
    }
    this.settled = true;
    this.named = `${this.state.generation}/${state.generation}`;
    if (before !== this.named) {
      this.pairs.forget();
      this.multiples.show(null);
    }
    if (notes.right !== this.kept("right")) this.keep("right", notes.right);
    if (notes.rules !== this.kept("rules")) this.keep("rules", notes.rules);
    this.write();
    if (this.shown) {
      this.right.wake();
      this.pairs.run();
    }
  }

  build(state) {
    const { page, look, left } = this;
    this.counterpart = new Counterpart(page, state);
    this.right = new Store(this.counterpart);
    this.pace = new Pace(left, this.right);
    this.sides = [
      new Side("A", left, look, (name) => page.send({ kind: "scenario", name }), () => page.send({ kind: "restore" })),
      new Side("B", this.right, look, (name) => this.ask("scenario", { name }),
        () => this.ask("scenario", { name: this.right.state.scenario })),
    ];
    this.transport = new Transport(left);
    this.multiples = new Multiples([left, this.right], look);
    this.differing = new Differing(this);
    left.on("transport", () => this.onTheWay && this.list());
    this.pairs = new Pairs(this);
    this.head = h("div", { class: "compare-head" });
    this.foot = h("section", { class: "reproduce" });
    this.node.replaceChildren(this.head, h("div", { class: "sides" }, this.sides[0].node, this.differing.node, this.sides[1].node),
      this.transport.node, this.multiples.node, this.pairs.node, this.foot);
  }

  restate(language) {
    if (!this.right) return;
    if (this.return !== undefined) {
      this.left.seek(this.return);
      this.return = undefined;
    }
    if (language) this.transport.build();
    this.transport.refresh();
    const key = `${this.state.generation}/${this.state.language}/${this.state.seed}/${this.kept("right")}/${this.kept("rules")}`;
    if (this.told !== key) {
      this.told = key;
      this.ask("state");
    }
    this.pairs.more();
  }

  write() {
    const { page } = this;
    const seed = h("input", { id: "compare-seed", type: "number", min: 0, max: 4294967295, value: this.state.seed,
      onchange: () => seed.checkValidity() && seed.value !== "" && page.send({ kind: "seed", seed: Number(seed.value) }) });
    keepingFocus(this.head, () => this.head.replaceChildren(h("p", { class: "lead" },
      this.complaint ? this.words.say("ui.failed", { reason: this.complaint }) : this.say("intro")),
      h("div", { class: "seed-of" }, h("label", { for: "compare-seed" }, this.words.say("ui.seed")), seed)));
    const command = this.command.replace(/--replicates \d+/, `--replicates ${this.pairs.wanted}`);
    this.foot.replaceChildren(h("h2", {}, this.say("reproduce")), h("code", {}, command));
    for (const side of this.sides) side.write();
    this.multiples.write(this.sides.map((side) => side.title));
    this.list();
    this.pairs.write();
  }

  list() {
    this.differing.write(this.differences);
  }

  // The month after which a change made now takes effect: at the opening, or where time stands.
  get since() {
    return this.onTheWay ? Math.min(this.left.month, this.left.months - 1) : 0;
  }

  // The rules of a side as set by then.
  rules(side) {
    return [this.left, this.right][side].rules(this.since);
  }

  change(side, name, value, month = this.since) {
    if (side === 1) return this.ask("rule", { name, value, month });
    this.return = this.left.position;
    return this.page.send({ kind: "rule", name, value, month });
  }

  wantPairs(count) {
    this.keep("pairs", count);
    this.pairs.run();
    this.write();
  }

  swap() {
    const [a, b] = [this.left, this.right].map((store) => new URLSearchParams(store.state.search));
    const own = (query) => [...query].filter(([name]) => !["view", "scenario", "seed", "lang"].includes(name) && !name.includes("."));
    const search = new URLSearchParams([["view", "compare"], ["scenario", b.get("scenario")], ["seed", this.state.seed], ...own(b),
      ["compare.right", a.get("scenario")], ["compare.rules", new URLSearchParams(own(a)).toString()], ["compare.pairs", this.kept("pairs")]]);
    this.page.open(`?${search}`);
  }

  tick(seconds) {
    if (!this.right) return;
    this.pace.tick(seconds);
    for (const side of this.sides) side.society.tick(seconds);
    this.multiples.tick();
  }

  recolour() {
    if (!this.right) return;
    for (const side of this.sides) side.recolour();
    this.multiples.write(this.sides.map((side) => side.title));
    this.pairs.write();
  }
}
