// Learn: the story with its bets, the reader's own constitution, the words, what was checked, the limits.

class LearnView extends View {
  static key = "learn";

  constructor(page) {
    super(page);
    this.story = null;
    this.menu = h("nav", { class: "learn-pages" });
    this.place = h("div", { class: "learn-place" });
    this.node.append(this.menu, this.place);
    this.onKey = (event) => this.press(event);
    this.pages = { story: new Story(this), constitution: new Challenge(this), glossary: new Glossary(this),
      checked: new Checked(this), limits: new Limits(this) };
  }

  get body() {
    return this.place.firstChild;
  }

  enter() {
    document.addEventListener("keydown", this.onKey);
    if (this.story) this.read();
    else this.ask("story");
  }

  leave() {
    document.removeEventListener("keydown", this.onKey);
    this.shown?.scene?.rest();
  }

  // The arrows turn the story's pages wherever they mean nothing else.
  press(event) {
    const { target } = event;
    const elsewhere = target !== document.body && !this.node.contains(target);
    if (event.altKey || event.ctrlKey || event.metaKey || elsewhere || target.closest("input, select, textarea")) return;
    this.shown?.press?.(event);
  }

  // Only a link that was opened changes what is kept behind the view's back.
  restate(language) {
    if (!this.story || this.page.shown !== this) return;
    if (this.generation !== this.state.generation) this.read();
    else if (language) this.show();
  }

  read() {
    this.generation = this.state.generation;
    this.open = this.pages[this.kept("page")] ? this.kept("page") : "story";
    for (const page of Object.values(this.pages)) page.read();
    this.show();
  }

  turn(name) {
    this.open = name;
    this.keep("page", name);
    this.show();
  }

  lookUp(term) {
    this.turn("glossary");
    this.shown.find(term);
  }

  show() {
    this.shown?.scene?.rest();
    this.shown = this.pages[this.open];
    this.menu.setAttribute("aria-label", this.say("pages"));
    this.menu.replaceChildren(...Object.keys(this.pages).map((name) => h("button", {
      type: "button", class: "learn-page", "aria-current": name === this.open ? "page" : null, onclick: () => this.turn(name),
    }, this.say(`page.${name}`))));
    const current = this.menu.querySelector("[aria-current]");
    this.menu.scrollLeft = current.offsetLeft - this.menu.offsetLeft - 40;
    this.place.replaceChildren(this.shown.node);
    this.shown.build();
  }

  receive(kind, message, buffers) {
    if (kind === "story") {
      this.story = message;
      this.read();
    } else if (kind === "told") this.pages.story.receive(message);
    else if (kind === "attempt") this.pages.constitution.receive(message);
    else if (kind === "grounds") this.pages.checked.receive(message);
    else if (kind === "frames" || message.generation) this.shown?.scene?.receive(message, buffers);
    else this.shown?.failed?.(message.reason);
  }

  tick(seconds) {
    this.shown?.scene?.tick(seconds);
  }

  recolour() {
    if (this.shown?.scene) this.shown.scene.society.dirty = true;
    if (this.story) this.shown.recolour?.();
  }
}
