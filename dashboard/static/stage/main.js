// The page: head with the views, language and theme; one view at a time; the clock; the post.

const VIEWS = [ExploreView, CompareView, EnsembleView, MapView, LearnView, TeachView];

class Page {
  constructor(model, root) {
    this.model = model;
    this.root = root;
    this.store = new Store(model);
    this.look = new Look(root);
    this.views = new Map();
    this.share = new Share(this);
    this.head = h("header", { class: "top" });
    this.place = h("div", { class: "view-place", tabindex: "-1" });
    this.connection = new Connection(this);
    root.replaceChildren(this.head, this.place, this.share.node, this.connection.node);
    this.wire();
    this.write();
    this.turn(this.state.view);
    this.address();
    this.last = performance.now();
    this.request = requestAnimationFrame((now) => this.picture(now));
  }

  get state() {
    return this.store.state;
  }

  get words() {
    return this.store.words;
  }

  send(message) {
    this.model.send(message);
  }

  wire() {
    const { model, store } = this;
    this.onState = () => store.changed();
    this.onMessage = (message, buffers) => this.receive(message, buffers);
    model.on("change:state", this.onState);
    model.on("msg:custom", this.onMessage);
    this.onPrint = ({ type }) => this.paper(type === "beforeprint");
    for (const name of ["beforeprint", "afterprint"]) addEventListener(name, this.onPrint);
    store.on("frames", () => store.catchUp());
    store.on("state", ({ language }) => this.restate(language));
  }

  release() {
    this.model.off("change:state", this.onState);
    this.model.off("msg:custom", this.onMessage);
    for (const name of ["beforeprint", "afterprint"]) removeEventListener(name, this.onPrint);
    cancelAnimationFrame(this.request);
    this.connection.release();
  }

  // Messages named "view.kind" are for a view, all others for the society on the page.
  receive(message, buffers) {
    const [key, kind] = String(message.kind).split(".");
    if (kind) this.views.get(key)?.receive(kind, message, buffers);
    else this.store.receive(message, buffers);
  }

  // Show a view and remember it in the URL.
  go(key) {
    if (key === this.shown?.key) return;
    this.turn(key);
    this.send({ kind: "view", name: key });
  }

  // Open the society, and the view, of a URL's query.
  open(search) {
    this.send({ kind: "open", search });
  }

  turn(key) {
    this.shown?.leave();
    if (!this.views.has(key)) {
      const kind = VIEWS.find((one) => one.key === key) || VIEWS[0];
      this.views.set(key, new kind(this));
    }
    this.shown = this.views.get(key);
    this.place.replaceChildren(this.shown.node);
    this.root.dataset.view = key;
    this.mark();
    this.shown.enter();
  }

  mark() {
    for (const tab of this.tabs.children) {
      if (tab.dataset.view === this.shown?.key) tab.setAttribute("aria-current", "page");
      else tab.removeAttribute("aria-current");
    }
    requestAnimationFrame(() => this.reveal());
  }

  // Where the tabs need more room than there is, the one of the view shown comes into sight.
  reveal() {
    const here = this.tabs.querySelector("[aria-current]");
    if (here) this.tabs.scrollLeft = here.offsetLeft - this.tabs.offsetLeft - 24;
    this.fade();
  }

  // Where there are more tabs than room, the edge behind which they wait fades.
  fade() {
    const { scrollLeft, scrollWidth, clientWidth } = this.tabs;
    this.tabs.classList.toggle("more-before", scrollLeft > 2);
    this.tabs.classList.toggle("more-after", scrollLeft + clientWidth < scrollWidth - 2);
  }

  restate(language) {
    this.address();
    if (language) this.write();
    for (const view of this.views.values()) view.restate(language);
    if (this.state.view !== this.shown.key) this.turn(this.state.view);
  }

  write() {
    const { words } = this;
    document.documentElement.lang = words.language;
    document.title = words.say("ui.title");
    this.tabs = h("nav", { class: "tabs", "aria-label": words.say("shell.views"), onscroll: () => this.fade() }, this.state.views.map((key) => h("button", {
      type: "button", class: "tab", "data-view": key, title: words.say(`shell.${key}_plain`), onclick: () => this.go(key),
    }, words.say(`shell.${key}`))));
    this.head.replaceChildren(
      h("button", { type: "button", class: "skip", onclick: () => (this.root.querySelector("#stage") || this.place).focus() },
        words.say("shell.skip")),
      h("h1", {}, words.say("ui.title")), this.tabs,
      h("div", { class: "settings" }, this.share.button(), this.theme(), this.languages()),
      h("p", { class: "question" }, words.say("ui.question")),
      h("p", { class: "caution" }, h("span", { class: "caution-long" }, words.say("ui.caution")),
        h("span", { class: "caution-short" }, words.say("shell.caution_short"))));
    this.mark();
  }

  languages() {
    const { words } = this;
    return h("div", { class: "languages", role: "group", "aria-label": words.say("ui.language") },
      this.state.languages.map(([code, name]) => h("button", {
        type: "button", class: "language", lang: code, "aria-pressed": String(code === words.language), title: name,
        "aria-label": name, onclick: () => this.send({ kind: "language", language: code }),
      }, code.toUpperCase())));
  }

  theme() {
    const other = this.look.dark ? "light" : "dark";
    const label = this.words.say(`shell.to_${other}`);
    return h("button", { type: "button", class: "tool theme", title: label, "aria-label": label, onclick: () => {
      chooseTheme(other);
      this.recolour();
      this.write();
      this.head.querySelector(".theme").focus();
    } }, icon(other));
  }

  // Colours are known only once the page is in the document and its styles are read.
  recolour() {
    this.look.read();
    this.settled = this.look.colours.paper !== "";
    for (const view of this.views.values()) view.recolour();
    this.reveal();
  }

  // Paper is light, whatever the page is.
  paper(printing) {
    const { dataset } = document.documentElement;
    if (printing) {
      [this.screen, dataset.theme] = [dataset.theme, "light"];
      this.shown.entitle?.();
    }
    if (!printing) dataset.theme = this.screen;
    this.recolour();
    this.shown.tick(0);
  }

  picture(now) {
    const seconds = Math.min(0.2, (now - this.last) / 1000);
    this.last = now;
    if (!this.settled || this.wasDark !== this.look.dark) {
      this.wasDark = this.look.dark;
      this.recolour();
    }
    this.shown.tick(seconds);
    this.request = requestAnimationFrame((next) => this.picture(next));
  }

  address() {
    if (this.state.search) history.replaceState(null, "", this.state.search);
  }
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
