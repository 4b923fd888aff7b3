// Phase diagrams over two rules, from the atlas that is shipped; a click on a cell opens that society.

const SHOWS = ["regime", "control", "needs_met", "taken", "since"];

class MapView extends View {
  static key = "map";

  constructor(page) {
    super(page);
    this.tells = new MapWords(this);
    this.node.append(h("p", { class: "loading" }, this.words.say("ui.loading")));
  }

  enter() {
    if (!this.atlas) this.ask("atlas");
    else this.write();
  }

  receive(kind, message) {
    if (kind !== "atlas") return;
    this.atlas = message.atlas;
    this.write();
  }

  restate(language) {
    if (this.atlas) this.write();
  }

  recolour() {
    if (this.sheet) this.paint();
  }

  // --- what is chosen, kept in the URL ----------------------------------------------------------

  get base() {
    const wanted = [this.kept("base"), this.state.scenario];
    const { bases } = this.atlas;
    return wanted.map((name) => bases.find((one) => one.name === name)).find(Boolean) || bases[0];
  }

  get map() {
    return this.base.maps.find((one) => this.pairName(one) === this.kept("pair")) || this.base.maps[0];
  }

  get show() {
    return SHOWS.includes(this.kept("show")) ? this.kept("show") : SHOWS[0];
  }

  pairName(map) {
    return `${map.x}-${map.y}`;
  }

  choose(name, value) {
    this.keep(name, value);
    if (name !== "show") this.cell = this.chosen = this.touched = undefined;
    this.write();
  }

  // --- the page ---------------------------------------------------------------------------------

  write() {
    this.sheet = new Sheet(this.atlas, this.base, this.map);
    const focused = this.node.contains(document.activeElement) ? document.activeElement.id : "";
    this.node.replaceChildren(this.heading(), this.controls(), this.figure(), this.aside(), this.footer());
    this.paint();
    this.point(this.cell ?? this.home(), false);
    if (focused) this.node.querySelector(`#${focused}`)?.focus();
  }

  heading() {
    return h("header", { class: "map-head" }, h("h2", {}, this.say("title")),
      h("p", { class: "map-lead" }, this.tells.lead()));
  }

  controls() {
    const { words } = this;
    const chooser = (id, label, options, chosen, choose) => {
      const select = h("select", { id, onchange: () => choose(select.value) },
        options.map(([value, text]) => h("option", { value, selected: value === chosen }, text)));
      return h("div", { class: "map-choice" }, h("label", { for: id, class: "kicker" }, label), select);
    };
    const bases = this.atlas.bases.map((one) => [one.name, this.title(one.name)]);
    const pairs = this.base.maps.map((one) => {
      const text = this.say("pair_of", { x: this.say(`names.${one.x}`), y: this.say(`names.${one.y}`) });
      return [this.pairName(one), text.charAt(0).toUpperCase() + text.slice(1)];
    });
    const shows = SHOWS.map((name) => h("button", { type: "button", id: `map-show-${name}`, class: "map-show",
      "aria-pressed": String(name === this.show), onclick: () => this.choose("show", name) }, this.say(name)));
    return h("div", { class: "map-controls" },
      chooser("map-base", this.say("base"), bases, this.base.name, (value) => this.choose("base", value)),
      chooser("map-pair", this.say("pair"), pairs, this.pairName(this.map), (value) => this.choose("pair", value)),
      h("div", { class: "map-choice" }, h("span", { class: "kicker", id: "map-show" }, this.say("show")),
        h("div", { class: "map-shows", role: "group", "aria-labelledby": "map-show" }, shows)));
  }

  title(name) {
    const found = this.page.model.get("catalogue").find((one) => one.name === name);
    return found?.title[this.words.language] || name;
  }

  figure() {
    const { sheet, map } = this;
    const rows = sheet.up.map((value, row) => h("div", { role: "row", class: "map-row" },
      h("span", { role: "rowheader", class: "map-tick" }, this.tells.tick(map.y, value)),
      sheet.across.map((_, column) => this.square(row * sheet.width + column)))).reverse();
    const foot = h("div", { role: "row", class: "map-row map-foot" }, h("span", { role: "columnheader", class: "map-tick" }),
      sheet.across.map((value) => h("span", { role: "columnheader", class: "map-tick" }, this.tells.tick(map.x, value))));
    this.squares = rows.flatMap((row) => [...row.querySelectorAll(".map-cell")]);
    this.squares.sort((one, other) => one.dataset.cell - other.dataset.cell);
    this.mark = h("span", { class: "map-mark", "aria-hidden": "true" });
    this.grid = h("div", { class: "map-grid", role: "grid", style: `--columns: ${sheet.width}; --rows: ${sheet.up.length}`,
      "aria-label": this.say("grid", { x: this.tells.label(map.x), y: this.tells.label(map.y), shown: this.say(this.show) }),
      onkeydown: (event) => this.pressed(event), onpointerleave: () => this.point(this.chosen ?? this.home(), false),
    }, rows, foot, this.mark);
    return h("figure", { class: "map-figure" },
      h("figcaption", { class: "map-axis" }, this.say(`axes.${map.y}`)), this.grid,
      h("p", { class: "map-axis map-across" }, this.say(`axes.${map.x}`)),
      h("p", { class: "map-note map-intro" }, this.say("intro", { runs: sheet.runs, months: this.base.months })));
  }

  square(cell) {
    return h("button", { type: "button", role: "gridcell", class: "map-cell", "data-cell": cell, tabindex: -1,
      onpointerenter: () => this.point(cell, false), onfocus: () => this.point(cell, true),
      onclick: (event) => this.press(cell, event) });
  }

  aside() {
    this.told = h("div", { class: "map-told", "aria-live": "polite" });
    this.legend = h("div", { class: "map-legend" });
    const touch = matchMedia("(hover: none)").matches;
    const hint = this.state.recorded ? "hint_recorded" : touch ? "hint_touch" : "hint";
    return h("aside", { class: "map-aside" }, this.told, h("p", { class: "map-note" }, this.say(hint)), this.legend,
      this.reading());
  }

  footer() {
    const values = { command: "thermidor atlas --build", model: this.atlas.model, runs: this.sheet.runs,
      seeds: this.atlas.seeds.join(", ") };
    return h("footer", { class: "map-foot-note" },
      h("details", {}, h("summary", {}, this.say("table")), this.table()), h("p", { class: "map-note" }, this.say("made", values)));
  }

  // --- colours ----------------------------------------------------------------------------------

  paint() {
    for (const square of this.squares) {
      const cell = Number(square.dataset.cell);
      const value = this.sheet.value(cell, this.show);
      const regime = this.sheet.prevailing(cell);
      square.style.setProperty("--tint", `${this.tint(value)}%`);
      square.style.setProperty("--hue", this.hue(regime));
      square.classList.toggle("recorded", Boolean(this.state.recorded) && this.known(cell));
      square.classList.toggle("split", this.show === "regime" && regime === SPLIT);
      square.replaceChildren(this.sign(cell));
      square.setAttribute("aria-label", this.tells.sentence(cell));
    }
    this.legend.replaceChildren(...this.keys());
    this.place();
  }

  sign(cell) {
    if (this.show === "regime") return this.tells.letter(this.sheet.prevailing(cell));
    return this.tells.short(this.sheet.value(cell, this.show));
  }

  hue(regime) {
    if (this.show === "regime") return regime === SPLIT ? "var(--faint)" : this.look.regime(regime);
    return { control: "var(--control)", needs_met: "var(--control)", taken: "var(--take)", since: "var(--alarm)" }[this.show];
  }

  // How strongly a cell is coloured, in percent of its hue; text stays readable on it.
  tint(value) {
    if (value === null) return 0;
    const [low, high] = this.range();
    return 6 + 54 * Math.min(1, Math.max(0, (value - low) / (high - low || 1)));
  }

  // The values drawn palest and strongest.
  range() {
    if (this.show === "regime") return [1 / this.sheet.runs, 1];
    if (this.show === "control") return [0, 1];
    const all = this.atlas.bases.find((one) => one === this.base).maps.flatMap((one) => one[this.show]).filter((one) => one !== null);
    return [Math.min(...all), Math.max(...all)];
  }

  keys() {
    const { sheet } = this;
    const plain = h("p", { class: "map-note" }, this.say(`${this.show}_plain`));
    const mark = h("p", { class: "map-key-mark" }, h("span", { class: "map-mark", "aria-hidden": "true" }), this.markName());
    const other = this.others() ? h("p", { class: "map-note" }, this.say("mark_other")) : "";
    const recorded = this.state.recorded ? h("p", { class: "map-note" }, this.say("mark_recorded")) : "";
    if (this.show !== "regime") return [plain, this.ramp(), mark, other, recorded];
    const found = [...this.atlas.regimes, SPLIT].filter((name) => sheet.map.reading.prevailing[name]);
    const entries = found.map((name) => h("li", {},
      h("span", { class: `map-swatch${name === SPLIT ? " split" : ""}`, style: `--hue: ${this.hue(name)}; --tint: 60%`, "aria-hidden": "true" }, this.tells.letter(name)),
      h("span", {}, name === SPLIT ? this.say("split") : this.words.say(`regimes.${name}.label`)),
      h("span", { class: "map-count" }, this.say("cells", { cells: sheet.map.reading.prevailing[name] }))));
    return [plain, h("ul", { class: "map-regimes" }, entries), mark, other, recorded];
  }

  ramp() {
    const [low, high] = this.range();
    const steps = [0, 0.25, 0.5, 0.75, 1].map((step) => low + step * (high - low));
    return h("div", { class: "map-ramp" }, steps.map((value) => h("span", { class: "map-swatch",
      style: `--hue: ${this.hue()}; --tint: ${this.tint(value)}%` }, this.tells.short(value))));
  }

  // --- the society on the page ------------------------------------------------------------------

  get own() {
    return this.state.scenario === this.base.name;
  }

  home() {
    const [x, y] = this.spot().map(Math.round);
    return y * this.sheet.width + x;
  }

  spot() {
    const opening = this.own ? this.page.store.rules(0) : this.base.rules;
    return this.sheet.spot(opening);
  }

  markName() {
    return this.say(this.own ? "mark_page" : "mark_base");
  }

  // Whether the society on the page has rules changed that this map keeps as in the scenario.
  others() {
    const shown = [this.map.x, this.map.y];
    return this.own && this.state.schedule.some(([month, changes]) =>
      Object.keys(changes).some((name) => month > 0 || !shown.includes(name)));
  }

  place() {
    const [x, y] = this.spot();
    this.mark.style.setProperty("--x", x);
    this.mark.style.setProperty("--y", this.sheet.up.length - 1 - y);
  }

  // --- a cell -----------------------------------------------------------------------------------

  pressed(event) {
    const { width, size } = this.sheet;
    const column = this.cell % width;
    const steps = {
      ArrowLeft: column > 0 ? -1 : 0, ArrowRight: column < width - 1 ? 1 : 0,
      ArrowUp: this.cell + width < size ? width : 0, ArrowDown: this.cell >= width ? -width : 0,
      Home: -column, End: width - 1 - column,
    };
    if (!(event.key in steps)) return;
    event.preventDefault();
    this.squares[this.cell + steps[event.key]].focus();
  }

  // Tell of a cell; the one a reader went to on purpose is told of again when the pointer leaves.
  point(cell, purpose) {
    if (purpose) this.chosen = cell;
    if (this.cell !== undefined && this.squares[this.cell]) {
      this.squares[this.cell].tabIndex = -1;
      this.squares[this.cell].classList.remove("told");
    }
    this.cell = cell;
    this.squares[cell].tabIndex = 0;
    this.squares[cell].classList.add("told");
    const known = this.known(cell);
    const open = h("button", { type: "button", class: "map-open", onclick: () => this.open(cell) },
      this.say(known ? "open" : "open_recorded"));
    const [regime] = this.sheet.counts(cell)[0];
    const opens = this.say("opens", { seed: String(this.sheet.seed(cell)), regime: this.words.say(`regimes.${regime}.name`) });
    this.told.replaceChildren(h("p", { class: "map-sentence" }, this.tells.sentence(cell)), this.bars(cell), open,
      known ? h("p", { class: "map-note" }, opens) : "");
  }

  // A finger first asks for the numbers, then opens.
  press(cell, event) {
    const finger = event.pointerType === "touch";
    const known = this.touched === cell;
    this.touched = cell;
    this.point(cell, true);
    if (!finger || known) this.open(cell);
  }

  // Whether a cell's society can be opened here: a server opens any, a file what is recorded in it.
  known(cell) {
    return !this.state.recorded || this.page.model.knows(this.sheet.search(cell));
  }

  open(cell) {
    if (this.known(cell)) {
      this.page.open(this.sheet.search(cell));
      return;
    }
    this.told.querySelector(".map-how")?.remove();
    this.told.append(h("div", { class: "map-how" }, h("p", { class: "map-note" }, this.say("not_recorded")),
      h("pre", { tabindex: 0 }, `uv run thermidor dashboard\n${this.sheet.search(cell)}`)));
  }

  // The societies of a cell as a strip, one piece each.
  bars(cell) {
    const pieces = this.sheet.counts(cell).flatMap(([name, count]) => Array.from({ length: count }, () => h("span", {
      class: "map-swatch", style: `--hue: ${this.look.regime(name)}; --tint: 60%` }, this.tells.letter(name))));
    return h("div", { class: "map-bars", "aria-hidden": "true" }, pieces);
  }

  // --- what the map shows, from the numbers of the atlas ----------------------------------------

  reading() {
    const said = [this.tells.along("x"), this.tells.along("y"), this.say("chance", { runs: this.sheet.runs })];
    return h("section", { class: "map-reading" }, h("h3", {}, this.say("reading")), said.map((text) => h("p", {}, text)));
  }

  table() {
    const { sheet, map } = this;
    const rows = sheet.up.map((value, row) => h("tr", {}, h("th", { scope: "row" }, this.words.rule(map.y, value)),
      sheet.across.map((_, column) => h("td", {}, this.tells.entry(row * sheet.width + column))))).reverse();
    return h("div", { class: "map-table" }, h("table", {},
      h("caption", {}, `${this.say(`axes.${map.x}`)} \u2192; ${this.say(`axes.${map.y}`)} \u2191. ${this.say(`${this.show}_plain`)}`),
      h("thead", {}, h("tr", {}, h("td", {}), sheet.across.map((value) => h("th", { scope: "col" }, this.words.rule(map.x, value))))),
      h("tbody", {}, rows)));
  }
}
