// Whether the server is there. The page goes on with what has arrived. Solara's script tries to
// connect again at ever longer intervals and gives up; here the server is knocked at until it answers.

const LOST_AFTER = 1500;
const LOOK_EVERY = 500;
const KNOCK_EVERY = 10;

class Connection {
  constructor(page) {
    this.page = page;
    this.node = h("p", { class: "connection", role: "status", hidden: true });
    this.looks = 0;
    this.was = performance.now(); // connected, or the page would not be here
    this.watch = setInterval(() => this.look(), LOOK_EVERY);
  }

  get status() {
    return globalThis.solara?.debug?.connectionStatus;
  }

  look() {
    this.looks += 1;
    if (this.status === "connected" || this.status === undefined) this.was = performance.now(); // or without a server
    const lost = performance.now() - this.was > LOST_AFTER;
    if (lost === this.node.hidden) {
      this.node.hidden = !lost;
      this.node.textContent = lost ? this.page.words.say("shell.connection_lost") : "";
    }
    if (lost && this.looks % KNOCK_EVERY === 0) this.knock();
  }

  async knock() {
    try {
      const answer = await fetch(`${globalThis.solara?.rootPath ?? ""}/readyz`, { cache: "no-store" });
      if (answer.ok && this.status !== "connected") await globalThis.solara.debug.kernel().reconnect();
    } catch (error) {
      // nobody is there yet
    }
  }

  release() {
    clearInterval(this.watch);
  }
}
