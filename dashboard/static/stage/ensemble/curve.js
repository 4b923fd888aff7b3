// How soon: in what share of societies a regime has set in for good by each month.

class OnsetCurve {
  constructor(view) {
    this.view = view;
    this.canvas = h("canvas", { role: "img" });
    this.frame = h("div", { class: "curve-frame" }, this.canvas);
    this.head = h("div", { class: "curve-head" });
    this.told = h("p", { class: "plain" });
    this.table = h("details", { class: "table-details" });
    this.node = h("section", { class: "curve" }, this.head, this.frame, this.told, this.table);
    new ResizeObserver(() => this.resize()).observe(this.frame);
  }

  get words() {
    return this.view.words;
  }

  curves() {
    return this.view.sources.map((source) => source.summary?.curves[this.view.regime] || null);
  }

  write() {
    const { words, view } = this;
    const regimes = view.regimes();
    const label = words.say("view_ensemble.how_soon");
    const select = h("select", { id: "ensemble-regime", onchange: () => view.choose(select.value) }, regimes.map((one) =>
      h("option", { value: one, selected: one === view.regime }, words.say(`regimes.${one}.label`))));
    const line = (dash) => h("svg", { class: "sample", viewBox: "0 0 30 10", "aria-hidden": "true" },
      h("line", { x1: 0, y1: 5, x2: 30, y2: 5, stroke: "currentColor", "stroke-dasharray": dash }));
    keepingFocus(this.head, () => this.head.replaceChildren(h("h2", {}, h("label", { for: "ensemble-regime" }, label)), select, h("div", { class: "curve-key" },
      h("p", { class: "key-line" }, line(null), words.say("view_ensemble.chance")),
      h("p", { class: "key-line" }, line("5 4"), words.say("view_ensemble.behaviour")))));
    this.refresh();
  }

  refresh() {
    this.told.textContent = this.text();
    this.canvas.setAttribute("aria-label", this.told.textContent);
    this.fillTable();
    this.dirty = true;
  }

  text() {
    const { words, view } = this;
    const names = ["chance", "behaviour"];
    const parts = view.sources.map((source, place) => {
      if (!source.summary) return "";
      const curve = source.summary.curves[view.regime];
      const values = { share: words.percent(curve ? curve.share.at(-1) : 0), months: view.state.months, month: curve?.median };
      const key = curve?.median ? "view_ensemble.half_by" : "view_ensemble.by_end";
      return `${words.say(`view_ensemble.${names[place]}`)}: ${words.say(key, values)}`;
    });
    return parts.filter(Boolean).join(" ");
  }

  // The share of the last step at or before a month.
  at(curve, month) {
    if (!curve) return 0;
    let share = 0;
    curve.months.forEach((one, place) => {
      if (one <= month) share = curve.share[place];
    });
    return share;
  }

  fillTable() {
    const { words, view } = this;
    const open = this.table.open;
    const step = Math.max(1, Math.round(view.state.months / 10));
    const months = Array.from({ length: 10 }, (_, place) => Math.min(view.state.months, (place + 1) * step));
    const [chance, behaviour] = this.curves();
    const heads = [words.say("ui.month"), words.say("view_ensemble.chance"), words.say("view_ensemble.behaviour")];
    const rows = [...new Set(months)].map((month) => h("tr", {}, h("th", { scope: "row" }, String(month)),
      [chance, behaviour].map((curve) => h("td", {}, words.percent(this.at(curve, month))))));
    this.table.replaceChildren(h("summary", {}, words.say("dashboard.as_table")),
      h("table", {}, h("thead", {}, h("tr", {}, heads.map((one) => h("th", { scope: "col" }, one)))), h("tbody", {}, rows)));
    this.table.open = open;
  }

  resize() {
    Object.assign(this, fitCanvas(this.canvas, this.frame, { width: 120, height: 60 }));
    this.dirty = true;
  }

  tick() {
    if (this.dirty && this.width) this.draw();
  }

  draw() {
    this.dirty = false;
    const { look, words, state, regime } = this.view;
    const context = emptied(this.canvas, this);
    const box = { left: 44, right: this.width - 8, top: 8, bottom: this.height - 22 };
    const x = (month) => box.left + ((box.right - box.left) * month) / state.months;
    const y = (share) => box.bottom - (box.bottom - box.top) * share;
    context.font = `11px ${look.font}`;
    context.fillStyle = look.colours.soft;
    context.textBaseline = "middle";
    context.textAlign = "right";
    context.lineWidth = 1;
    for (const share of [0, 0.5, 1]) {
      context.strokeStyle = share ? look.colours.line : look.colours.faint;
      context.beginPath();
      context.moveTo(box.left, Math.round(y(share)) + 0.5);
      context.lineTo(box.right, Math.round(y(share)) + 0.5);
      context.stroke();
      context.fillText(words.percent(share), box.left - 6, y(share));
    }
    context.textAlign = "center";
    const step = [1, 12, 24, 60, 120].find((one) => state.months / one <= 6) || 240;
    for (let month = 0; month <= state.months; month += step) context.fillText(String(month), Math.min(x(month), box.right - 8), box.bottom + 12);
    this.curves().forEach((curve, place) => curve && this.drawCurve(context, curve, place ? [5, 4] : [], look.regime(regime), x, y));
  }

  drawCurve(context, curve, dash, colour, x, y) {
    const steps = (values) => curve.months.flatMap((month, place) => [[x(month), y(values[Math.max(0, place - 1)])], [x(month), y(values[place])]]);
    const trace = (points) => points.forEach(([px, py]) => context.lineTo(px, py));
    context.fillStyle = context.strokeStyle = colour;
    context.globalAlpha = 0.1;
    context.beginPath();
    trace(steps(curve.high));
    trace(steps(curve.low).reverse());
    context.fill();
    context.globalAlpha = 1;
    context.lineWidth = 2;
    context.setLineDash(dash);
    context.beginPath();
    trace(steps(curve.share));
    context.stroke();
    context.setLineDash([]);
  }
}
