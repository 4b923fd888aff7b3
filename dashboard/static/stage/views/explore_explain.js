// Why somebody did what they did: a card beside the society, for one office or one person at a time.

const EXPLAIN_PAUSE = 450; // least time between two questions while time runs, in milliseconds

class Explain {
  constructor(view, society) {
    this.view = view;
    this.store = view.store;
    this.society = society;
    this.chosen = null; // {who: "office" or "person", row}
    this.node = h("aside", { class: "explain", hidden: true });
    this.button = h("button", { type: "button", class: "quiet-button why", "aria-expanded": "false",
      onclick: () => (this.node.hidden ? this.open() : this.close()) });
    society.onChoose = (chosen) => this.choose(chosen);
    this.store.on("month", () => this.ask());
    this.store.on("transport", () => this.ask());
    this.store.on("run", () => this.again());
    this.store.on("layout", () => this.again());
    this.build();
  }

  say(name, values) {
    return this.view.say(name, values);
  }

  build() {
    const { view } = this;
    this.button.textContent = this.say("why");
    this.button.title = this.say("why_plain");
    this.title = h("h2", { tabindex: "-1" });
    this.closing = h("button", { type: "button", class: "tool", "aria-label": view.words.say("ui.close"), onclick: () => this.close() }, icon("close"));
    this.pick = h("select", { id: "explain-who", "aria-label": this.say("who"), onchange: () => this.picked() });
    this.number = h("input", { type: "number", id: "explain-number", min: 1, step: 1, "aria-label": this.say("person_number"),
      onchange: () => this.picked() });
    this.body = h("div", { class: "explain-body", tabindex: "0", "aria-live": "polite" });
    this.node.setAttribute("aria-label", this.say("why_plain"));
    this.node.replaceChildren(
      h("div", {}, h("div", { class: "explain-head" }, this.title, this.closing),
        h("div", { class: "explain-pick" }, this.pick, this.number)), this.body);
    this.fill();
    this.again();
  }

  // The list: every office by its tier, and one person by number.
  fill() {
    const { layout } = this.store;
    if (!layout) return;
    const { words } = this.view;
    const tiers = [[2, "planner"], [1, "head"], [0, "director"], [3, "delegate"]];
    this.pick.replaceChildren(
      h("option", { value: "" }, "–"),
      h("option", { value: "person" }, this.say("one_person")),
      ...tiers.map(([tier, name]) => h("optgroup", { label: words.say(`tiers.${name}.many`) },
        layout.office.tier.flatMap((one, row) => (one === tier ? [h("option", { value: row }, words.office(layout, row))] : [])))));
    this.number.max = layout.people;
    this.mark();
  }

  picked() {
    const value = this.pick.value;
    if (value === "") return;
    const number = Math.min(Math.max(1, Math.round(Number(this.number.value) || 1)), this.store.layout.people);
    this.choose(value === "person" ? { who: "person", row: number - 1 } : { who: "office", row: Number(value) });
  }

  mark() {
    const { chosen } = this;
    this.pick.value = !chosen ? "" : chosen.who === "person" ? "person" : String(chosen.row);
    this.number.hidden = chosen?.who !== "person";
    if (chosen?.who === "person") this.number.value = chosen.row + 1;
  }

  open() {
    if (!this.chosen) this.body.replaceChildren(h("p", {}, this.say("choose")));
    this.show(true);
    this.title.textContent = this.chosen ? this.title.textContent : this.say("why");
    this.pick.focus();
    this.ask();
  }

  close() {
    if (this.node.hidden) return;
    this.show(false);
    this.society.choose(null);
    this.chosen = null;
    this.mark();
    this.button.focus();
  }

  show(open) {
    this.node.hidden = !open;
    this.node.parentNode?.classList.toggle("explaining", open);
    this.button.setAttribute("aria-expanded", String(open));
  }

  choose(chosen) {
    if (!chosen) return;
    this.chosen = chosen;
    this.society.choose(chosen);
    this.mark();
    this.show(true);
    this.society.reveal();
    this.told = "";
    this.ask();
  }

  // Another run, another language: what was told no longer holds.
  again() {
    this.told = "";
    this.outstanding = false;
    if (this.store.layout && this.pick.options.length < 2) this.fill();
    this.society.choose(this.chosen);
    this.ask();
  }

  key() {
    const { chosen, store } = this;
    return `${chosen.who}/${chosen.row}/${store.month}/${store.state.generation}/${store.state.language}`;
  }

  // One question at a time; while time runs, the next one waits a little.
  ask() {
    if (this.node.hidden || !this.chosen || !this.store.layout) return;
    if (this.outstanding || this.told === this.key()) return;
    const wait = this.store.playing ? EXPLAIN_PAUSE - (performance.now() - (this.asked || 0)) : 0;
    if (wait > 0) {
      clearTimeout(this.later);
      this.later = setTimeout(() => this.ask(), wait);
      return;
    }
    this.asked = performance.now();
    this.outstanding = this.key();
    if (!this.told) this.body.replaceChildren(h("p", {}, this.say("waiting")));
    this.view.ask("explain", { ...this.chosen, month: this.store.month, generation: this.store.state.generation });
  }

  receive(kind, message) {
    if (message.generation !== this.store.state.generation) return;
    this.outstanding = false;
    const mine = this.chosen && message.who === this.chosen.who && message.row === this.chosen.row;
    if (mine && kind === "failed") {
      this.told = this.key();
      this.body.replaceChildren(h("p", {}, this.view.words.say("ui.failed", { reason: message.reason })));
    } else if (mine && message.language === this.store.state.language) this.tell(message);
    this.ask();
  }

  tell(message) {
    const { chosen, store } = this;
    this.told = `${chosen.who}/${chosen.row}/${message.month}/${store.state.generation}/${message.language}`;
    this.title.textContent = message.title || this.name(chosen);
    const blocks = message.blocks.flatMap(([heading, sentences]) => [
      heading ? h("h3", {}, heading) : null, h("ul", {}, sentences.map((one) => h("li", {}, one)))]);
    const scroll = this.body.scrollTop;
    this.body.replaceChildren(h("div", { class: "explain-ways" }, this.ways(message.other)), this.past(message.month) || "",
      ...blocks.filter(Boolean));
    this.body.scrollTop = scroll;
  }

  name({ who, row }) {
    const { words } = this.view;
    if (who === "person") return this.say("person", { number: words.number(row + 1) });
    const name = words.office(this.store.layout, row);
    return name[0].toLocaleUpperCase(words.language) + name.slice(1);
  }

  // How it went until now, from the months that are on the page: what the holders of an office meant
  // to divert and when a new one came, or how well a person's needs were met and when it took part.
  past(month) {
    const { chosen, store } = this;
    const { dots, office } = store.layout;
    const place = chosen.who === "office" ? chosen.row : dots.indexOf(chosen.row);
    if (place < 0 || month < 2) return null;
    const count = office.tier.length;
    const points = [];
    const ticks = [];
    for (let at = 1; at <= Math.min(month, store.loaded); at += 1) {
      const { offices, people } = store.frames[at];
      if (chosen.who === "office") {
        points.push(offices[place] / 255);
        if (offices[count + place] & FLAG.fresh) ticks.push(at);
      } else {
        points.push((people[place] >> 2) / 63);
        if (people[place] & 1) ticks.push(at);
      }
    }
    return this.drawPast(points, ticks);
  }

  drawPast(points, ticks) {
    const { words } = this.view;
    const office = this.chosen.who === "office";
    const [wide, high] = [300, 46];
    const x = (month) => (wide * (month - 1)) / Math.max(1, points.length - 1);
    const y = (value) => high - 2 - (high - 4) * value;
    const line = points.map((value, place) => `${place ? "L" : "M"}${x(place + 1).toFixed(1)} ${y(value).toFixed(1)}`).join("");
    const marks = ticks.map((month) => (office ? `M${x(month).toFixed(1)} 0V${high}` : `M${x(month).toFixed(1)} ${high + 3}v6`)).join("");
    const text = this.say(office ? "past_office" : "past_person", { months: points.length, now: words.percent(points.at(-1)), count: ticks.length });
    return h("figure", { class: "explain-past" },
      h("svg", { viewBox: `0 0 ${wide} ${high + 10}`, preserveAspectRatio: "none", "aria-hidden": "true" },
        h("path", { class: "past-ground", d: `M0 ${high}H${wide}M0 0H${wide}` }), h("path", { class: office ? "past-change" : "past-part", d: marks }),
        h("path", { class: office ? "past-take" : "past-met", d: line })),
      h("figcaption", {}, text));
  }

  // Ways from here: to the office held or the person who holds it, and to whoever stands above.
  ways(other) {
    const { layout } = this.store;
    const { office, person } = layout;
    const { who, row } = this.chosen;
    const way = (key, target, values) => h("button", { type: "button", class: "quiet-button", onclick: () => {
      this.choose(target);
      this.body.focus();
    } }, this.say(key, values));
    const seat = (key, index) => way(key, { who: "office", row: index }, { office: this.view.words.office(layout, index) });
    const found = [];
    if (who === "office") {
      if (other >= 0) found.push(way("as_person", { who: "person", row: other }));
      if (office.superior[row] >= 0) found.push(seat("above", office.superior[row]));
      return found;
    }
    if (other >= 0) found.push(seat("holds", other));
    const dot = layout.dots.indexOf(row);
    if (dot >= 0) {
      const above = office.tier.findIndex((tier, index) => tier === 0 && office.workplace[index] === person.workplace[dot]);
      if (above >= 0 && above !== other) found.push(seat("above", above));
    }
    return found;
  }
}
