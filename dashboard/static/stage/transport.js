// Play, pause, step, scrub: time is the reader's.

const SPEEDS = [2, 6, 12, 24];

class Transport {
  constructor(store) {
    this.store = store;
    this.node = h("div", { class: "transport", role: "group" });
    store.on("transport", () => this.refresh());
    store.on("month", () => this.refresh());
    store.on("frames", () => this.refresh());
    this.build();
  }

  build() {
    const { store } = this;
    const words = store.words;
    const button = (name, key, onclick, extra = "") => h("button", {
      type: "button", class: `tool ${extra}`, "aria-label": words.say(key), title: words.say(key), onclick,
    }, icon(name));
    this.node.setAttribute("aria-label", words.say("dashboard.time"));
    this.reset = button("reset", "ui.reset", () => this.go(0), "reset");
    this.back = button("back", "ui.back", () => this.go(store.month - 1), "back");
    this.play = h("button", { type: "button", class: "play", onclick: () => this.toggle() });
    this.step = button("step", "ui.step", () => this.go(store.month + 1));
    this.end = button("end", "dashboard.to_end", () => this.go(store.months), "end");
    this.scrub = h("input", {
      type: "range", class: "scrub", min: 0, max: store.months, step: 1, value: store.month,
      "aria-label": words.say("ui.month"), oninput: () => this.go(Number(this.scrub.value)),
    });
    this.month = h("output", { class: "month" });
    this.speed = h("select", {
      class: "speed", "aria-label": words.say("ui.speed"), title: words.say("ui.speed"),
      onchange: () => (store.speed = Number(this.speed.value)),
    }, SPEEDS.map((value) => h("option", { value, selected: value === store.speed },
      words.say("dashboard.speed_value", { value }))));
    this.rules = h("button", { type: "button", class: "tool open-rules", "aria-haspopup": "dialog" },
      icon("rules"), h("span", {}, words.say("ui.rules")));
    this.rules.addEventListener("click", () => this.onRules?.());
    this.node.replaceChildren(this.reset, this.back, this.play, this.step, this.end, this.scrub,
      this.month, this.speed, this.rules);
    this.refresh();
  }

  go(month) {
    this.store.pause();
    this.store.seek(month);
    this.refresh();
  }

  toggle() {
    if (this.store.playing) this.store.pause();
    else this.store.play();
  }

  refresh() {
    const { store } = this;
    const words = store.words;
    const key = store.playing ? "pause" : "play";
    if (this.shown !== `${key}${words.language}`) {
      this.play.replaceChildren(icon(key), h("span", {}, words.say(`ui.${key}`)));
      this.play.setAttribute("aria-label", words.say(`ui.${key}`));
      this.shown = `${key}${words.language}`;
    }
    const place = store.playing ? store.month : Math.floor(store.position);
    this.scrub.max = store.months;
    this.scrub.value = place;
    this.scrub.style.setProperty("--done", `${(100 * place) / store.months}%`);
    this.scrub.style.setProperty("--loaded", `${(100 * Math.max(0, store.loaded)) / store.months}%`);
    const text = words.say("ui.month_of", { month: place, months: store.months });
    this.scrub.setAttribute("aria-valuetext", text);
    this.month.replaceChildren(h("b", {}, String(place)), ` / ${store.months}`);
    this.month.setAttribute("aria-label", text);
    this.back.disabled = this.reset.disabled = store.month === 0 && !store.playing;
    this.step.disabled = this.end.disabled = store.month >= store.months;
  }
}
