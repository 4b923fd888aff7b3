// What the pages of Learn have in common. A page is read when a link is opened, built when it is shown.

class LearnPage {
  constructor(view, name) {
    this.view = view;
    this.node = h("section", { class: name });
  }

  say(name, values) {
    return this.view.say(name, values);
  }

  read() {}

  build() {}
}
