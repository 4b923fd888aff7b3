// To be written.

class EnsembleView extends View {
  static key = "ensemble";

  constructor(page) {
    super(page);
    this.write();
  }

  restate(language) {
    if (language) this.write();
  }

  write() {
    this.node.replaceChildren(h("h2", {}, this.say("title")), h("p", {}, this.say("intro")));
  }
}
