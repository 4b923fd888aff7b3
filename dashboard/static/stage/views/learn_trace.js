// One measure over the years, this society and the one beside it, with the same numbers as a table.

const TRACE = { height: 118, left: 44, right: 8, top: 10, bottom: 22 };

class Trace {
  constructor(view) {
    this.view = view;
    this.title = h("p", { class: "trace-title" });
    this.place = h("div", { class: "trace-place" });
    this.table = h("details", { class: "table-details" });
    this.node = h("figure", { class: "trace" }, this.title, this.place, this.table);
    new ResizeObserver(() => this.here && this.place.replaceChildren(this.drawing(this.shown))).observe(this.node);
  }

  say(name, values) {
    return this.view.say(name, values);
  }

  show(measure, here, there, months) {
    Object.assign(this, { measure, here: here || [], there: there || [], months });
    const all = [...this.here, ...this.there];
    this.top = niceTop(Math.max(...all));
    this.low = Math.min(...all) > this.top / 2 ? this.top / 2 : 0; // what moves in the upper half only is shown there
    this.title.textContent = this.say("story.trace_title", { measure: this.view.words.say(`measures.${measure}.label`) });
    this.fillTable();
    this.shown = -1;
    this.until(0);
  }

  get width() {
    return Math.max(240, this.place.clientWidth || 560);
  }

  // Years up to the month shown: what has not happened yet is not drawn.
  until(month) {
    const year = Math.floor(month / 12);
    if (year === this.shown) return;
    this.shown = year;
    this.table.hidden = year < this.here.length;
    this.place.replaceChildren(this.drawing(year));
  }

  drawing(year) {
    const { words } = this.view;
    const [here, there] = [this.here.slice(0, year), this.there.slice(0, year)];
    const value = (number) => measured(words, this.measure, number);
    const svg = h("svg", { viewBox: `0 0 ${this.width} ${TRACE.height}`, role: "img", class: "trace-picture",
      "aria-label": this.text(here, there, value) });
    for (const share of [0, 0.5, 1]) svg.append(this.grid(this.low + share * (this.top - this.low), value));
    const step = this.here.length > 20 ? 10 : 5;
    for (let at = 0; at <= this.here.length; at += step) {
      svg.append(svgText(this.x(at), TRACE.height - 6, words.number(at), "middle"));
    }
    if (there.length) svg.append(h("path", { class: "trace-beside", d: this.line(there) }));
    if (here.length) svg.append(h("path", { class: "trace-here", d: this.line(here) }), this.dot(here));
    return svg;
  }

  text(here, there, value) {
    const { view } = this;
    const measure = view.words.say(`measures.${this.measure}.label`);
    if (!here.length) return measure;
    const ends = (all) => ({ first: value(all[0]), last: value(all.at(-1)), year: here.length, measure });
    const beside = there.length ? ` ${this.say("story.trace_beside", ends(there))}` : "";
    return this.say("story.trace", ends(here)) + beside;
  }

  x(year) {
    return TRACE.left + ((this.width - TRACE.left - TRACE.right) * year) / Math.max(1, this.here.length);
  }

  y(value) {
    return TRACE.height - TRACE.bottom - ((TRACE.height - TRACE.bottom - TRACE.top) * (value - this.low)) / (this.top - this.low);
  }

  line(values) {
    return values.map((one, at) => `${at ? "L" : "M"}${this.x(at + 1).toFixed(1)} ${this.y(one).toFixed(1)}`).join("");
  }

  dot(values) {
    return h("circle", { class: "trace-dot", cx: this.x(values.length), cy: this.y(values.at(-1)), r: 3.5 });
  }

  grid(value, write) {
    const y = this.y(value);
    return h("g", {}, h("line", { class: "trace-grid", x1: TRACE.left, x2: this.width - TRACE.right, y1: y, y2: y }),
      svgText(TRACE.left - 6, y + 4, write(value), "end"));
  }

  fillTable() {
    const { words } = this.view;
    const beside = this.there.length > 0;
    const heads = [this.say("story.year"), this.say("story.here"), ...(beside ? [this.say("story.beside_head")] : [])];
    const rows = this.here.map((value, at) => h("tr", {}, h("th", { scope: "row" }, words.number(at + 1)),
      h("td", {}, measured(words, this.measure, value)),
      beside ? h("td", {}, measured(words, this.measure, this.there[at])) : null));
    this.table.replaceChildren(h("summary", {}, this.say("story.numbers")), h("div", { class: "table-scroll" },
      h("table", {}, h("thead", {}, h("tr", {}, heads.map((head) => h("th", { scope: "col" }, head)))), h("tbody", {}, rows))));
  }
}

function svgText(x, y, text, anchor) {
  return h("text", { x, y, "text-anchor": anchor, class: "trace-text" }, text);
}

// The smallest of 1, 2, 5 times a power of ten that is no smaller.
function niceTop(value) {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((one) => one * power).find((one) => one >= value - 1e-12);
}
