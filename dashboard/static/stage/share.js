// What can be taken along: a link, and from Explore the numbers, a picture, a file and the command.
// All of it is made in the browser, or told by the server as text; no file is written there.

class Share {
  constructor(page) {
    this.page = page;
    this.node = h("dialog", { class: "share", onclick: (event) => event.target === this.node && this.node.close(),
      onkeydown: (event) => event.stopPropagation() });
    this.fields = {};
  }

  say(name, values) {
    return this.page.words.say(`share.${name}`, values);
  }

  button() {
    const label = this.say("menu");
    return h("button", { type: "button", class: "tool share-button", title: label, "aria-label": label, "aria-haspopup": "dialog",
      onclick: () => this.open() }, icon("share"), h("span", {}, label));
  }

  open() {
    this.build();
    this.node.showModal();
    if (this.explore) this.page.send({ kind: "explore.take" });
  }

  get explore() {
    return this.page.shown.key === "explore";
  }

  get link() {
    return new URL(this.page.state.search, location.href).href;
  }

  build() {
    const close = h("button", { type: "button", class: "tool", "aria-label": this.page.words.say("ui.close"), onclick: () => this.node.close() }, icon("close"));
    const action = (name, act) => h("li", {}, h("button", { type: "button", class: "share-action", "data-take": name, onclick: act },
      this.say(name)), h("p", {}, this.say(`${name}_plain`)));
    this.note = h("p", { class: "share-note", role: "status" });
    const actions = this.explore ? [action("data", () => this.data()), action("picture", () => this.picture()), action("file", () => this.file())] : [];
    this.node.setAttribute("aria-label", this.say("menu"));
    this.node.replaceChildren(
      h("div", { class: "gallery-head" }, h("h2", {}, this.say("menu")), close),
      this.field("link", this.link), this.explore ? this.field("reproduce", this.taken?.command || "") : "",
      h("ul", { class: "share-actions" }, actions,
        h("li", {}, h("button", { type: "button", class: "share-action", onclick: () => { this.node.close(); print(); } }, this.say("print")))),
      this.note);
  }

  // A text to copy: by a button, and by hand where the browser does not let the button.
  field(name, text) {
    const input = h("input", { type: "text", id: `share-${name}`, readonly: true, value: text, spellcheck: "false", onfocus: () => input.select() });
    this.fields[name] = input;
    return h("div", { class: "share-field" }, h("label", { for: input.id }, h("b", {}, this.say(name)), " ", this.say(`${name}_plain`)), input,
      h("button", { type: "button", class: "share-action", "data-copy": name, onclick: () => this.copy(input) }, this.say("copy")));
  }

  async copy(input) {
    try {
      await navigator.clipboard.writeText(input.value);
      this.note.textContent = this.say("copied");
    } catch (refused) {
      input.focus();
      input.select();
      this.note.textContent = this.say("by_hand");
    }
  }

  receive(message) {
    if (message.generation !== this.page.state.generation) return;
    this.taken = message;
    if (this.fields.reproduce) this.fields.reproduce.value = message.command;
    this.then?.(message);
    this.then = null;
  }

  file() {
    this.then = ({ file, toml }) => this.save(`${file}.toml`, toml, "application/toml");
    this.page.send({ kind: "explore.take" });
  }

  // The months that have not been played yet are computed first.
  data() {
    const { store } = this.page;
    const tell = () => (this.note.textContent = store.all ? this.say("computing", { month: Math.max(0, store.loaded), months: store.months }) : "");
    store.whole(() => {
      tell();
      this.save(`${this.name()}.csv`, csvOf(store), "text/csv");
    });
    tell();
    if (!this.watching) store.on("frames", tell);
    this.watching = true;
  }

  picture() {
    const { society, chart, verdict } = this.page.shown;
    new Poster(this.page, society, chart, verdict).draw().toBlob((blob) => this.deliver(`${this.name()}-${this.page.store.month}.png`, blob));
  }

  name() {
    return this.taken?.file || `thermidor-${this.page.state.scenario}-${this.page.state.seed}`;
  }

  save(name, text, type) {
    this.deliver(name, new Blob([text], { type: `${type};charset=utf-8` }));
  }

  deliver(name, blob) {
    const url = URL.createObjectURL(blob);
    h("a", { href: url, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
  }
}

// One row a month, from the first month that is over: what it is of, every measure, the verdict.
// Numbers travel with 32 bits, so that more than eight digits would say nothing.
function csvOf(store) {
  const names = Object.keys(store.column);
  const number = (value) => (Number.isFinite(value) ? String(Number(value.toPrecision(8))) : "");
  const rows = [["scenario", "seed", "month", ...names, "regime"]];
  for (let month = 1; month <= store.loaded; month += 1) {
    rows.push([store.state.scenario, store.state.seed, month, ...names.map((name) => number(store.measure(name, month))),
      store.verdict(month)?.regime || ""]);
  }
  return `${rows.map((row) => row.join(",")).join("\n")}\n`;
}

function titleOf(page) {
  const one = page.model.get("catalogue").find((scenario) => scenario.name === page.state.scenario);
  return one?.title[page.words.language] || page.state.scenario;
}
