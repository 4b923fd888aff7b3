// What the views have in common. A view is made when it is first shown; only the one shown is ticked.

class View {
  static key = "";

  constructor(page) {
    this.page = page;
    this.node = h("div", { class: `view view-${this.constructor.key}` });
  }

  get key() {
    return this.constructor.key;
  }

  get state() {
    return this.page.state;
  }

  get words() {
    return this.page.words;
  }

  get look() {
    return this.page.look;
  }

  say(name, values) {
    return this.words.say(`view_${this.key}.${name}`, values);
  }

  // Ask the view's part of the server; it answers by "key.kind" messages, which `receive` gets.
  ask(kind, content = {}) {
    this.page.send({ ...content, kind: `${this.key}.${kind}` });
  }

  // What a view keeps stands in the URL, so that a link opens the page as it is.
  kept(name) {
    return this.state.notes[`${this.key}.${name}`] || "";
  }

  keep(name, value) {
    if (this.kept(name) === String(value)) return;
    this.state.notes[`${this.key}.${name}`] = String(value);
    this.page.send({ kind: "note", name: `${this.key}.${name}`, value: String(value) });
  }

  enter() {}

  leave() {}

  // Scenario, rules or notes have changed; with `language` every text is to be written anew.
  restate(language) {}

  receive(kind, message, buffers) {}

  tick(seconds) {}

  recolour() {}
}

// Write something anew without taking the reader's place in it away.
function keepingFocus(node, rewrite) {
  const id = node.contains(document.activeElement) ? document.activeElement.id : "";
  rewrite();
  if (id) node.querySelector(`#${CSS.escape(id)}`)?.focus();
}
