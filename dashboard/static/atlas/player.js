// In place of the server: answers the page from recordings that stand in the same file.

const HASH = "#";

class Player {
  constructor(data) {
    this.data = data;
    this.listeners = {};
    this.unpacked = new Map();
    this.catalogue = data.catalogue;
    this.generation = 0;
    this.read(location.hash);
  }

  // --- what the page knows of a server ------------------------------------------------------------

  get(name) {
    return this[name];
  }

  on(name, listener) {
    (this.listeners[name] ||= []).push(listener);
  }

  off(name, listener) {
    this.listeners[name] = (this.listeners[name] || []).filter((one) => one !== listener);
  }

  emit(name, ...details) {
    for (const listener of this.listeners[name] || []) listener(...details);
  }

  send(message) {
    const [view, kind] = String(message.kind).split(".");
    if (message.kind === "months") this.months(message);
    else if (message.kind === "map.atlas") this.tell({ kind: "map.atlas", atlas: this.data.atlas });
    else if (message.kind === "explore.known") this.tell({ kind: "explore.known", ...this.data.known[this.state.language] });
    else if (message.kind === "explore.take") this.tell({ kind: "explore.taken", ...this.data.taken[this.state.scenario], generation: this.generation });
    else if (kind) this.tell({ ...message, kind: `${view}.failed`, reason: this.words.atlas.needs });
    else this.change(message);
  }

  tell(message, buffers = []) {
    setTimeout(() => this.emit("msg:custom", message, buffers));
  }

  // --- the state ----------------------------------------------------------------------------------

  change(message) {
    const { state } = this;
    if (message.kind === "scenario") this.show(message.name, {});
    else if (message.kind === "view") this.show(state.scenario, { view: message.name });
    else if (message.kind === "language") this.show(state.scenario, { language: message.language });
    else if (message.kind === "note") this.show(state.scenario, { notes: { ...state.notes, [message.name]: message.value } });
    else if (message.kind === "open") this.read(message.search);
    else this.show(state.scenario, { complaint: this.words.atlas.rules });
    this.emit("change:state");
  }

  // Show what a query names as far as it is recorded.
  read(search) {
    const query = new URLSearchParams(search.replace(/^[#?]/, ""));
    const { states, words } = this.data;
    const before = this.state;
    const [own] = navigator.language.split("-");
    const language = [query.get("lang"), before?.language, own].find((code) => code in words) || Object.keys(words)[0];
    const wanted = query.get("scenario") || before?.scenario;
    const name = wanted in states ? wanted : Object.keys(states)[0];
    const view = states[name].views.find((one) => one === query.get("view")) || states[name].views[0];
    const notes = Object.fromEntries([...query].filter(([key]) => key.includes(".")));
    this.words = words[language];
    this.show(name, { view, language, notes: { ...before?.notes, ...notes }, complaint: this.knows(search) ? "" : this.words.atlas.not_recorded });
  }

  // Whether a query's society is recorded: a scenario as it is founded, with the recorded seed.
  knows(search) {
    const query = new URLSearchParams(search.replace(/^[#?]/, ""));
    const recorded = this.data.states[query.get("scenario") || this.state?.scenario];
    const differs = ([key, value]) => key in recorded.rules && value !== String(recorded.rules[key] ?? "none");
    return Boolean(recorded) && !query.has("at") && Number(query.get("seed") || recorded.seed) === recorded.seed && ![...query].some(differs);
  }

  show(name, changes) {
    const recorded = this.data.states[name] || this.state;
    const { view = recorded.view, language = recorded.language, notes = {} } = this.state || {};
    if (name !== this.state?.scenario) this.generation += 1;
    this.state = { ...recorded, view, language, notes, ...changes, generation: this.generation, kept_until: -1 };
    this.words = this.data.words[this.state.language];
    this.state.search = this.search();
  }

  search() {
    const { view, scenario, language, notes } = this.state;
    const kept = Object.entries(notes).filter(([, value]) => value);
    return HASH + new URLSearchParams({ view, scenario, lang: language, ...Object.fromEntries(kept) });
  }

  // --- recordings ---------------------------------------------------------------------------------

  async months({ generation, start, count }) {
    const name = this.state.scenario;
    try {
      if (!this.unpacked.has(name)) this.unpacked.set(name, unpack(document.getElementById(`recording-${name}`).textContent));
      const [message, buffers] = cutOut(await this.unpacked.get(name), start, count);
      this.tell({ kind: "frames", generation, ...message }, buffers);
    } catch (error) {
      this.tell({ kind: "failed", generation, reason: this.words.atlas.old_browser });
    }
  }
}

// A recording: its header, and measures, offices and people month by month.
async function unpack(text) {
  const packed = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  const length = new DataView(bytes.buffer).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
  let place = 4 + length;
  const sizes = [4 * header.measures.length, 0, header.layout.dots.length];
  sizes[1] = (bytes.length - place) / header.count - sizes[0] - sizes[2];
  const planes = sizes.map((size, index) => {
    const part = turned(bytes.subarray(place, (place += size * header.count)), header.count, index === 0 ? 4 : 1);
    return { part, size };
  });
  return { header, planes };
}

// Recordings keep all months of a thing together; the page wants all things of a month.
function turned(part, months, width) {
  const all = new Uint8Array(part.length);
  const things = part.length / months / width;
  for (let month = 0; month < months; month += 1) {
    for (let thing = 0; thing < things; thing += 1) {
      const from = (thing * months + month) * width;
      const to = (month * things + thing) * width;
      for (let byte = 0; byte < width; byte += 1) all[to + byte] = part[from + byte];
    }
  }
  return all;
}

// The months from `start` on as a server would send them.
function cutOut({ header, planes }, start, count) {
  const end = Math.min(start + count, header.count);
  const within = (entry) => entry.month >= start && entry.month < end;
  const message = { start, count: end - start, measures: header.measures, events: header.events.filter(within),
    verdicts: header.verdicts.filter(within), layout: start === 0 ? header.layout : {} };
  const buffers = planes.map(({ part, size }) => new DataView(part.buffer, start * size, (end - start) * size));
  return [message, buffers];
}

const player = new Player(JSON.parse(document.getElementById("data").textContent));
addEventListener("hashchange", () => player.change({ kind: "open", search: location.hash }));
widget.render({ model: player, el: document.getElementById("page") });
