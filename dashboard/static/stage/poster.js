// Verdict, society, chart and legend on one sheet, with what it is of and what it is not.

const MARGIN = 28;
const LINE = 21;
const SHARP = 2; // pixels of the picture in a pixel of the page

class Poster {
  constructor(page, society, chart, verdict) {
    Object.assign(this, { page, society, chart });
    this.look = page.look;
    this.canvas = h("canvas");
    this.context = this.canvas.getContext("2d");
    this.width = Math.max(society.width, chart.width, 560);
    this.texts = this.head(verdict);
    this.entries = chart.entries();
    this.columns = Math.max(1, Math.floor(this.width / 260));
    this.foot = [page.words.say("ui.caution"), page.share.link].flatMap((text) => this.wrapped(this.font(11), text));
  }

  font(size) {
    return `${size}px ${this.look.font}`;
  }

  // The lines at the top, as [font, colour, text, height].
  head(verdict) {
    const { page, look } = this;
    const { store, words } = page;
    const serif = getComputedStyle(page.root).getPropertyValue("--serif");
    const of = [titleOf(page), words.say("ui.month_of", { month: store.month, months: store.months }), words.say("share.seed", { seed: store.state.seed })];
    return [
      [`600 30px ${serif}`, verdict.node.style.getPropertyValue("--regime"), verdict.regime.textContent, 40],
      [this.font(15), look.colours.ink, verdict.sentence.textContent, LINE],
      [this.font(13), look.colours.soft, of.join(" · "), LINE],
    ].flatMap(([font, colour, text, high]) => this.wrapped(font, text).map((part) => [font, colour, part, high]));
  }

  draw() {
    const { canvas, chart, context, foot, look, society, texts, width } = this;
    const below = Math.ceil(this.entries.length / this.columns) * LINE;
    const head = texts.reduce((sum, [, , , high]) => sum + high, 0);
    const high = 1.5 * MARGIN + head + society.height + chart.height + below + foot.length * 16 + 58;
    Object.assign(canvas, { width: (width + 2 * MARGIN) * SHARP, height: high * SHARP });
    context.scale(SHARP, SHARP);
    context.fillStyle = look.colours.paper;
    context.fillRect(0, 0, width + 2 * MARGIN, high);
    let y = MARGIN;
    for (const [font, colour, text, tall] of texts) {
      this.write(font, colour, text, MARGIN, y + tall * 0.75);
      y += tall;
    }
    context.drawImage(society.canvas, MARGIN, y + 14, society.width, society.height);
    y += society.height + 32;
    context.drawImage(chart.canvas, MARGIN, y, chart.width, chart.height);
    y += chart.height + 12;
    this.entries.forEach((entry, place) => this.legend(entry, place, y));
    y += below + 14;
    foot.forEach((text, place) => this.write(this.font(11), look.colours.soft, text, MARGIN, y + 12 + place * 16));
    return canvas;
  }

  legend({ colour, dash, text }, place, top) {
    const { columns, context, width } = this;
    const left = MARGIN + (place % columns) * (width / columns);
    const middle = top + Math.floor(place / columns) * LINE + LINE / 2;
    context.strokeStyle = colour;
    context.lineWidth = 2.2;
    context.setLineDash(dash);
    context.beginPath();
    context.moveTo(left, middle);
    context.lineTo(left + 30, middle);
    context.stroke();
    context.setLineDash([]);
    this.write(this.font(13), this.look.colours.ink, text, left + 38, middle + 4.5);
  }

  write(font, colour, text, x, y) {
    Object.assign(this.context, { font, fillStyle: colour, textBaseline: "alphabetic" });
    this.context.fillText(text, x, y);
  }

  // Lines that fit; a link may be broken after an &.
  wrapped(font, text) {
    this.context.font = font;
    const lines = [""];
    for (const part of text.split(/(?<=[ &])/)) {
      const longer = lines.at(-1) + part;
      if (this.context.measureText(longer.trimEnd()).width <= this.width || !lines.at(-1)) lines[lines.length - 1] = longer;
      else lines.push(part);
    }
    return lines.map((line) => line.trimEnd()).filter(Boolean);
  }
}
