// Puts the page together and keeps the clock.

const REGIMES = {
  workers_democracy: ["#14746f", "#3fb8ae"],
  struggling_democracy: ["#5c9d99", "#7fc4bd"],
  enlightened_technocracy: ["#5666a5", "#93a3e8"],
  bureaucratic_degeneration: ["#c23b22", "#ff7d5c"],
  digital_dictatorship: ["#7b1e4b", "#d868a0"],
  restoration: ["#3b332b", "#b9a88f"],
  contested: ["#a08a4f", "#cdb673"],
};

class Look {
  constructor(root) {
    this.root = root;
    this.scheme = matchMedia("(prefers-color-scheme: dark)");
    this.read();
  }

  get dark() {
    return this.scheme.matches;
  }

  read() {
    const style = getComputedStyle(this.root);
    const names = ["paper", "ink", "soft", "faint", "line", "tile", "take", "control", "alarm"];
    this.colours = Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
    this.colours.met = [0, 1, 2, 3, 4].map((step) => style.getPropertyValue(`--met-${step}`).trim());
    this.font = style.fontFamily;
  }

  regime(name) {
    return (REGIMES[name] || REGIMES.contested)[this.dark ? 1 : 0];
  }
}

class Page {
  constructor(model, root) {
    this.root = root;
    this.store = new Store(model);
    this.look = new Look(root);
    this.panel = new Panel(this.store);
    this.verdict = new Verdict(this.store, this.look);
    this.transport = new Transport(this.store);
    this.society = new Society(this.store, this.look);
    this.chart = new Chart(this.store, this.look);
    this.log = new Log(this.store);
    this.build();
    this.wire(model);
  }

  build() {
    this.head = h("header", { class: "top" });
    this.shade = h("div", { class: "shade", onclick: () => this.drawer(false) });
    this.help = h("details", { class: "help" });
    this.key = h("ul", { class: "key" });
    const society = h("section", { class: "society" },
      h("div", { class: "section-head" }, this.help, this.key), this.society.node);
    const main = h("main", { class: "stage", id: "stage" }, this.verdict.node, this.transport.node, society,
      this.log.node, this.chart.node);
    this.root.replaceChildren(this.head, this.panel.node, main, this.shade);
    this.transport.onRules = () => this.drawer(true);
    this.panel.onClose = () => this.drawer(false);
    this.society.onCounts = (counts) => this.legend(counts);
    this.words();
  }

  wire(model) {
    const { store } = this;
    this.onState = () => store.changed();
    this.onMessage = (message, buffers) => store.receive(message, buffers);
    model.on("change:state", this.onState);
    model.on("msg:custom", this.onMessage);
    store.on("frames", () => store.catchUp());
    store.on("state", ({ language }) => this.restate(language));
    this.onScheme = () => this.settle();
    this.look.scheme.addEventListener("change", this.onScheme);
    this.onKey = (event) => {
      if (event.key !== "Escape") return;
      this.drawer(false);
      this.help.open = false;
    };
    document.addEventListener("keydown", this.onKey);
    this.release = () => {
      model.off("change:state", this.onState);
      model.off("msg:custom", this.onMessage);
      document.removeEventListener("keydown", this.onKey);
      this.look.scheme.removeEventListener("change", this.onScheme);
      cancelAnimationFrame(this.request);
    };
    this.address();
    store.ask();
    this.last = performance.now();
    this.request = requestAnimationFrame((now) => this.picture(now));
  }

  // Colours are known only once the page is in the document and its styles are read.
  settle() {
    this.look.read();
    this.settled = this.look.colours.paper !== "";
    this.society.dirty = true;
    this.chart.recolour();
    this.verdict.refresh();
  }

  picture(now) {
    const seconds = Math.min(0.2, (now - this.last) / 1000);
    this.last = now;
    if (!this.settled) this.settle();
    this.store.pass(seconds);
    this.society.tick(seconds);
    this.chart.tick();
    this.request = requestAnimationFrame((next) => this.picture(next));
  }

  // The rules, the scenario or the language have changed.
  restate(language) {
    this.address();
    this.panel.build();
    if (language) {
      this.transport.build();
      this.chart.build();
      this.words();
      this.society.aim(false);
    }
    for (const part of [this.transport, this.verdict, this.chart, this.log]) part.refresh();
    this.society.dirty = true;
  }

  words() {
    const { store } = this;
    const { words } = store;
    document.documentElement.lang = words.language;
    document.title = words.say("ui.title");
    const hints = Object.values(words.find("dashboard.help"));
    this.help.replaceChildren(
      h("summary", { title: words.say("ui.help") }, h("h2", {}, words.say("dashboard.society")),
        h("span", { class: "question-mark", "aria-hidden": "true" }, "?"),
        h("span", { class: "unseen" }, words.say("ui.help"))),
      h("ul", {}, hints.map((hint) => h("li", {}, hint))));
    const languages = store.state.languages.map(([code, name]) => h("button", {
      type: "button", class: "language", lang: code, "aria-pressed": String(code === words.language), title: name,
      "aria-label": name, onclick: () => store.model.send({ kind: "language", language: code }),
    }, code.toUpperCase()));
    this.head.replaceChildren(
      h("h1", {}, words.say("ui.title")),
      h("p", { class: "question" }, words.say("ui.question")),
      h("p", { class: "caution" }, words.say("ui.caution")),
      h("div", { class: "languages", role: "group", "aria-label": words.say("ui.language") }, languages));
    this.verdict.refresh();
    this.log.refresh();
  }

  legend(counts) {
    const { words } = this.store;
    const entry = (kind, text) => h("li", {}, keyMark(kind), h("span", {}, text));
    this.key.replaceChildren(
      entry("taker", words.say("dashboard.key_takers", { count: counts.takers, all: counts.officials })),
      entry("favour", words.say("dashboard.key_favours", { count: counts.coOpted, all: counts.delegates })),
      entry("engaged", words.say("dashboard.key_engaged", { share: words.percent(counts.engaged) })));
  }

  address() {
    if (this.store.state.search) history.replaceState(null, "", this.store.state.search);
  }

  drawer(open) {
    const was = this.root.classList.contains("drawer-open");
    if (open === was) return;
    this.root.classList.toggle("drawer-open", open);
    (open ? this.panel.close : this.transport.rules).focus();
  }
}

function keyMark(kind) {
  const shapes = {
    taker: [
      h("circle", { class: "key-ink", cx: 6, cy: 7, r: 4.4 }),
      h("path", { class: "key-half", d: "M16.2 7h9.6L21 12z" }),
      h("path", { class: "key-ink", d: "M21 1.8L26.2 7 21 12.2 15.8 7z" }),
      h("path", { class: "key-edge", d: "M37 0Q38 6 44 7Q38 8 37 14Q36 8 30 7Q36 6 37 0z" }),
    ],
    favour: [h("path", { class: "key-take", d: "M7 1l6 6-6 6-6-6z" }), h("circle", { class: "key-hole", cx: 7, cy: 7, r: 2 })],
    engaged: [h("circle", { class: "key-control", cx: 7, cy: 7, r: 3.6 })],
  };
  const wide = kind === "taker" ? 45 : 14;
  return h("svg", { class: "key-mark", viewBox: `0 0 ${wide} 14`, width: (wide * 13) / 14, height: 13,
    "aria-hidden": "true" }, shapes[kind]);
}

export default {
  render({ model, el }) {
    const root = h("div", { class: "thermidor" });
    el.classList.add("thermidor-host");
    el.append(root);
    const page = new Page(model, root);
    return () => page.release();
  },
};
