// Words and numbers in the language of the page. The catalogue comes from Python as one dictionary.

function h(tag, attributes = {}, ...children) {
  const svg = ["svg", "path", "circle", "line", "rect", "text", "g"].includes(tag);
  const node = svg
    ? document.createElementNS("http://www.w3.org/2000/svg", tag)
    : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  for (const child of children.flat()) if (child !== null && child !== undefined) node.append(child);
  return node;
}

function icon(name) {
  const shapes = {
    play: "M7 4.5v15l12-7.5z",
    pause: "M6.5 5h4v14h-4zM13.5 5h4v14h-4z",
    step: "M5 5l9 7-9 7zM16 5h3v14h-3z",
    back: "M19 5l-9 7 9 7zM5 5h3v14H5z",
    reset: "M12 5a7 7 0 1 1-6.6 4.7l2.3.8A4.6 4.6 0 1 0 12 7.4V10L7 6.2 12 2.5z",
    end: "M4 5l7 7-7 7zM11 5l7 7-7 7zM18.5 5H21v14h-2.5z",
    rules: "M4 6h10v2H4zM18 4h2v6h-2zM15 6h1v2h-1zM4 16h4v2H4zM10 14h2v6h-2zM13 16h7v2h-7zM4 11h16v2H4z",
    light: "M12 7.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM11 1.5h2v3.4h-2zM11 19.1h2v3.4h-2zM1.5 11h3.4v2H1.5zM19.1 11h3.4v2h-3.4zM4 5.4L5.4 4l2.4 2.4-1.4 1.4zM16.2 17.6l1.4-1.4L20 18.6 18.6 20zM18.6 4L20 5.4l-2.4 2.4-1.4-1.4zM4 18.6l2.4-2.4 1.4 1.4L5.4 20z",
    dark: "M20.5 14.2A8.8 8.8 0 1 1 9.8 3.5a7 7 0 0 0 10.7 10.7z",
    share: "M11 3h2v9.2l3.3-3.3 1.4 1.4L12 16l-5.7-5.7 1.4-1.4 3.3 3.3zM4 15h2v4h12v-4h2v6H4z",
    close: "M6.4 5L5 6.4 10.6 12 5 17.6 6.4 19l5.6-5.6 5.6 5.6 1.4-1.4-5.6-5.6L19 6.4 17.6 5 12 10.6z",
  };
  return h("svg", { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true" },
    h("path", { d: shapes[name] }));
}

class Words {
  constructor(catalogue, language) {
    this.catalogue = catalogue;
    this.language = language;
    this.plural = new Intl.PluralRules(language);
    this.writers = new Map();
  }

  has(key) {
    return typeof this.find(key) === "string";
  }

  find(key) {
    return key.split(".").reduce((found, step) => (found ? found[step] : undefined), this.catalogue);
  }

  say(key, values = {}) {
    const text = this.find(key);
    if (typeof text !== "string") return key;
    return text.replace(/\{(\w+)(?::([^}]*))?\}/g, (whole, name, format) => {
      if (!(name in values)) return whole;
      const value = values[name];
      if (format && format.includes("|")) return this.counted(value, format.split("|"));
      return typeof value === "number" ? this.number(value) : String(value);
    });
  }

  counted(number, forms) {
    const kinds = forms.length === 2 ? ["one", "other"] : ["one", "few", "many"];
    let place = kinds.indexOf(this.plural.select(number));
    if (place < 0) place = forms.length === 2 ? 1 : number % 1 ? 1 : 2;
    return `${this.number(number)}\u00a0${forms[place]}`;
  }

  number(value, digits = 2) {
    return this.written(value, { maximumFractionDigits: digits });
  }

  fixed(value, digits = 2) {
    return this.written(value, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  }

  percent(share, digits = 0) {
    return this.written(share, { style: "percent", maximumFractionDigits: digits });
  }

  // A writer of numbers is dear to make and cheap to keep.
  written(value, options) {
    const key = JSON.stringify(options);
    if (!this.writers.has(key)) this.writers.set(key, new Intl.NumberFormat(this.language, options));
    return this.writers.get(key).format(value);
  }

  rule(name, value) {
    if (value === null || value === undefined) {
      return this.has(`rules.${name}.none`) ? this.say(`rules.${name}.none`) : this.say("words.none");
    }
    if (typeof value === "boolean") return this.say(value ? "words.yes" : "words.no");
    if (typeof value === "string") return this.say(`rules.${name}.choices.${value}`);
    const unit = `dashboard.units.${name}`;
    if (this.has(unit)) return this.say(unit, { value: value, number: value });
    return this.percent(value, value < 0.1 ? 1 : 0);
  }

  office(layout, index) {
    const tier = ["director", "head", "planner", "delegate"][layout.office.tier[index]];
    const same = layout.office.tier.indexOf(layout.office.tier[index]);
    const number = tier === "director" ? layout.office.workplace[index] + 1 : index - same + 1;
    const sector = this.sector(layout, layout.office.branch[index]);
    return this.say(`tiers.${tier}.numbered`, { number, sector });
  }

  sector(layout, index) {
    const name = layout.sectors[index];
    if (name === undefined) return "";
    return this.has(`sectors.${name}`) ? this.say(`sectors.${name}`) : name.replaceAll("_", " ");
  }

  event(layout, event) {
    const values = { month: event.month, ...event };
    if (event.office >= 0) values.office = this.office(layout, event.office);
    if (event.rule) {
      values.rule = this.say(`rules.${event.rule}.label`);
      values.before = this.rule(event.rule, event.before);
      values.after = this.rule(event.rule, event.after);
    }
    return this.say(`events.${event.kind}.plain`, values);
  }
}
