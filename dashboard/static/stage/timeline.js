// What stands above and below the lines of a chart: events, and which regime ruled when.

// What happened when, above the lines: scandals upwards, removals downwards, changed rules on the line.
const STRIP = [["scandal", ["scandal"]], ["removal", ["recall", "dismissal"]], ["rule", ["amendment", "rule_set"]]];

function countEvents(store) {
  const counts = Object.fromEntries(STRIP.map(([kind, kinds]) => [kind,
    store.events.filter((event) => event.month <= store.month && kinds.includes(event.kind)).length]));
  const own = store.state.schedule.filter(([month]) => month > 0 && month <= store.month);
  return { ...counts, rule: counts.rule + own.reduce((sum, [, changes]) => sum + Object.keys(changes).length, 0) };
}

// How many events of each kind there were, by month; counted again only when others have arrived.
const COUNTED = new WeakMap();

function eventsByMonth(events) {
  const known = COUNTED.get(events);
  if (known?.until === events.length) return known.months;
  const months = new Map();
  for (const event of events) {
    const kind = STRIP.find(([, kinds]) => kinds.includes(event.kind))?.[0];
    if (!kind) continue;
    if (!months.has(event.month)) months.set(event.month, {});
    const month = months.get(event.month);
    month[kind] = (month[kind] || 0) + 1;
  }
  COUNTED.set(events, { until: events.length, months });
  return months;
}

function drawStrip(context, chart, look) {
  const { store } = chart;
  const line = 14.5;
  const wide = Math.max(1.2, Math.min(4, (chart.x(1) - chart.x(0)) * 0.7));
  context.fillStyle = look.colours.line;
  context.fillRect(chart.box.left, line - 0.5, chart.box.right - chart.box.left, 1);
  for (const [month, { scandal, removal, rule }] of eventsByMonth(store.events)) {
    if (month > store.month) continue;
    const x = chart.x(month);
    const high = (count) => Math.min(11, 3 + 2 * count);
    if (scandal) bar(context, look.colours.alarm, x, wide, line - high(scandal), high(scandal));
    if (removal) bar(context, look.colours.control, x, wide, line, high(removal));
    if (!rule) continue;
    context.fillStyle = look.colours.ink;
    context.beginPath();
    context.arc(x, line, 2.6, 0, 2 * Math.PI);
    context.fill();
  }
}

function bar(context, colour, x, wide, y, high) {
  context.fillStyle = colour;
  context.fillRect(x - wide / 2, y, wide, high);
}

function stripMark(kind) {
  const shape = kind === "rule" ? h("circle", { class: "strip-rule", cx: 7, cy: 7, r: 2.8 })
    : h("path", { class: `strip-${kind}`, d: kind === "scandal" ? "M6 1h2.4v6H6z" : "M6 7h2.4v6H6z" });
  return h("svg", { class: "key-mark", viewBox: "0 0 14 14", width: 13, height: 13, "aria-hidden": "true" },
    h("path", { class: "strip-line", d: "M0 7h14" }), shape);
}

// Which regime ruled when: one band under the months, each regime with its own colour and hatch.
function drawRibbon(context, chart, look) {
  const { bottom } = chart.box;
  const y = bottom + 5;
  const verdicts = chart.store.verdicts.filter((verdict) => verdict.month <= chart.store.month);
  context.fillStyle = look.colours.tile;
  context.fillRect(chart.x(0), y, chart.x(chart.store.months) - chart.x(0), 9);
  verdicts.forEach((verdict, place) => {
    const left = chart.x(verdict.month - 1);
    const end = verdicts[place + 1] ? verdicts[place + 1].month - 1 : chart.store.month;
    const width = chart.x(end) - left;
    if (width <= 0) return;
    context.fillStyle = look.regime(verdict.regime);
    context.fillRect(left, y, width + 0.5, 9);
    hatch(context, verdict.regime, [{ left, y, width, height: 9 }], look);
  });
}

// A regime's hatch over boxes, so that colour is not needed to tell one from another.
function hatch(context, regime, boxes, look) {
  const pitch = { bureaucratic_degeneration: 6, digital_dictatorship: 3, restoration: 2, contested: 12 }[regime];
  if (!pitch || !boxes.length) return;
  const left = Math.min(...boxes.map((box) => box.left));
  const right = Math.max(...boxes.map((box) => box.left + box.width));
  const top = Math.min(...boxes.map((box) => box.y));
  const high = Math.max(...boxes.map((box) => box.y + box.height)) - top;
  context.save();
  context.beginPath();
  for (const box of boxes) context.rect(box.left, box.y, box.width, box.height);
  context.clip();
  context.strokeStyle = look.colours.paper;
  context.lineWidth = 1;
  context.globalAlpha = 0.55;
  context.beginPath();
  for (let x = left - high; x < right; x += pitch) {
    context.moveTo(x, top + high);
    context.lineTo(x + high, top);
  }
  context.stroke();
  context.restore();
}
