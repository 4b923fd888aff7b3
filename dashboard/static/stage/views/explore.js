// One society: its rules on the left; verdict, time, picture, log and chart beside them.

class ExploreView extends View {
  static key = "explore";

  constructor(page) {
    super(page);
    const { store, look } = page;
    this.store = store;
    this.panel = new Panel(store);
    this.verdict = new Verdict(store, look);
    this.transport = new Transport(store);
    this.society = new Society(store, look);
    this.chart = new Chart(store, look);
    this.log = new Log(store);
    this.explain = new Explain(this, this.society);
    this.gallery = new Gallery(this);
    this.build();
    this.write();
    store.on("month", () => this.remember());
    store.on("transport", () => this.remember());
    this.recall();
  }

  // The month stands in the URL, so that a link, or coming back, opens the same month: the one sought,
  // which may not have arrived yet.
  remember() {
    clearTimeout(this.later);
    if (this.store.playing) return;
    this.later = setTimeout(() => {
      const month = Math.floor(this.store.position);
      this.month = month ? String(month) : "";
      this.keep("month", this.month);
    }, 400);
  }

  recall() {
    const month = this.kept("month");
    if (month === (this.month || "")) return;
    this.month = month;
    clearTimeout(this.later);
    this.store.seek(Math.round(Number(month)) || 0);
  }

  build() {
    this.shade = h("div", { class: "shade", onclick: () => this.drawer(false) });
    this.help = h("details", { class: "help" });
    this.legend = h("ul", { class: "key" });
    const society = h("section", { class: "society" },
      h("div", { class: "section-head" }, this.help, this.explain.button, this.legend), this.society.node);
    const main = h("main", { class: "stage", id: "stage", tabindex: "-1" }, this.verdict.node, this.transport.node, society,
      this.log.node, this.chart.node, this.explain.node);
    this.sheet = h("p", { class: "print-only" });
    this.node.append(this.sheet, this.panel.node, main, this.shade, this.gallery.node);
    this.transport.onRules = () => this.drawer(true);
    this.panel.onClose = () => this.drawer(false);
    this.panel.onGallery = () => this.gallery.open();
    this.panel.onPractice = (rule, place) => this.gallery.research(rule, place);
    this.society.onCounts = (counts) => this.count(counts);
    this.node.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      this.drawer(false);
      this.help.open = false;
      this.explain.close();
    });
  }

  receive(kind, message) {
    if (kind === "taken") this.page.share.receive(message);
    else if (kind === "known") this.gallery.receive(message);
    else this.explain.receive(kind, message);
  }

  // A printed page says what it is of.
  entitle() {
    const { state, words, page } = this;
    this.sheet.textContent = [titleOf(page), words.say("share.seed", { seed: state.seed }), page.share.link].join(" · ");
  }

  enter() {
    this.store.wake();
  }

  leave() {
    this.drawer(false);
    this.store.sleep();
  }

  recolour() {
    this.society.dirty = true;
    this.chart.recolour();
    this.verdict.refresh();
    this.gallery.draw();
  }

  tick(seconds) {
    this.store.pass(seconds);
    this.society.tick(seconds);
    this.chart.tick();
  }

  restate(language) {
    this.panel.restate();
    this.recall();
    if (language) {
      this.transport.build();
      this.chart.build();
      this.write();
      this.explain.build();
      this.society.aim(false);
    }
    for (const part of [this.transport, this.verdict, this.chart, this.log]) part.refresh();
    this.society.dirty = true;
  }

  write() {
    const { words } = this;
    this.society.node.setAttribute("aria-label", this.say("society_keys"));
    const hints = Object.values(words.find("dashboard.help"));
    this.help.replaceChildren(
      h("summary", { title: words.say("ui.help") }, h("h2", {}, words.say("dashboard.society")),
        h("span", { class: "question-mark", "aria-hidden": "true" }, "?"),
        h("span", { class: "unseen" }, words.say("ui.help"))),
      h("ul", {}, hints.map((hint) => h("li", {}, hint))));
  }

  count(counts) {
    this.legend.replaceChildren(...countedKey(counts, this.words));
  }

  drawer(open) {
    const was = this.node.classList.contains("drawer-open");
    if (open === was) return;
    this.node.classList.toggle("drawer-open", open);
    (open ? this.panel.close : this.transport.rules).focus();
  }
}
