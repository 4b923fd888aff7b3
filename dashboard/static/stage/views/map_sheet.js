// One map of the atlas: its cells, what they hold, and where a society's rules lie on it.

const SPLIT = "split";

class Sheet {
  constructor(atlas, base, map) {
    Object.assign(this, { atlas, base, map });
    this.across = atlas.values[map.x];
    this.up = atlas.values[map.y];
    this.width = this.across.length;
    this.size = map.regimes.length;
    this.runs = atlas.seeds.length;
  }

  // How many societies of a cell ended in each regime, the most frequent first.
  counts(cell) {
    const counts = new Map();
    for (const digit of this.map.regimes[cell]) {
      const name = this.atlas.regimes[Number(digit)];
      counts.set(name, (counts.get(name) || 0) + 1);
    }
    return [...counts].sort((one, other) => other[1] - one[1]);
  }

  prevailing(cell) {
    const [first, second] = this.counts(cell);
    return second && second[1] === first[1] ? SPLIT : first[0];
  }

  controlled(cell) {
    return this.counts(cell).reduce((sum, [name, count]) => sum + (this.atlas.controlled.includes(name) ? count : 0), 0);
  }

  // What is shown of a cell as a number, null where there is none.
  value(cell, show) {
    if (show === "regime") return this.counts(cell)[0][1] / this.runs;
    if (show === "control") return this.controlled(cell) / this.runs;
    return this.map[show][cell];
  }

  // The first of the seeds with which a cell's society ended as most of them did.
  seed(cell) {
    const wanted = this.atlas.regimes.indexOf(this.counts(cell)[0][0]);
    return this.atlas.seeds[[...this.map.regimes[cell]].findIndex((digit) => Number(digit) === wanted)];
  }

  rules(cell) {
    return { [this.map.x]: this.across[cell % this.width], [this.map.y]: this.up[Math.floor(cell / this.width)] };
  }

  // Where a value lies along an axis, in cells from 0; between two where it is none of the axis's own.
  place(values, value) {
    if (value === null) return values.length - 1;
    const last = values.at(-1) === null ? values.length - 2 : values.length - 1;
    if (value <= values[0]) return 0;
    for (let one = 1; one <= last; one += 1) {
      if (value <= values[one]) return one - 1 + (value - values[one - 1]) / (values[one] - values[one - 1]);
    }
    return last;
  }

  spot(rules) {
    return [this.place(this.across, rules[this.map.x]), this.place(this.up, rules[this.map.y])];
  }

  // The query that opens a cell's society.
  search(cell, view = "explore") {
    const query = new URLSearchParams({ view, scenario: this.base.name, seed: this.seed(cell) });
    for (const [name, value] of Object.entries(this.rules(cell))) query.set(name, value === null ? "none" : String(value));
    return `?${query}`;
  }
}
