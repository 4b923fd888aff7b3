// The society as it is organised: planners and heads above, directors over their workplaces, the
// council below, people as dots in their workplaces.

const TAKE_UNITS = 4; // steps of what is taken in a basket, as it travels
const RATE = 7; // how fast a mark takes its new shape, per second
const FLASH_SECONDS = 1.1;

class Society {
  constructor(store, look) {
    this.store = store;
    this.look = look;
    this.canvas = h("canvas", { class: "society-canvas", role: "img" });
    this.tip = h("div", { class: "tip", hidden: true });
    this.summary = h("p", { class: "unseen", id: "society-text" });
    this.node = h("div", { class: "society-frame", tabindex: "0", role: "group" }, this.canvas, this.tip, this.summary);
    this.marks = [];
    this.flashes = [];
    this.still = matchMedia("(prefers-reduced-motion: reduce)");
    this.canvas.addEventListener("pointermove", (event) => this.point(event));
    this.canvas.addEventListener("pointerleave", () => (this.tip.hidden = true));
    this.canvas.addEventListener("click", (event) => this.onChoose?.(this.at(event, event.pointerType === "touch" ? 18 : 9)));
    this.node.addEventListener("keydown", (event) => this.walk(event));
    new ResizeObserver(() => this.resize()).observe(this.node);
    store.on("layout", () => this.resize());
    store.on("month", () => this.aim(true));
    store.on("frames", () => this.marks.length && !this.aimed && this.aim(false));
    store.on("run", () => (this.aimed = false));
  }

  resize() {
    Object.assign(this, fitCanvas(this.canvas, this.node, { width: 200, height: 160 }));
    if (this.store.layout) {
      this.plan = planSociety(this.store, this.width, this.height);
      this.marks = this.plan.marks;
      this.things = this.placed();
      this.aimed = false;
      this.aim(false);
    }
    this.dirty = true;
  }

  // Give every mark its state of the month shown; marks move there in the next pictures.
  aim(moving) {
    const frame = this.store.frames[this.store.month];
    if (!frame || !this.marks.length) return;
    const count = this.marks.length;
    const jump = !moving || this.still.matches;
    this.marks.forEach((mark, index) => {
      const flags = frame.offices[count + index];
      mark.goal = frame.offices[index] / 255;
      mark.signedGoal = frame.offices[2 * count + index] / 255;
      mark.held = (flags & FLAG.held) > 0;
      mark.coOpted = (flags & FLAG.coOpted) > 0;
      mark.flags = flags;
      mark.favours = frame.offices[4 * count + index];
      mark.take = frame.offices[5 * count + index] / TAKE_UNITS;
      if (jump) Object.assign(mark, { diversion: mark.goal, signed: mark.signedGoal });
      else this.flash(mark, flags, frame.offices[3 * count + index]);
    });
    this.aimed = true;
    this.dirty = true;
    this.describe(frame);
  }

  flash(mark, flags, removed) {
    const thrown = removed >= 1 && removed <= 4;
    if (flags & FLAG.scandal) this.flashes.push({ mark, kind: "scandal", age: 0 });
    if (thrown) this.flashes.push({ mark, kind: "removed", age: 0 });
    if (this.flashes.length > 60) this.flashes.splice(0, this.flashes.length - 60);
  }

  tick(seconds) {
    const share = Math.min(1, seconds * RATE);
    for (const mark of this.marks) {
      const gap = mark.goal - mark.diversion;
      const signs = mark.signedGoal - mark.signed;
      if (Math.abs(gap) < 0.003 && Math.abs(signs) < 0.003) continue;
      mark.diversion += gap * share;
      mark.signed += signs * share;
      this.dirty = true;
    }
    for (const flash of this.flashes) flash.age += seconds / FLASH_SECONDS;
    if (this.flashes.length) {
      this.dirty = true;
      this.flashes = this.flashes.filter((flash) => flash.age < 1);
    }
    if (this.dirty) this.draw();
  }

  draw() {
    this.dirty = false;
    const context = emptied(this.canvas, this);
    const frame = this.store.frames[this.store.month];
    if (!frame || !this.plan) return;
    const colours = this.look.colours;
    drawGround(context, this.plan, this.look);
    drawGoods(context, this.plan, colours);
    drawFavours(context, this.plan, this.store.layout, colours);
    drawNames(context, this.plan, this.store, this.look);
    drawPeople(context, this.plan, frame.people, colours);
    for (const mark of this.marks) {
      drawSignatures(context, mark, colours);
      if (mark.tier === 3) drawDelegate(context, mark, colours);
      else drawOfficial(context, mark, colours);
    }
    const chosen = this.placeOf(this.chosen);
    if (chosen) drawChosen(context, chosen, colours);
    for (const flash of this.flashes) drawFlash(context, flash, flash.mark, colours);
  }

  // Count what the picture shows, for the legend and for those who do not see it.
  counts(frame) {
    const officials = this.marks.filter((mark) => mark.tier !== 3);
    const delegates = this.marks.filter((mark) => mark.tier === 3);
    const engaged = frame.people.reduce((sum, state) => sum + (state & 1), 0);
    return {
      officials: officials.length,
      takers: officials.filter((mark) => mark.held && mark.goal > 0.5).length,
      delegates: delegates.length,
      coOpted: delegates.filter((mark) => mark.coOpted).length,
      engaged: engaged / Math.max(1, frame.people.length),
    };
  }

  describe(frame) {
    const counts = this.counts(frame);
    const words = this.store.words;
    const text = words.say("dashboard.society_text", {
      month: this.store.month,
      officials: counts.officials,
      takers: counts.takers,
      delegates: counts.delegates,
      co_opted: counts.coOpted,
      engaged: words.percent(counts.engaged),
    });
    this.summary.textContent = text;
    this.canvas.setAttribute("aria-label", text);
    this.onCounts?.(counts);
  }

  // Every office and person drawn, as {who, row, x, y, radius}.
  placed() {
    const { dots } = this.plan;
    const people = this.store.layout.dots.map((row, dot) => ({ who: "person", row, x: dots.x[dot], y: dots.y[dot], radius: dots.radius }));
    return [...this.marks.map(({ index, x, y, radius }) => ({ who: "office", row: index, x, y, radius })), ...people];
  }

  // The office or person under the pointer: an office if it is hit, else a person, else an office nearby.
  at(event, reach) {
    if (!this.plan) return null;
    const box = this.canvas.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    const nearest = (who) => this.things.reduce((best, one) => {
      if (one.who !== who) return best;
      const gap = Math.hypot(one.x - x, one.y - y) - one.radius;
      return gap < best.gap ? { who, row: one.row, gap } : best;
    }, { gap: Infinity });
    const [office, person] = [nearest("office"), nearest("person")];
    const found = office.gap <= 3 || person.gap > reach ? office : person;
    return found.gap <= reach ? { who: found.who, row: found.row } : null;
  }

  choose(chosen) {
    this.chosen = chosen;
    this.tip.hidden = true;
    this.dirty = true;
  }

  // On a narrow page the card covers the lower half: the picture goes up to be seen above it.
  reveal() {
    if (innerWidth < 1000) this.node.parentNode.scrollIntoView({ block: "start" });
  }

  // Arrow keys go to the nearest thing in their direction.
  walk(event) {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!this.plan || !(step || event.key === "Enter")) return;
    event.preventDefault();
    const { things } = this;
    const here = this.placeOf(this.chosen);
    if (!here || !step) return void this.onChoose?.(here ? this.chosen : things.find((one) => this.marks[one.row].tier === 2));
    let [best, least] = [null, Infinity];
    for (const one of things) {
      const [dx, dy] = [one.x - here.x, one.y - here.y];
      const ahead = dx * step[0] + dy * step[1];
      const aside = Math.abs(dx * step[1]) + Math.abs(dy * step[0]);
      if (ahead > 0.5 && ahead + 3 * aside < least) [best, least] = [one, ahead + 3 * aside];
    }
    if (best) this.onChoose?.({ who: best.who, row: best.row });
  }

  placeOf(chosen) {
    if (!chosen || !this.plan) return null;
    if (chosen.who === "office") return this.marks[chosen.row];
    const dot = this.store.layout.dots.indexOf(chosen.row);
    const { dots } = this.plan;
    return dot < 0 ? null : { x: dots.x[dot], y: dots.y[dot], radius: dots.radius };
  }

  point(event) {
    const found = this.at(event, 7);
    const same = found && this.chosen && found.who === this.chosen.who && found.row === this.chosen.row;
    if (found?.who !== "office" || same) {
      this.tip.hidden = true;
      return;
    }
    const box = this.canvas.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    const mark = this.marks[found.row];
    const words = this.store.words;
    const lines = [words.office(this.store.layout, mark.index)];
    if (!mark.held) lines.push(words.say("dashboard.vacant"));
    else if (mark.take > 0) lines.push(words.say("dashboard.takes", { amount: words.number(mark.take, 1), share: words.percent(mark.goal) }));
    else lines.push(words.say("dashboard.diverts", { share: words.percent(mark.goal) }));
    if (mark.held && mark.coOpted) {
      const patron = mark.favours - 1;
      lines.push(this.marks[patron] && mark.favours < 255
        ? words.say("dashboard.favours_of", { office: words.office(this.store.layout, patron) })
        : words.say("dashboard.on_favours"));
    } else if (mark.held && mark.favours) lines.push(words.say("dashboard.shielded"));
    if (mark.signedGoal > 0.004) {
      lines.push(words.say("dashboard.signed", { share: words.percent(mark.signedGoal) }));
    }
    this.tip.replaceChildren(...lines.map((line, place) => h(place ? "span" : "b", {}, line)));
    this.tip.hidden = false;
    this.tip.style.left = `${Math.min(x + 14, this.width - 190)}px`;
    this.tip.style.top = `${Math.min(y + 14, this.height - 64)}px`;
  }
}
