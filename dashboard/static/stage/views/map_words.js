// What the map says: of a cell, of the whole map, of an axis. Every number comes from the atlas.

class MapWords {
  constructor(view) {
    this.view = view;
  }

  get words() {
    return this.view.words;
  }

  say(name, values) {
    return this.view.say(name, values);
  }

  label(rule) {
    return this.words.say(`rules.${rule}.label`);
  }

  // A value without its unit, which stands at the axis.
  tick(rule, value) {
    if (value === null) return this.say("none");
    return this.words.has(`dashboard.units.${rule}`) ? this.words.number(value) : this.words.number(100 * value, 1);
  }

  letter(regime) {
    return regime === SPLIT ? "=" : this.say(`letters.${regime}`);
  }

  short(value) {
    if (value === null) return "\u2013";
    if (this.view.show === "since") return this.words.number(value, 0);
    return this.words.number(100 * value, this.view.show === "taken" ? 1 : 0);
  }

  sentence(cell) {
    const { words } = this;
    const { sheet, map } = this.view;
    const rules = sheet.rules(cell);
    const list = sheet.counts(cell).map(([name, count]) => this.say("ended", { count, regime: words.say(`regimes.${name}.name`) }));
    const said = [
      this.say("cell", { x_rule: this.label(map.x), x: words.rule(map.x, rules[map.x]), y_rule: this.label(map.y),
        y: words.rule(map.y, rules[map.y]), runs: sheet.runs, list: list.join(", ") }),
      this.say("numbers", { control: sheet.controlled(cell), runs: sheet.runs,
        needs_met: words.percent(map.needs_met[cell], 1), taken: words.percent(map.taken[cell], 1) }),
    ];
    if (map.since[cell] !== null) said.push(this.say("numbers_since", { since: Math.round(map.since[cell]) }));
    return said.join(" ");
  }

  // What the map shows in a sentence or a few: where most societies are held to account.
  lead() {
    const { sheet } = this.view;
    const { reading } = sheet.map;
    const held = reading.held_cells;
    const key = held === 0 ? "held_none" : held === sheet.size ? "held_all" : "held_some";
    const said = [this.say(key, { held, all: sheet.size })];
    for (const axis of ["x", "y"]) {
      for (const kind of ["lost", "held"]) if (reading[kind][axis]) said.push(this.stretch(kind, axis, reading[kind][axis]));
    }
    return said.join(" ");
  }

  stretch(kind, axis, [end, stop]) {
    const last = this.values(axis).length - 1;
    const range = end === "low" ? this.span(axis, 0, stop) : this.span(axis, stop, last);
    return this.say(kind, { rule: this.label(this.view.map[axis]), range });
  }

  // What is compared between the ends: what is shown; needs where control is the same at all of them.
  compared() {
    if (["needs_met", "taken"].includes(this.view.show)) return this.view.show;
    const { x, y } = this.view.map.reading.along;
    return new Set([...x.control, ...y.control]).size > 1 ? "control" : "needs_met";
  }

  values(axis) {
    return axis === "x" ? this.view.sheet.across : this.view.sheet.up;
  }

  // A stretch of an axis in words.
  span(axis, from, to) {
    const [first, last] = [from, to].map((place) => this.values(axis)[place]);
    const [low, high] = [first, last].map((value) => this.words.rule(this.view.map[axis], value));
    return from === to ? low : this.say(last === null ? "from_to_none" : "from_to", { low, high });
  }

  along(axis) {
    const shown = this.compared();
    const [first, last] = this.view.map.reading.along[axis][shown].map((share) => this.words.percent(share, shown === "control" ? 0 : 1));
    const range = this.span(axis, 0, this.values(axis).length - 1);
    return this.say(`along_${shown}`, { rule: this.label(this.view.map[axis]), range, first, last });
  }

  entry(cell) {
    if (this.view.show !== "regime") return this.short(this.view.sheet.value(cell, this.view.show));
    const regime = this.view.sheet.prevailing(cell);
    const name = regime === SPLIT ? this.say("split") : this.words.say(`regimes.${regime}.label`);
    return `${name} ${this.view.sheet.counts(cell)[0][1]}/${this.view.sheet.runs}`;
  }
}
