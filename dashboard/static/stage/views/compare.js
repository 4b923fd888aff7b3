// To be written.

class CompareView extends View {
  static key = "compare";

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
