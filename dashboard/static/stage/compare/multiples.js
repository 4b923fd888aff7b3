// One small chart an index: both societies' lines, and behind them where eight in ten pairs ran.

const PAIRED = [
  "needs_met", "capture", "privilege", "plan_fidelity", "irremovability", "co_optation",
  "power_concentration", "participation", "trust",
];
const SIDES = [
  { letter: "A", light: "#0072b2", dark: "#56b4e9", dash: [] },
  { letter: "B", light: "#c2540a", dark: "#f0a35c", dash: [6, 3] },
];

const [BOX_LEFT, BOX_RIGHT] = [30, 5];

class Multiples {
  constructor(stores, look) {
    Object.assign(this, { stores, look });
    this.bands = null;
    this.charts = PAIRED.map((name) => new SmallChart(this, name));
    this.key = h("div", { class: "multiples-key" });
    this.plain = h("p", { class: "plain" });
    this.grid = h("div", { class: "multiples-grid" }, this.charts.map((chart) => chart.node), this.plain);
    this.table = h("details", { class: "table-details" });
    this.node = h("section", { class: "multiples" }, this.key, this.grid, this.table);
    this.table.addEventListener("toggle", () => this.fillTable());
    for (const store of stores) for (const name of ["month", "frames", "run"]) store.on(name, () => this.refresh());
  }

  get words() {
    return this.stores[0].words;
  }

  get month() {
    return Math.min(...this.stores.map((store) => store.month));
  }

  colour(side) {
    return SIDES[side][this.look.dark ? "dark" : "light"];
  }

  write(titles) {
    const { words } = this;
    const line = (side) => h("svg", { class: "sample", viewBox: "0 0 30 10", "aria-hidden": "true" },
      h("line", { x1: 0, y1: 5, x2: 30, y2: 5, stroke: this.colour(side), "stroke-dasharray": SIDES[side].dash.join(" ") || null }));
    this.key.replaceChildren(h("h2", {}, words.say("view_compare.courses")),
      ...titles.map((title, side) => h("p", { class: "key-line" }, line(side), h("span", {}, `${SIDES[side].letter}: ${title}`))));
    this.plain.textContent = words.say("view_compare.courses_plain");
    this.table.replaceChildren(h("summary", {}, words.say("dashboard.as_table")));
    for (const chart of this.charts) chart.write();
    this.refresh();
  }

  refresh() {
    for (const chart of this.charts) chart.refresh();
    if (this.table.open) this.fillTable();
  }

  tick() {
    for (const chart of this.charts) chart.tick();
  }

  show(bands) {
    this.bands = bands;
    for (const chart of this.charts) chart.dirty = true;
  }

  values(name) {
    return this.stores.map((store) => store.measure(name, this.month));
  }

  fillTable() {
    const { words } = this;
    const head = ["ui.measures", null, null, "view_compare.gap"].map((key, place) => h("th", { scope: "col" },
      key ? words.say(key) : SIDES[place - 1].letter));
    const rows = PAIRED.map((name) => {
      const [a, b] = this.values(name);
      const cells = [a, b].map((value) => (Number.isFinite(value) ? words.fixed(value) : "–"));
      return h("tr", {}, h("th", { scope: "row" }, words.say(`measures.${name}.label`)),
        [...cells, signed(b - a, words)].map((cell) => h("td", {}, cell)));
    });
    const caption = words.say("ui.month_of", { month: this.month, months: this.stores[0].months });
    this.table.replaceChildren(this.table.firstChild, h("div", { class: "table-scroll" }, h("table", {},
      h("caption", {}, caption), h("thead", {}, h("tr", {}, head)), h("tbody", {}, rows))));
  }
}

// A difference always carries its sign; one too small to be written is a plain zero.
function signed(value, words, digits = 2) {
  if (!Number.isFinite(value)) return "–";
  const text = words.fixed(Math.abs(value), digits);
  if (!/[1-9]/.test(text)) return text;
  return `${value < 0 ? "\u2212" : "+"}${text}`;
}

class SmallChart {
  constructor(parent, name) {
    Object.assign(this, { parent, name });
    this.canvas = h("canvas", { role: "img" });
    this.frame = h("div", { class: "small-frame" }, this.canvas);
    this.label = h("button", { type: "button", class: "chart-name", "aria-pressed": "false", onclick: () => this.enlarge() });
    this.numbers = h("p", { class: "numbers" });
    this.node = h("figure", { class: "small-chart" }, h("figcaption", {}, this.label, this.numbers), this.frame);
    new ResizeObserver(() => this.resize()).observe(this.frame);
    this.canvas.addEventListener("pointerdown", (event) => this.drag(event));
    this.canvas.addEventListener("pointermove", (event) => event.buttons === 1 && this.drag(event));
  }

  enlarge() {
    const large = this.node.classList.toggle("large");
    this.label.setAttribute("aria-pressed", String(large));
  }

  // Time is where the reader points to in any of the charts.
  drag(event) {
    const [store] = this.parent.stores;
    const share = (event.offsetX - BOX_LEFT) / (this.width - BOX_LEFT - BOX_RIGHT);
    store.pause();
    store.seek(Math.round(share * store.months));
  }

  write() {
    const { words } = this.parent;
    this.label.textContent = words.say(`measures.${this.name}.label`);
    this.label.title = `${words.say(`measures.${this.name}.plain`)} ${words.say("view_compare.enlarge")}`;
  }

  refresh() {
    const { words } = this.parent;
    const [a, b] = this.parent.values(this.name);
    const text = (value) => (Number.isFinite(value) ? words.fixed(value) : "–");
    this.numbers.replaceChildren(...[a, b].map((value, side) => h("span", {}, `${SIDES[side].letter}\u00a0${text(value)}`)),
      h("b", { title: words.say("view_compare.gap") }, signed(b - a, words)));
    const values = { measure: this.label.textContent, month: this.parent.month, a: text(a), b: text(b), gap: signed(b - a, words) };
    this.canvas.setAttribute("aria-label", words.say("view_compare.chart_text", values));
    this.dirty = true;
  }

  resize() {
    Object.assign(this, fitCanvas(this.canvas, this.frame, { width: 80, height: 40 }));
    this.dirty = true;
  }

  // Shares stand on 0 to 1 unless they stay small, as in the command line's figures.
  top() {
    let highest = 0;
    for (const store of this.parent.stores) {
      for (let month = 1; month <= store.loaded; month += 1) {
        const value = store.measure(this.name, month);
        if (value > highest) highest = value;
      }
    }
    for (const side of this.parent.bands?.[this.name] || []) highest = Math.max(highest, ...side.high);
    if (this.name !== "privilege" && highest > 0.35) return 1;
    return [0.05, 0.1, 0.2, 0.35, 1.5, 2, 3, 4, 6, 8, 12, 16, 24].find((one) => one >= highest) || highest;
  }

  tick() {
    if (this.dirty && this.width) this.draw();
  }

  draw() {
    this.dirty = false;
    const context = emptied(this.canvas, this);
    const months = this.parent.stores[0].months;
    const ceiling = this.top();
    const box = { left: BOX_LEFT, right: this.width - BOX_RIGHT, top: 5, bottom: this.height - 5 };
    this.x = (month) => box.left + ((box.right - box.left) * month) / months;
    this.y = (value) => box.bottom - (box.bottom - box.top) * Math.max(0, Math.min(1, value / ceiling));
    this.drawGrid(context, box, ceiling);
    (this.parent.bands?.[this.name] || []).forEach((band, side) => this.drawBand(context, band, side));
    this.parent.stores.forEach((store, side) => this.drawLine(context, store, side));
    const x = Math.round(this.x(this.parent.month)) + 0.5;
    this.rule(context, x, box.top, x, box.bottom, this.parent.look.colours.faint);
  }

  rule(context, x1, y1, x2, y2, colour, dash = []) {
    context.beginPath();
    context.moveTo(x1, y1);
    context.lineTo(x2, y2);
    context.lineWidth = 1;
    context.strokeStyle = colour;
    context.setLineDash(dash);
    context.stroke();
    context.setLineDash([]);
  }

  drawGrid(context, box, ceiling) {
    const { look, words, stores } = this.parent;
    context.font = `11px ${look.font}`;
    context.fillStyle = look.colours.soft;
    context.textAlign = "right";
    context.textBaseline = "middle";
    for (const value of [0, ceiling]) {
      const y = Math.round(this.y(value)) + 0.5;
      this.rule(context, box.left, y, box.right, y, value ? look.colours.line : look.colours.faint);
      context.fillText(words.number(value), box.left - 5, Math.min(Math.max(y, 7), this.height - 7));
    }
    const threshold = stores[0].layout?.thresholds[this.name];
    if (threshold < ceiling) {
      const y = Math.round(this.y(threshold)) + 0.5;
      this.rule(context, box.left, y, box.right, y, look.colours.soft, [1, 3]);
    }
  }

  drawBand(context, { months, low, high }, side) {
    context.fillStyle = context.strokeStyle = this.parent.colour(side);
    context.globalAlpha = 0.15;
    context.beginPath();
    months.forEach((month, place) => context.lineTo(this.x(month), this.y(high[place])));
    for (let place = months.length - 1; place >= 0; place -= 1) context.lineTo(this.x(months[place]), this.y(low[place]));
    context.fill();
    context.globalAlpha = 0.45;
    context.lineWidth = 0.8;
    context.setLineDash(SIDES[side].dash);
    for (const edge of [low, high]) {
      context.beginPath();
      months.forEach((month, place) => context.lineTo(this.x(month), this.y(edge[place])));
      context.stroke();
    }
    context.setLineDash([]);
    context.globalAlpha = 1;
  }

  drawLine(context, store, side) {
    const last = this.parent.month;
    context.beginPath();
    let drawing = false;
    for (let month = 1; month <= last; month += 1) {
      const value = store.measure(this.name, month);
      if (!Number.isFinite(value)) drawing = false;
      else {
        if (drawing) context.lineTo(this.x(month), this.y(value));
        else context.moveTo(this.x(month), this.y(value));
        drawing = true;
      }
    }
    context.strokeStyle = this.parent.colour(side);
    context.lineWidth = 1.8;
    context.setLineDash(SIDES[side].dash);
    context.stroke();
    context.setLineDash([]);
  }
}
