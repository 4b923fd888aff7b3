// Class packs: a list of lessons, and one lesson with its sheets, to look at, open and print.

class TeachView extends View {
  static key = "teach";

  constructor(page) {
    super(page);
    this.packs = null;
    this.pack = null;
    this.wanted = "";
    this.turning = false;
    this.unfold = () => this.fold(true);
    this.refold = () => this.fold(false);
    this.write();
  }

  enter() {
    window.addEventListener("beforeprint", this.unfold);
    window.addEventListener("afterprint", this.refold);
    this.ask("list");
    this.want(this.kept("pack"));
  }

  leave() {
    this.failure = "";
    window.removeEventListener("beforeprint", this.unfold);
    window.removeEventListener("afterprint", this.refold);
  }

  restate(language) {
    if (!language) return;
    this.ask("list");
    if (this.wanted) this.ask("pack", { name: this.wanted });
    this.write();
  }

  receive(kind, message) {
    if (kind === "list") this.packs = message.packs;
    if (kind === "pack" && message.name === this.wanted && message.language === this.words.language) this.pack = message;
    if (kind === "failed") {
      this.failure = message.reason;
      this.want("");
    }
    this.write();
  }

  // Turn to one pack, or with an empty name to the list.
  want(name) {
    this.wanted = name;
    this.keep("pack", name);
    if (name) this.ask("pack", { name });
    else this.pack = null;
    this.write();
  }

  write() {
    this.node.replaceChildren(...(this.pack ? this.writePack() : this.writeList()));
    if (this.turning && this.wanted === (this.pack?.name || "")) this.turned();
  }

  // Whoever turned a page reads on from its top, by eye and by keyboard.
  turned() {
    this.turning = false;
    this.node.scrollTop = 0;
    this.node.scrollIntoView({ block: "start" });
    this.node.querySelector("h2").focus({ preventScroll: true });
  }

  writeList() {
    const packs = (this.packs || []).map((pack) => h("li", {},
      h("h3", {}, h("button", { type: "button", class: "pack-name", onclick: () => this.choose(pack.name) }, pack.title)),
      h("p", {}, pack.line), h("p", { class: "facts" }, this.say("facts", pack))));
    const failure = this.failure && h("p", { role: "alert" }, this.failure);
    return [
      h("h2", { tabindex: -1 }, this.say("title")), h("p", { class: "lead" }, this.say("intro")), failure || "",
      h("div", { class: "shelf" },
        h("section", { "aria-label": this.say("packs") }, h("ul", { class: "packs" }, packs)),
        h("aside", {}, this.holding())),
    ];
  }

  jump(name) {
    const sheet = this.node.querySelector(`.sheet-${name}`);
    sheet.scrollIntoView({ block: "start" });
    sheet.querySelector("summary")?.focus();
  }

  choose(name) {
    this.failure = "";
    this.turning = true;
    this.want(name);
  }

  // How a class gets to this page: its address here, and the ways without a network.
  holding() {
    const local = ["localhost", "127.0.0.1", "[::1]"].includes(location.hostname);
    if (this.state.recorded) return [h("h3", {}, this.say("hold.title")), h("p", {}, this.words.say("atlas.class"))];
    const steps = ["start", "tell", "phones", "offline", "blocked", "paper"];
    return [
      h("h3", {}, this.say("hold.title")),
      h("p", {}, this.say(local ? "hold.here_only" : "hold.here")),
      h("p", { class: "place" }, `${location.protocol}//${location.host}/`),
      h("ol", {}, steps.map((step) => h("li", {}, this.marked(`hold.${step}`)))),
    ];
  }

  // What stands between backquotes is a command.
  marked(key) {
    return this.say(key).split("`").map((part, place) => (place % 2 ? h("code", {}, part) : part));
  }

  writePack() {
    const { pack } = this;
    const sheets = pack.sheets.map((sheet) => this.sheet(sheet));
    return [
      h("nav", { class: "pack-head", "aria-label": pack.title },
        h("button", { type: "button", class: "quiet-button back-to-list", onclick: () => this.choose("") }, this.say("back")),
        h("h2", { tabindex: -1 }, pack.title), h("p", { class: "facts" }, this.say("facts", pack)),
        h("div", { class: "pack-parts" }, pack.sheets.map(({ name, title }) => h("button", {
          type: "button", class: "quiet-button", onclick: () => this.jump(name),
        }, title))),
        h("div", { class: "pack-tools" },
          this.button("print_pupils", () => this.print("pupils")), this.button("print_teacher", () => this.print("teacher")))),
      ...sheets,
    ];
  }

  button(key, act) {
    return h("button", { type: "button", class: "pack-button", onclick: act }, this.say(key));
  }

  // Numbers and key stay closed until somebody wants to see them.
  sheet({ name, title, teachers, html }) {
    const body = h("div", { class: "sheet-body" });
    body.innerHTML = html;
    for (const state of body.querySelectorAll("[data-search]")) state.append(this.ways(state.dataset.search));
    const attributes = { class: `sheet sheet-${name}`, "data-for": teachers ? "teacher" : "pupils", "aria-label": title };
    if (!["numbers", "key"].includes(name)) return h("section", attributes, body);
    return h("section", attributes, h("details", {}, h("summary", {}, this.say(`show_${name}`)), body));
  }

  ways(search) {
    return h("span", { class: "ways" },
      this.button("open", () => this.page.open(search)),
      h("button", { type: "button", class: "pack-button", onclick: (event) => this.copy(event.currentTarget, search) }, this.say("copy")));
  }

  // Browsers lend the clipboard only to https and localhost; elsewhere the link is shown to be taken.
  copy(button, search) {
    const link = `${location.origin}${location.pathname}${search}&lang=${this.words.language}`;
    const show = () => {
      const field = h("input", { class: "link", readonly: true, value: link, "aria-label": this.say("copy") });
      button.replaceWith(field);
      field.select();
    };
    if (!navigator.clipboard) return show();
    return navigator.clipboard.writeText(link).then(() => (button.textContent = this.words.say("ui.copied")), show);
  }

  // The print style shows the pupils' sheets unless it is told to show the teacher's.
  print(which) {
    this.node.dataset.printed = which;
    window.print();
  }

  // What is closed would not be printed: open it for as long as that takes.
  fold(printing) {
    const { printed = "pupils" } = this.node.dataset;
    for (const details of this.node.querySelectorAll(`[data-for="${printed}"] details`)) {
      if (printing) details.dataset.was = details.open ? "open" : "";
      details.open = printing || details.dataset.was === "open";
    }
    if (!printing) delete this.node.dataset.printed;
  }
}
