// All societies as cards: one sentence each, and a picture of how twenty runs went.
// The server is asked for what it knows beforehand when somebody first wants to see it.

class Gallery {
  constructor(view) {
    this.view = view;
    this.waiting = [];
    this.node = h("dialog", { class: "gallery", onclick: (event) => event.target === this.node && this.node.close(),
      onkeydown: (event) => event.stopPropagation() });
    this.cards = [];
  }

  say(name, values) {
    return this.view.say(name, values);
  }

  // Call `then` with what is known beforehand, in the language of the page.
  with(then) {
    if (this.known?.language === this.view.words.language) return then(this.known);
    this.waiting.push(then);
    return this.view.ask("known");
  }

  receive(message) {
    this.known = message;
    for (const then of this.waiting.splice(0)) then(message);
  }

  open() {
    this.with(() => {
      this.build();
      this.node.showModal();
      this.draw();
      this.node.querySelector("[aria-current]")?.focus();
    });
  }

  build() {
    const { words, state, page } = this.view;
    const runs = Object.values(this.known.courses)[0].length;
    const close = h("button", { type: "button", class: "tool", "aria-label": words.say("ui.close"), onclick: () => this.node.close() }, icon("close"));
    const regimes = new Set(Object.values(this.known.courses).flat().flatMap((one) => [...one]));
    const key = this.known.regimes.filter((_, place) => regimes.has(String(place)));
    this.samples = key.map((name) => ({ name, canvas: h("canvas", { class: "gallery-sample", "aria-hidden": "true" }) }));
    this.cards = page.model.get("catalogue").map((one) => this.card(one, state.scenario));
    this.node.setAttribute("aria-label", this.say("societies"));
    this.node.replaceChildren(
      h("div", { class: "gallery-head" }, h("h2", {}, this.say("societies")), close),
      this.hiding(),
      h("p", { class: "gallery-note" }, this.say("societies_note", { runs })),
      h("ul", { class: "gallery-key" }, this.samples.map(({ name, canvas }) => h("li", {}, canvas, words.say(`regimes.${name}.label`)))),
      h("ul", { class: "gallery-list" }, this.cards.map((card) => h("li", {}, card.button))));
  }

  // A class bets before it sees how societies end.
  hiding() {
    const hide = () => this.node.classList.toggle("no-ends", box.checked);
    const box = h("input", { type: "checkbox", checked: this.node.classList.contains("no-ends"), onchange: hide });
    return h("label", { class: "gallery-hide" }, box, this.say("hide_ends"));
  }

  card(one, current) {
    const { words } = this.view;
    const canvas = h("canvas", { class: "gallery-picture", "aria-hidden": "true" });
    const [sentence] = (one.story[words.language] || "").match(/^[^]*?[.!?](?=\s|$)/) || [""];
    const here = one.name === current;
    const button = h("button", { type: "button", class: "gallery-card", "data-scenario": one.name, "aria-current": here ? "true" : null,
      title: here ? this.say("here") : null, onclick: () => this.choose(one.name) },
    h("b", {}, one.title[words.language] || one.name), h("span", { class: "gallery-sentence" }, sentence), canvas,
    h("span", { class: "gallery-end" }, this.ending(one.name)));
    return { name: one.name, button, canvas };
  }

  // The picture in words: under which regime the runs ended, the most frequent one first.
  ending(name) {
    const { words } = this.view;
    const counts = new Map();
    for (const course of this.known.courses[name] || []) {
      if (course) counts.set(course.at(-1), (counts.get(course.at(-1)) || 0) + 1);
    }
    const called = (place) => words.say(`regimes.${this.known.regimes[place]}.name`);
    const [first, ...others] = [...counts].sort((a, b) => b[1] - a[1]);
    if (!first) return this.say("too_short");
    const runs = this.known.courses[name].length;
    const list = others.map(([place, count]) => `${called(place)} ${count}`).join(", ");
    return this.say("ended", { regime: called(first[0]), count: first[1], runs }) + (list ? ` ${this.say("ended_others", { list })}` : "");
  }

  choose(name) {
    this.node.close();
    this.view.drawer(false);
    if (name !== this.view.state.scenario) this.view.page.send({ kind: "scenario", name });
  }

  draw() {
    if (!this.node.open) return;
    for (const { name, canvas } of this.samples) {
      const { context, width, height } = this.prepare(canvas);
      this.blocks(context, name, [{ left: 0, y: 0, width, height }]);
    }
    for (const { name, canvas } of this.cards) this.stack(this.prepare(canvas), this.known.courses[name]);
  }

  prepare(canvas) {
    const size = fitCanvas(canvas, canvas);
    return { context: emptied(canvas, size), ...size };
  }

  blocks(context, regime, boxes) {
    context.fillStyle = this.view.look.regime(regime);
    for (const box of boxes) context.fillRect(box.left, box.y, box.width, box.height);
    hatch(context, regime, boxes, this.view.look);
  }

  // Year by year, how many runs were under which regime, stacked in one order everywhere.
  stack({ context, width, height }, courses) {
    const years = courses?.[0]?.length || 0;
    context.fillStyle = this.view.look.colours.tile;
    context.fillRect(0, 0, width, height);
    const edge = (year) => Math.round((year * width) / years);
    const tops = Array(years).fill(0);
    this.known.regimes.forEach((regime, place) => {
      const boxes = tops.map((y, year) => {
        const here = courses.filter((course) => course[year] === String(place)).length / courses.length;
        tops[year] += here * height;
        return { left: edge(year), y, width: edge(year + 1) - edge(year), height: here * height };
      });
      this.blocks(context, regime, boxes.filter((box) => box.height));
    });
  }

  // Write the research behind a rule into its place in the panel.
  research(rule, place) {
    if (place.querySelector(".research")) return;
    this.with((known) => {
      const found = known.research[rule] || [];
      const { words } = this.view;
      const and = ` ${words.say("words.and")} `;
      const list = found.map(({ name, what, sources }) => h("li", {}, h("b", {}, `${name}. `), what,
        ` (${sources.map((one) => one.replaceAll(" and ", and)).join("; ")})`));
      place.append(h("div", { class: "research" }, h("p", { class: "research-head" }, this.say("research")),
        found.length ? h("ul", {}, list) : h("p", {}, this.say("research_none"))));
    });
  }
}
