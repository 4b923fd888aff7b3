// The line to the server: what was said just before a connection was lost is said again (line.py).

const MOST_KEPT = 200;

class Line {
  constructor(model) {
    this.model = model;
    this.said = 0;
    this.heard = 0;
    this.kept = [];
    this.listeners = new Map();
    this.reconnections = 0;
    this.watch = setInterval(() => this.look(), 500);
  }

  send(message) {
    this.said += 1;
    const numbered = { ...message, number: this.said, heard: this.heard };
    this.kept = [...this.kept, numbered].slice(-MOST_KEPT);
    this.model.send(numbered);
  }

  // Returns whether a message is the next one for the page.
  hear(message) {
    if (message.kind === "resumed") {
      this.heard = Math.max(this.heard, message.first - 1);
      this.kept = this.kept.filter((one) => one.number > message.heard);
      for (const one of this.kept) this.model.send({ ...one, heard: this.heard });
      return false;
    }
    if (message.number === undefined) return true;
    if (message.number !== this.heard + 1) return false;
    this.heard = message.number;
    return true;
  }

  on(name, listener) {
    const own = name === "msg:custom" ? (message, buffers) => this.hear(message) && listener(message, buffers) : listener;
    this.listeners.set(listener, own);
    this.model.on(name, own);
  }

  off(name, listener) {
    this.model.off(name, this.listeners.get(listener) || listener);
  }

  // Solara's script counts how often it was connected anew.
  look() {
    const count = globalThis.solara?.debug?.reconnectCount || 0;
    if (count === this.reconnections || solara.debug.connectionStatus !== "connected") return;
    this.reconnections = count;
    this.model.send({ kind: "resume", heard: this.heard, number: this.kept[0]?.number ?? this.said + 1 });
  }

  close() {
    clearInterval(this.watch);
  }
}
