// Many pairs with the same chance events in each: asked for one after the other while the view is
// shown; how they ended, and what that amounts to, grows as they come.

const AT_ONCE = 2;
const FEWEST = 3; // pairs before a band means something

class Pairs {
  constructor(view) {
    this.view = view;
    this.dots = h("div", { class: "pair-dots", role: "img" });
    this.head = h("div", { class: "section-head" });
    this.sentence = h("p", { class: "sentence" });
    this.live = h("p", { class: "unseen", role: "status" });
    this.notes = h("p", { class: "plain" });
    this.table = h("details", { class: "table-details" });
    this.node = h("section", { class: "pairs" }, this.head, this.dots, this.sentence, this.notes, this.table, this.live);
    this.running = false;
    this.forget();
  }

  get words() {
    return this.view.words;
  }

  get wanted() {
    return Math.max(2, Math.min(100, Number(this.view.kept("pairs")) || 20));
  }

  forget() {
    this.found = [];
    this.asked = 0;
    this.summary = null;
    this.summing = 0;
    this.fault = "";
  }

  run() {
    this.running = true;
    this.more();
    this.write();
  }

  stop() {
    this.running = false;
    this.asked = this.found.filter(Boolean).length;
    this.write();
  }

  get done() {
    let count = 0;
    while (this.found[count]) count += 1;
    return count;
  }

  more() {
    if (!this.running || !this.view.settled) return;
    while (this.asked < this.wanted && this.asked - this.done < AT_ONCE) {
      this.view.ask("pair", { index: this.asked });
      this.asked += 1;
    }
    const done = this.done;
    if (!this.summing && done >= 2 && this.summary?.pairs !== done) {
      this.summing = done;
      this.view.ask("summary", { pairs: done });
    }
  }

  receive(kind, message, buffers) {
    if (kind === "pair") {
      const copy = (view) => new Float32Array(view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength));
      this.found[message.index] = { ends: message.ends, courses: buffers.map(copy) };
      this.months = message.months;
      this.view.multiples.show(this.bands());
    } else {
      this.summing = 0;
      this.summary = message;
    }
    this.more();
    this.write();
  }

  // From the 10th to the 90th percentile of the pairs, by index, side and month.
  bands() {
    const all = this.found.filter(Boolean);
    if (all.length < FEWEST) return null;
    const wide = PAIRED.length;
    return Object.fromEntries(PAIRED.map((name, measure) => [name, [0, 1].map((side) => {
      const [low, high] = [[], []];
      this.months.forEach((month, point) => {
        const values = all.map((pair) => pair.courses[side][point * wide + measure]).filter(Number.isFinite).sort((a, b) => a - b);
        low.push(quantile(values, 0.1));
        high.push(quantile(values, 0.9));
      });
      return { months: this.months, low, high };
    })]));
  }

  write() {
    const { words, view } = this;
    const done = this.done;
    const full = done >= this.wanted;
    const toggle = full
      ? h("button", { type: "button", class: "quiet-button", id: "compare-pairs", disabled: this.wanted >= 100, onclick: () => view.wantPairs(Math.min(100, this.wanted + 20)) }, words.say("view_compare.more_pairs"))
      : h("button", { type: "button", class: "quiet-button", id: "compare-pairs", onclick: () => (this.running ? this.stop() : this.run()) },
        words.say(this.running ? "view_compare.stop" : "view_compare.go_on"));
    const title = words.say("view_compare.pairs", { done, wanted: this.wanted });
    keepingFocus(this.head, () => this.head.replaceChildren(h("h2", {}, title), toggle));
    this.writeDots();
    this.sentence.textContent = this.summary ? this.summary.sentence[words.language] : words.say("view_compare.pairs_wait");
    this.live.textContent = this.summary?.pairs === this.wanted ? this.sentence.textContent : "";
    this.notes.textContent = this.fault ? words.say("ui.failed", { reason: this.fault }) : this.remarks();
    this.writeTable();
  }

  // How sure the shares are, and how likely so uneven a split were by chance.
  remarks() {
    const { words } = this;
    const parts = [words.say("view_compare.held")];
    if (this.summary) {
      const { control, chance, held } = this.summary;
      const [a, b] = held.map((bounds) => bounds.map((bound) => Math.round(100 * bound)));
      parts.push(words.say("view_compare.bounds", { low_a: a[0], high_a: a[1], low_b: b[0], high_b: b[1] }));
      if (control.same < control.pairs) parts.push(this.unevenness(chance));
    }
    return parts.join(" ");
  }

  unevenness(chance) {
    const { words } = this;
    if (chance < 0.0001) return words.say("view_compare.chance_small");
    const told = chance < 0.01 ? words.number(chance, 4) : words.fixed(chance);
    return words.say("view_compare.chance", { chance: told });
  }

  // A column a pair: the upper mark is how A ended, the lower one how B did.
  writeDots() {
    const { words, view } = this;
    const name = (regime) => words.say(`regimes.${regime}.label`);
    const column = (pair, index) => h("div", { class: "pair", title: pair
      ? pair.ends.map((end, side) => `${SIDES[side].letter}: ${name(end.regime)}`).join("; ") : null },
    pair ? pair.ends.map((end) => regimeMark(end.regime, view.look)) : [h("i", {}), h("i", {})]);
    this.dots.replaceChildren(h("div", { class: "pair names" }, h("b", {}, "A"), h("b", {}, "B")),
      ...Array.from({ length: this.wanted }, (_, index) => column(this.found[index], index)));
    const there = [...new Set(this.found.filter(Boolean).flatMap((pair) => pair.ends.map((end) => end.regime)))];
    this.dots.append(h("ul", { class: "pair-key" }, there.map((one) => h("li", {}, regimeMark(one, view.look), name(one)))));
    const counts = SIDES.map(({ letter }, side) => `${letter}: ${there.map((one) => `${name(one)} ${this.found.filter((pair) => pair?.ends[side].regime === one).length}`).join(", ")}`);
    this.dots.setAttribute("aria-label", counts.join("; "));
  }

  writeTable() {
    const { words } = this;
    const open = this.table.open || !this.table.children.length;
    const heads = [words.say("ui.measures"), "A", "B", ...["gap", "interval", "signs"].map((key) => words.say(`view_compare.${key}`))];
    const rows = (this.summary?.differences || []).map((row) => h("tr", {}, h("th", { scope: "row" }, words.say(`measures.${row.measure}.label`)),
      [words.fixed(row.a), words.fixed(row.b), signed(row.difference, words), `${signed(row.low, words)} … ${signed(row.high, words)}`, `${row.higher} / ${row.lower} / ${row.equal}`]
        .map((cell) => h("td", {}, cell))));
    this.table.replaceChildren(h("summary", {}, words.say("view_compare.end_means")),
      h("div", { class: "table-scroll" }, h("table", {}, h("thead", {}, h("tr", {}, heads.map((head) => h("th", { scope: "col" }, head)))), h("tbody", {}, rows))));
    this.table.open = open;
  }
}

// Linear between neighbours, as NumPy has it.
function quantile(sorted, share) {
  if (!sorted.length) return NaN;
  const place = (sorted.length - 1) * share;
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (sorted[above] - sorted[below]) * (place - below);
}
