// In place of the server: answers the page from recordings and answers that stand in the same file.

class Player {
  constructor(data) {
    this.data = data;
    this.catalogue = data.catalogue;
    this.listeners = {};
    this.unpacked = new Map();
    this.generation = 0;
    this.founding = new Map();
    for (const state of Object.values(data.states)) this.founding.set(state.scenario, state.rules);
    this.names = new Map(Object.entries(data.states).map(([name, state]) => [this.society(state.search), name]));
    this.open(location.hash || location.search);
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
    const known = this.answer(message);
    const [view, kind] = String(message.kind).split(".");
    if (known) this.tell(known);
    else if (message.kind === "explore.take") this.tell({ ...this.data.takes[this.shown], generation: this.generation, kind: "explore.taken" });
    else if (message.kind === "months") this.months(message, "frames", this.shown);
    else if (message.kind === "learn.months" && this.step(message)) this.scene(message);
    else if (kind) this.tell({ ...message, kind: `${view}.failed`, reason: this.words.atlas.needs });
    else this.change(message);
  }

  tell(message, buffers = []) {
    setTimeout(() => this.emit("msg:custom", message, buffers));
  }

  // An answer that was asked for when the file was made.
  answer({ kind, ...rest }) {
    const question = [kind, ...Object.keys(rest).sort().map((name) => `${name}=${rest[name]}`)].join(" ");
    const { answers } = this.data;
    return answers[this.state.language][question] || answers.any[question];
  }

  // --- the state ----------------------------------------------------------------------------------

  change(message) {
    const { notes } = this.state;
    const founded = (scenario) => this.names.get(this.society(`scenario=${scenario}`));
    if (message.kind === "scenario") this.show(founded(message.name), {});
    else if (message.kind === "restore") this.show(founded(this.state.scenario), {});
    else if (message.kind === "view") this.show(this.shown, { view: message.name });
    else if (message.kind === "language") this.show(this.shown, { language: message.language });
    else if (message.kind === "note") this.show(this.shown, { notes: { ...notes, [message.name]: message.value } });
    else if (message.kind === "open") this.open(message.search);
    else this.show(this.shown, { complaint: this.words.atlas.rules });
    this.emit("change:state");
  }

  // Show what a query names, or the scenario as it is founded where that is not recorded.
  open(search) {
    const query = read(search);
    const { words, states } = this.data;
    const before = this.state || {};
    const language = [query.get("lang"), before.language, navigator.language.split("-")[0]].find((code) => code in words);
    const found = this.names.get(this.society(search));
    const name = found || this.names.get(this.society(`scenario=${query.get("scenario")}`)) || Object.keys(states)[0];
    const { views } = states[name];
    const view = query.get("view") || views[0];
    const notes = Object.fromEntries([...query].filter(([key]) => key.includes(".")));
    this.show(name, { view: views.includes(view) ? view : views[0], notes: { ...before.notes, ...notes } }, language);
    if (!found || !views.includes(view)) this.state.complaint = this.words.atlas.not_recorded;
  }

  show(name, changes, language = this.state?.language) {
    const recorded = this.data.states[name];
    const { view = recorded.view, notes = {} } = this.state || {};
    if (name !== this.shown) this.generation += 1;
    this.shown = name;
    this.state = { ...recorded, view, notes, language: language || recorded.language, ...changes, generation: this.generation };
    this.words = this.data.words[this.state.language];
    this.state.search = this.address();
  }

  // The query stands behind a hash, which a file may change in its address.
  address() {
    const query = read(this.data.states[this.shown].search);
    for (const key of [...query.keys()]) if (key === "view" || key.includes(".")) query.delete(key);
    query.set("view", this.state.view);
    query.set("lang", this.state.language);
    for (const [name, value] of Object.entries(this.state.notes)) if (value) query.set(name, value);
    return `#${String(query).replaceAll("%3A", ":").replaceAll("%3D", "=")}`;
  }

  // --- societies ----------------------------------------------------------------------------------

  // What sets a society apart: scenario, chance, and rules unlike the scenario's; the same however it is written.
  society(search) {
    const query = read(search);
    const scenario = query.get("scenario") || this.data.catalogue[0].name;
    const founding = this.founding.get(scenario) || {};
    const changed = [...query].filter(([key, value]) => key === "at" || (key in founding && plain(value) !== plain(founding[key])));
    const rules = changed.map(([key, value]) => `${key}=${plain(value)}`).sort();
    return [scenario, Number(query.get("seed") || 1), query.get("member") || "", ...rules].join(" ");
  }

  // Whether the society of a query can be opened here.
  knows(search) {
    return this.names.has(this.society(search));
  }

  step({ step }) {
    return this.answer({ kind: "learn.story" }).steps.find((one) => one.name === step);
  }

  scene(message) {
    const { search, months } = this.step(message);
    this.months(message, "learn.frames", this.names.get(this.society(search)), months);
  }

  async months({ generation, start, count }, kind, name, last = Infinity) {
    try {
      if (!this.unpacked.has(name)) this.unpacked.set(name, recording(name));
      const [message, buffers] = cutOut(await this.unpacked.get(name), start, Math.min(count, last + 1 - start));
      this.tell({ kind, generation, ...message }, buffers);
    } catch (error) {
      this.tell({ kind: kind.replace("frames", "failed"), generation, reason: String(error) });
    }
  }
}

function read(search) {
  return new URLSearchParams((search || "").replace(/^[#?]/, ""));
}

// A rule's value as one text, whether it comes from a query or from a state.
function plain(value) {
  if (value === null) return "none";
  const number = Number(value);
  return typeof value !== "boolean" && value !== "" && Number.isFinite(number) ? String(number) : String(value);
}

// The bytes of one element of this file.
async function unpack(id) {
  const packed = Uint8Array.from(atob(document.getElementById(id).textContent), (sign) => sign.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

// A recording: its header, and measures, offices and people month by month.
async function recording(name) {
  const bytes = await unpack(name);
  const length = new DataView(bytes.buffer).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
  let place = 4 + length;
  const sizes = [4 * header.measures.length, 0, header.layout.dots.length];
  sizes[1] = (bytes.length - place) / header.count - sizes[0] - sizes[2];
  const planes = sizes.map((size, index) => {
    const part = bytes.subarray(place, (place += size * header.count));
    return { size, part: turned(part, header.count, index === 0 ? 4 : 1) };
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
      all.set(part.subarray(from, from + width), (month * things + thing) * width);
    }
  }
  return all;
}

// The months from `start` on as a server would send them.
function cutOut({ header, planes }, start, count) {
  const end = Math.min(start + count, header.count);
  const within = (entry) => entry.month >= start && entry.month < end;
  const message = {
    start, count: end - start, measures: header.measures, layout: start === 0 ? header.layout : {},
    events: header.events.filter(within), verdicts: header.verdicts.filter(within),
  };
  return [message, planes.map(({ part, size }) => new DataView(part.buffer, start * size, (end - start) * size))];
}

const player = new Player(JSON.parse(new TextDecoder().decode(await unpack("data"))));
addEventListener("hashchange", () => player.change({ kind: "open", search: location.hash }));
const place = document.getElementById("page");
place.replaceChildren();
widget.render({ model: player, el: place });
