// A small living society with one measure under it: a Store of its own, fed by the view's part.

class Scene {
  constructor(view, asked, about) {
    this.view = view;
    this.started = false;
    this.traced = false;
    const state = {
      scenario: about.scenario, months: about.months, seed: about.seed, language: view.words.language, rules: about.rules,
      schedule: [], generation: (Scene.count = (Scene.count || 0) + 1), kept_until: -1, controls: [], notes: {},
    };
    const facade = {
      get: (name) => (name === "state" ? state : view.page.model.get(name)),
      send: ({ start, count, generation }) => view.ask("months", { ...asked, start, count, generation }),
    };
    this.store = new Store(facade);
    this.society = new Society(this.store, view.look);
    this.months = h("p", { class: "scene-month" });
    this.drawn = new Trace(view);
    this.complaint = h("p", { class: "note", role: "alert", hidden: true });
    this.key = h("ul", { class: "key" });
    this.node = h("div", { class: "scene" }, this.society.node, h("div", { class: "scene-line" }, this.months, this.key), this.complaint,
      this.help(), this.drawn.node);
    this.society.onCounts = (counts) => this.key.replaceChildren(...countedKey(counts, view.words));
    this.drawn.node.hidden = true;
    this.store.on("month", () => this.passed());
    this.store.on("frames", () => {
      this.store.catchUp();
      this.passed();
    });
    this.store.on("failed", () => this.complain());
    this.passed();
    this.store.wake();
  }

  say(name, values) {
    return this.view.say(name, values);
  }

  help() {
    const { words } = this.view;
    const { chart, ...hints } = words.find("dashboard.help");
    return h("details", { class: "table-details scene-help" }, h("summary", {}, words.say("ui.help")),
      h("ul", {}, Object.values(hints).map((hint) => h("li", {}, hint))));
  }

  start() {
    this.started = true;
    this.store.speed = this.store.months / STORY_SECONDS;
    this.store.seek(0);
    this.store.play();
  }

  end() {
    this.store.pause();
    this.store.seek(this.store.months);
  }

  rest() {
    this.store.sleep();
  }

  // Its scale would tell something of the outcome, so nothing is drawn before time passes.
  trace(measure, here, there) {
    this.traced = true;
    this.drawn.node.hidden = this.store.month === 0;
    this.drawn.show(measure, here.years[measure], there?.years[measure], this.store.months);
    this.drawn.until(this.store.month);
  }

  passed() {
    const { month, months } = this.store;
    const here = this.store.frames.length > 0;
    this.months.textContent = here ? this.say("story.picture", { month, months }) : this.view.words.say("ui.loading");
    if (this.traced) {
      this.drawn.node.hidden = month === 0;
      this.drawn.until(month);
    }
    this.onMonth?.(month);
  }

  complain() {
    this.complaint.hidden = false;
    this.complaint.textContent = this.view.words.say("ui.failed", { reason: this.store.failure });
  }

  receive(message, buffers) {
    this.store.receive({ ...message, kind: message.reason ? "failed" : "frames" }, buffers);
  }

  tick(seconds) {
    this.store.pass(seconds);
    this.society.tick(seconds);
  }
}
