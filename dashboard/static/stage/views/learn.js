// To be written.

class LearnView extends View {
  static key = "learn";

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
