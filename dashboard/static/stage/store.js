// What the browser knows of the society: months as they arrive, and where the reader is in time.
// The server answers requests for months; the browser plays. A generation number drops late answers.

const FLAG = { held: 1, coOpted: 2, fresh: 4, scandal: 8, ballot: 16, audited: 32, elected: 64, lot: 128 };
const PLANES = 6;
const AHEAD = 60;

class Store {
  constructor(model) {
    this.model = model;
    this.listeners = {};
    this.playing = false;
    this.awake = false;
    this.speed = 6;
    this.month = 0;
    this.position = 0;
    this.take();
    this.forget(-1);
  }

  on(name, listener) {
    (this.listeners[name] ||= []).push(listener);
  }

  emit(name, detail) {
    for (const listener of this.listeners[name] || []) listener(detail);
  }

  take() {
    this.state = this.model.get("state");
    this.words = new Words(this.model.get("words"), this.state.language);
  }

  get months() {
    return this.state.months;
  }

  get loaded() {
    return this.frames.length - 1;
  }

  // Forget everything after `month`: another run (-1), or a rule changed after that month.
  forget(month) {
    if (month < 0) {
      this.frames = [];
      this.verdicts = [];
      this.events = [];
      this.layout = null;
      this.column = {};
    } else {
      this.frames.length = Math.min(this.frames.length, month + 1);
      this.verdicts = this.verdicts.filter((verdict) => verdict.month <= month);
      this.events = this.events.filter((event) => event.month <= month);
    }
    this.asked = this.frames.length;
    this.chunks = 0;
    this.all = null;
    this.failure = "";
  }

  changed() {
    const before = this.state;
    this.failure = "";
    this.take();
    if (this.state.generation !== before.generation) {
      const kept = this.state.kept_until;
      this.forget(kept);
      if (kept < 0) this.seek(0);
      else if (this.month > kept) this.seek(kept);
      this.emit("run");
      this.ask();
    }
    this.emit("state", { language: before.language !== this.state.language });
  }

  // Only what is shown is computed.
  wake() {
    this.awake = true;
    this.ask();
  }

  sleep() {
    this.pause();
    this.awake = false;
  }

  // Ask for the next months as long as the reader could soon need them.
  ask() {
    if (!this.awake && !this.all) return;
    const wanted = this.all ? this.months : Math.min(this.months, Math.ceil(this.position) + AHEAD);
    if (this.asked > wanted || this.asked > this.frames.length) return;
    const count = [this.asked === 0 ? 11 : 10, 40][this.chunks] ?? 50;
    const request = { kind: "months", generation: this.state.generation, start: this.asked, count };
    this.asked = Math.min(this.asked + count, this.months + 1);
    this.chunks += 1;
    this.model.send(request);
  }

  // Have every month of the run here, and call `then`.
  whole(then) {
    this.all = then;
    this.complete();
    this.ask();
  }

  complete() {
    if (!this.all || this.loaded < this.months) return;
    const then = this.all;
    this.all = null;
    then();
  }

  receive(message, buffers) {
    if (message.generation !== this.state.generation) return;
    if (message.kind === "failed") {
      this.failure = message.reason;
      this.all = null;
      this.asked = this.frames.length;
      this.pause();
      this.emit("failed");
      return;
    }
    if (message.kind !== "frames" || message.start !== this.frames.length) return;
    this.unpack(message, buffers);
    this.complete();
    this.ask();
    this.emit("frames");
  }

  unpack(message, buffers) {
    const copy = (view) => view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength);
    const values = new Float32Array(copy(buffers[0]));
    const offices = new Uint8Array(copy(buffers[1]));
    const people = new Uint8Array(copy(buffers[2]));
    if (message.start === 0) {
      this.layout = message.layout;
      message.measures.forEach((name, place) => (this.column[name] = place));
      this.emit("layout");
    }
    const widths = [values, offices, people].map((all) => all.length / message.count);
    const part = (all, width, index) => all.subarray(index * width, (index + 1) * width);
    for (let index = 0; index < message.count; index += 1) {
      this.frames.push({
        values: part(values, widths[0], index),
        offices: part(offices, widths[1], index),
        people: part(people, widths[2], index),
      });
    }
    this.verdicts.push(...message.verdicts);
    this.events.push(...message.events);
  }

  measure(name, month = this.month) {
    const frame = this.frames[month];
    const place = this.column[name];
    return frame && place !== undefined ? frame.values[place] : NaN;
  }

  // A verdict looks at the mean of the last year.
  yearly(name, month = this.month) {
    let [sum, count] = [0, 0];
    for (let one = Math.max(1, month - this.layout.thresholds.months + 1); one <= month; one += 1) {
      const value = this.measure(name, one);
      if (Number.isFinite(value)) [sum, count] = [sum + value, count + 1];
    }
    return count ? sum / count : NaN;
  }

  verdict(month = this.month) {
    return this.verdicts.findLast((verdict) => verdict.month <= month) || null;
  }

  // The rules after the month shown, as set by scenario and reader.
  rules(month = this.month) {
    const rules = { ...this.state.rules };
    for (const [at, changes] of this.state.schedule) if (at <= month) Object.assign(rules, changes);
    return rules;
  }

  play() {
    this.failure = "";
    if (this.month >= this.months) this.seek(0);
    this.playing = true;
    this.emit("transport");
  }

  pause() {
    if (!this.playing) return;
    this.playing = false;
    this.seek(this.month);
    this.emit("transport");
  }

  seek(month) {
    this.position = Math.max(0, Math.min(this.months, month));
    this.settle();
    this.ask();
  }

  // Time passes: `seconds` since the last picture. Waits where months have not arrived yet.
  pass(seconds) {
    if (!this.playing) return;
    const limit = Math.min(this.loaded, this.months);
    this.position = Math.max(this.month, Math.min(limit, this.position + seconds * this.speed));
    this.settle();
    this.ask();
    if (this.month >= this.months) this.pause();
  }

  settle() {
    const month = Math.max(0, Math.min(Math.floor(this.position), this.loaded));
    if (month === this.month) return;
    this.month = month;
    this.emit("month");
  }

  // A month that was sought before it arrived is reached as soon as it does.
  catchUp() {
    if (!this.playing && Math.floor(this.position) !== this.month) this.settle();
  }
}
