// The shape of an office: clean hands are round; the more the holder takes, the more pointed the
// mark and the fuller it is. Fill and shape say the same, so that colour is never needed.

function superellipse(context, x, y, radius, exponent) {
  const steps = 40;
  context.beginPath();
  for (let step = 0; step <= steps; step += 1) {
    const angle = (step / steps) * 2 * Math.PI;
    const cosine = Math.cos(angle);
    const sine = Math.sin(angle);
    const dx = Math.sign(cosine) * Math.abs(cosine) ** (2 / exponent) * radius;
    const dy = Math.sign(sine) * Math.abs(sine) ** (2 / exponent) * radius;
    if (step === 0) context.moveTo(x + dx, y + dy);
    else context.lineTo(x + dx, y + dy);
  }
  context.closePath();
}

// From a circle (2) over a diamond (1) to a star (0.55).
function pointedness(diversion) {
  return diversion <= 0.5 ? 2 - 2 * diversion : 1 - 0.9 * (diversion - 0.5);
}

function drawOfficial(context, mark, colours) {
  const { x, y, held, diversion } = mark;
  const radius = mark.radius * (1 + 0.45 * diversion);
  superellipse(context, x, y, radius, pointedness(diversion));
  context.fillStyle = colours.paper;
  context.fill();
  if (!held) {
    context.setLineDash([2, 2]);
    context.strokeStyle = colours.faint;
    context.lineWidth = 1.2;
    context.stroke();
    context.setLineDash([]);
    return;
  }
  context.save();
  context.clip();
  context.fillStyle = colours.take;
  const level = diversion > 0.02 ? diversion : 0;
  context.fillRect(x - radius, y + radius - 2 * radius * level, 2 * radius, 2 * radius * level);
  context.restore();
  superellipse(context, x, y, radius, pointedness(diversion));
  context.strokeStyle = diversion > 0.5 ? colours.take : colours.ink;
  context.lineWidth = mark.tier === 0 ? 1.2 : 1.6;
  context.stroke();
}

// Delegates are full of their own colour; what they take rises in them as in officials.
function drawDelegate(context, mark, colours) {
  const { x, y, held, diversion } = mark;
  const radius = mark.radius * (1 + 0.25 * diversion);
  context.lineWidth = 1.4;
  if (mark.coOpted) {
    superellipse(context, x, y, mark.radius * 1.25, 1);
    context.fillStyle = colours.take;
    context.fill();
    context.strokeStyle = colours.take;
    context.stroke();
    context.beginPath();
    context.arc(x, y, mark.radius * 0.36, 0, 2 * Math.PI);
    context.fillStyle = colours.paper;
    context.fill();
    return;
  }
  superellipse(context, x, y, radius, pointedness(diversion));
  context.fillStyle = held ? colours.control : colours.paper;
  context.fill();
  if (held && diversion > 0.02) {
    context.save();
    context.clip();
    context.fillStyle = colours.take;
    context.fillRect(x - radius, y + radius - 2 * radius * diversion, 2 * radius, 2 * radius);
    context.restore();
    superellipse(context, x, y, radius, pointedness(diversion));
  }
  if (!held) context.setLineDash([2, 2]);
  context.strokeStyle = held ? colours.control : colours.faint;
  context.stroke();
  context.setLineDash([]);
}

// Signatures close a ring around the office whose holder they want to remove.
function drawSignatures(context, mark, colours) {
  if (mark.signed <= 0.01) return;
  context.beginPath();
  const start = -Math.PI / 2;
  context.arc(mark.x, mark.y, mark.radius * 1.55 + 1.5, start, start + 2 * Math.PI * mark.signed);
  context.strokeStyle = colours.control;
  context.lineWidth = 2;
  context.stroke();
}

// A square frame around whoever is being explained.
function drawChosen(context, { x, y, radius }, colours) {
  const reach = radius * 1.45 + 4;
  for (const [colour, wide] of [[colours.paper, 5], [colours.ink, 2]]) {
    context.strokeStyle = colour;
    context.lineWidth = wide;
    context.strokeRect(x - reach, y - reach, 2 * reach, 2 * reach);
  }
}

// Removal and scandal fade within a second: `age` runs from 0 to 1.
function drawFlash(context, flash, mark, colours) {
  const reach = mark.radius * (1.6 + 1.8 * flash.age);
  context.globalAlpha = 1 - flash.age;
  context.lineWidth = 2.2;
  if (flash.kind === "scandal") {
    context.strokeStyle = colours.alarm;
    context.beginPath();
    for (let ray = 0; ray < 8; ray += 1) {
      const angle = (ray / 8) * 2 * Math.PI;
      context.moveTo(mark.x + Math.cos(angle) * reach * 0.7, mark.y + Math.sin(angle) * reach * 0.7);
      context.lineTo(mark.x + Math.cos(angle) * reach * 1.15, mark.y + Math.sin(angle) * reach * 1.15);
    }
    context.stroke();
  } else {
    context.strokeStyle = colours.control;
    context.beginPath();
    context.arc(mark.x, mark.y, reach, 0, 2 * Math.PI);
    context.stroke();
    if (flash.kind === "removed") {
      const arm = mark.radius * 1.1;
      context.beginPath();
      context.moveTo(mark.x - arm, mark.y - arm);
      context.lineTo(mark.x + arm, mark.y + arm);
      context.moveTo(mark.x + arm, mark.y - arm);
      context.lineTo(mark.x - arm, mark.y + arm);
      context.stroke();
    }
  }
  context.globalAlpha = 1;
}

// A small copy of a mark, for legends.
function keyMark(kind) {
  const shapes = {
    taker: [
      h("circle", { class: "key-ink", cx: 6, cy: 7, r: 4.4 }),
      h("path", { class: "key-half", d: "M16.2 7h9.6L21 12z" }),
      h("path", { class: "key-ink", d: "M21 1.8L26.2 7 21 12.2 15.8 7z" }),
      h("path", { class: "key-edge", d: "M37 0Q38 6 44 7Q38 8 37 14Q36 8 30 7Q36 6 37 0z" }),
    ],
    favour: [h("path", { class: "key-take", d: "M7 1l6 6-6 6-6-6z" }), h("circle", { class: "key-hole", cx: 7, cy: 7, r: 2 })],
    engaged: [h("circle", { class: "key-control", cx: 7, cy: 7, r: 3.6 })],
  };
  const wide = kind === "taker" ? 45 : 14;
  return h("svg", { class: "key-mark", viewBox: `0 0 ${wide} 14`, width: (wide * 13) / 14, height: 13,
    "aria-hidden": "true" }, shapes[kind]);
}

// What the marks mean, with how many there are of each in the month shown.
function countedKey(counts, words) {
  const entry = (kind, text) => h("li", {}, keyMark(kind), h("span", {}, text));
  return [
    entry("taker", words.say("dashboard.key_takers", { count: counts.takers, all: counts.officials })),
    entry("favour", words.say("dashboard.key_favours", { count: counts.coOpted, all: counts.delegates })),
    entry("engaged", words.say("dashboard.key_engaged", { share: words.percent(counts.engaged) })),
  ];
}
