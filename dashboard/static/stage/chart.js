// Indices over time, with the legend beside them and the months in which the reader changed rules.

const SERIES = [
  ["needs_met", "#0072b2", "#56b4e9", []],
  ["plan_fidelity", "#00795a", "#2fc79b", [9, 3]],
  ["trust", "#7a6a00", "#d8c13c", [2, 3]],
  ["participation", "#5b4bb5", "#a99cf0", [7, 3, 2, 3]],
  ["irremovability", "#3d3a36", "#d6d0c4", [12, 4]],
  ["co_optation", "#a3477f", "#e58cc2", [4, 4]],
  ["capture", "#c23b22", "#ff7d5c", []],
];

class Chart {
  constructor(store, look) {
    this.store = store;
    this.look = look;
    this.pinned = null; // the line that stands out until its button is pressed again
    this.hovered = null;
    this.canvas = h("canvas", { class: "chart-canvas", role: "img" });
    this.frame = h("div", { class: "chart-frame" }, this.canvas);
    this.legend = h("ul", { class: "legend" });
    this.table = h("details", { class: "table-details" });
    this.node = h("section", { class: "chart" });
    this.buttons = new Map();
    this.build();
    new ResizeObserver(() => this.resize()).observe(this.frame);
    for (const name of ["frames", "month", "run"]) store.on(name, () => this.refresh());
    this.canvas.addEventListener("pointerdown", (event) => this.drag(event));
    this.canvas.addEventListener("pointermove", (event) => (event.buttons === 1 ? this.drag(event) : this.point(event)));
    this.canvas.addEventListener("pointerleave", () => this.stress(null));
  }

  build() {
    const words = this.store.words;
    this.title = h("h2", {}, words.say("ui.chart"));
    this.strip = h("ul", { class: "key" }, STRIP.map(([kind]) => h("li", {}, stripMark(kind), words.say(`dashboard.strip.${kind}`))));
    const head = h("div", { class: "section-head" }, this.title, this.strip);
    this.node.replaceChildren(head, h("div", { class: "chart-body" }, this.frame, this.legend), this.table);
    this.legend.replaceChildren(...SERIES.map((series) => this.entry(series)));
    this.table.replaceChildren(h("summary", {}, words.say("dashboard.as_table")));
    this.table.addEventListener("toggle", () => this.fillTable());
    this.refresh();
  }

  entry([name, , , dash]) {
    const words = this.store.words;
    const line = h("line", { x1: 0, y1: 5, x2: 30, y2: 5, "stroke-dasharray": dash.join(" ") || null });
    const sample = h("svg", { class: "sample", viewBox: "0 0 30 10", "aria-hidden": "true" }, line);
    sample.style.stroke = this.colour(name);
    const value = h("span", { class: "value" }, "");
    const limit = h("span", { class: "limit" }, "");
    const button = h("button", {
      type: "button", class: "series", "aria-pressed": String(this.pinned === name),
      title: words.say(`measures.${name}.plain`), onclick: () => this.pin(name),
      onpointerenter: () => this.stress(name), onpointerleave: () => this.stress(null),
      onfocus: () => this.stress(name), onblur: () => this.stress(null),
    }, sample, h("span", { class: "name" }, words.say(`measures.${name}.label`)), value, limit);
    this.buttons.set(name, { button, value, sample, limit });
    return h("li", {}, button);
  }

  get near() {
    return this.hovered || this.pinned;
  }

  colour(name) {
    const series = SERIES.find((one) => one[0] === name);
    return series[this.look.dark ? 2 : 1];
  }

  // The lines, for a legend elsewhere.
  entries() {
    const words = this.store.words;
    return SERIES.map(([name, , , dash]) => {
      const value = this.buttons.get(name).value.textContent;
      return { colour: this.colour(name), dash, text: `${words.say(`measures.${name}.label`)} ${value}` };
    });
  }

  pin(name) {
    this.pinned = this.pinned === name ? null : name;
    for (const [one, { button }] of this.buttons) button.setAttribute("aria-pressed", String(one === this.pinned));
    this.dirty = true;
  }

  stress(name) {
    if (this.hovered === name) return;
    this.hovered = name;
    this.dirty = true;
  }

  // The line under the pointer stands out.
  point(event) {
    const box = this.canvas.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    const month = Math.round(((x - this.box.left) / (this.box.right - this.box.left)) * this.store.months);
    if (month < 1 || month > this.store.month) return this.stress(null);
    const away = ([name]) => Math.abs(this.y(this.store.measure(name, month)) - y);
    const known = SERIES.filter(([name]) => Number.isFinite(this.store.measure(name, month)));
    const best = known.reduce((one, other) => (away(other) < away(one) ? other : one), known[0]);
    return this.stress(best && away(best) < 7 ? best[0] : null);
  }

  // Where an index counts as crossed, and on which side.
  limit(name) {
    const { layout } = this.store;
    const value = layout?.thresholds[name];
    return typeof value === "number" ? { value, below: layout.below.includes(name) } : null;
  }

  refresh() {
    const words = this.store.words;
    for (const [name, entry] of this.buttons) {
      const value = this.store.measure(name);
      entry.value.textContent = Number.isFinite(value) ? words.fixed(value) : "–";
      const limit = this.limit(name);
      entry.limit.textContent = limit
        ? `${limit.below ? "<" : ">"} ${words.fixed(limit.value)}` : "";
      entry.limit.title = limit ? words.say("ui.threshold") : "";
    }
    if (this.table.open) this.fillTable();
    this.dirty = true;
  }

  recolour() {
    for (const [name, entry] of this.buttons) entry.sample.style.stroke = this.colour(name);
    this.dirty = true;
  }

  resize() {
    Object.assign(this, fitCanvas(this.canvas, this.frame, { width: 160, height: 90 }));
    this.dirty = true;
  }

  get box() {
    return { left: 30, right: this.width - 8, top: 30, bottom: this.height - 34 };
  }

  x(month) {
    return this.box.left + ((this.box.right - this.box.left) * month) / this.store.months;
  }

  y(value) {
    return this.box.bottom - (this.box.bottom - this.box.top) * Math.max(0, Math.min(1, value));
  }

  drag(event) {
    const place = event.clientX - this.canvas.getBoundingClientRect().left;
    const share = (place - this.box.left) / (this.box.right - this.box.left);
    this.store.pause();
    this.store.seek(Math.round(share * this.store.months));
  }

  tick() {
    if (this.dirty && this.width) this.draw();
  }

  draw() {
    this.dirty = false;
    const context = emptied(this.canvas, this);
    this.drawGrid(context);
    this.drawThresholds(context);
    for (const series of SERIES) this.drawSeries(context, series);
    this.drawMarks(context);
    drawStrip(context, this, this.look);
    drawRibbon(context, this, this.look);
    const words = this.store.words;
    const text = SERIES.map(([name]) => {
      const value = this.store.measure(name);
      return `${words.say(`measures.${name}.label`)} ${Number.isFinite(value) ? words.fixed(value) : "–"}`;
    });
    const title = words.say("dashboard.chart_text", { month: this.store.month });
    const happened = words.say("dashboard.strip.text", countEvents(this.store));
    this.canvas.setAttribute("aria-label", `${title} ${text.join("; ")}. ${happened}`);
  }

  drawGrid(context) {
    const { left, right, bottom } = this.box;
    const { colours, font } = this.look;
    context.font = `11px ${font}`;
    context.lineWidth = 1;
    context.fillStyle = colours.soft;
    context.textBaseline = "middle";
    context.textAlign = "right";
    for (const value of [0, 0.25, 0.5, 0.75, 1]) {
      context.strokeStyle = value === 0 ? colours.faint : colours.line;
      context.beginPath();
      context.moveTo(left, Math.round(this.y(value)) + 0.5);
      context.lineTo(right, Math.round(this.y(value)) + 0.5);
      context.stroke();
      if (value * 2 === Math.round(value * 2)) {
        context.fillText(this.store.words.number(value), left - 6, this.y(value));
      }
    }
    context.textAlign = "center";
    const step = [12, 24, 48, 60, 120, 240].find((one) => this.x(one) - this.x(0) > 42) || 240;
    for (let month = 0; month <= this.store.months; month += step) {
      context.fillText(String(month), Math.min(this.x(month), right - 6), bottom + 25);
    }
  }

  // The side of the threshold where an index counts as crossed is shaded, for the line that stands out.
  drawThresholds(context) {
    const limit = this.near && this.limit(this.near);
    if (!limit) return;
    const { left, right, top, bottom } = this.box;
    const y = this.y(limit.value);
    context.fillStyle = context.strokeStyle = this.colour(this.near);
    context.globalAlpha = 0.12;
    context.fillRect(left, limit.below ? y : top, right - left, limit.below ? bottom - y : y - top);
    context.globalAlpha = 0.8;
    context.lineWidth = 1;
    context.setLineDash([2, 4]);
    context.beginPath();
    context.moveTo(left, y);
    context.lineTo(right, y);
    context.stroke();
    context.setLineDash([]);
    context.globalAlpha = 1;
    context.textAlign = "right";
    context.textBaseline = limit.below ? "top" : "bottom";
    const { words } = this.store;
    context.fillText(`${words.say("ui.threshold")} ${words.fixed(limit.value)}`, right - 4, limit.below ? y + 3 : y - 3);
  }

  drawSeries(context, [name, , , dash]) {
    const last = this.store.month;
    context.beginPath();
    let drawing = false;
    for (let month = 1; month <= last; month += 1) {
      const value = this.store.measure(name, month);
      if (!Number.isFinite(value)) drawing = false;
      else if (drawing) context.lineTo(this.x(month), this.y(value));
      else {
        context.moveTo(this.x(month), this.y(value));
        drawing = true;
      }
    }
    context.strokeStyle = this.colour(name);
    context.globalAlpha = this.near && this.near !== name ? 0.18 : 1;
    context.lineWidth = this.near === name ? 3 : name === "capture" || name === "needs_met" ? 2.4 : 1.6;
    context.setLineDash(dash);
    context.stroke();
    context.setLineDash([]);
    const value = this.store.measure(name, last);
    if (last > 0 && Number.isFinite(value)) {
      context.fillStyle = this.colour(name);
      context.beginPath();
      context.arc(this.x(last), this.y(value), 3, 0, 2 * Math.PI);
      context.fill();
    }
    context.globalAlpha = 1;
  }

  drawMarks(context) {
    const { top, bottom } = this.box;
    const { colours } = this.look;
    for (const [month] of this.store.state.schedule) {
      if (month === 0) continue;
      const x = Math.round(this.x(month)) + 0.5;
      context.strokeStyle = colours.ink;
      context.setLineDash([1, 3]);
      context.beginPath();
      context.moveTo(x, top);
      context.lineTo(x, bottom);
      context.stroke();
      context.setLineDash([]);
      context.fillStyle = colours.ink;
      context.beginPath();
      context.moveTo(x, top - 4);
      context.lineTo(x + 9, top);
      context.lineTo(x, top + 4);
      context.fill();
    }
    const x = this.x(this.store.month);
    context.strokeStyle = colours.ink;
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(x, top);
    context.lineTo(x, bottom + 16);
    context.stroke();
  }

  fillTable() {
    const words = this.store.words;
    const months = [];
    for (let month = 12; month <= this.store.month; month += 12) months.push(month);
    if (this.store.month % 12) months.push(this.store.month);
    const names = SERIES.map((series) => series[0]);
    const head = h("tr", {}, h("th", { scope: "col" }, words.say("ui.month")),
      names.map((name) => h("th", { scope: "col" }, words.say(`measures.${name}.label`))));
    const rows = months.map((month) => h("tr", {}, h("th", { scope: "row" }, String(month)),
      names.map((name) => {
        const value = this.store.measure(name, month);
        return h("td", {}, Number.isFinite(value) ? words.fixed(value) : "–");
      })));
    const table = h("table", {}, h("caption", {}, words.say("ui.measures")), h("thead", {}, head), h("tbody", {}, rows));
    this.table.replaceChildren(this.table.firstChild, h("div", { class: "table-scroll" }, table));
  }
}
