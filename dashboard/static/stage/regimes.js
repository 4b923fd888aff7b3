// A mark for each regime: its shape and fill tell it apart where colour does not.

const REGIME_SHAPES = {
  workers_democracy: { path: "M8 2a6 6 0 1 0 0 12A6 6 0 1 0 8 2z", full: true },
  struggling_democracy: { path: "M8 2.6a5.4 5.4 0 1 0 0 10.8A5.4 5.4 0 1 0 8 2.6z", full: false },
  enlightened_technocracy: { path: "M2.8 2.8h10.4v10.4H2.8z", full: false },
  bureaucratic_degeneration: { path: "M8 1.4L15 14H1z", full: true },
  digital_dictatorship: { path: "M2.4 2.4h11.2v11.2H2.4z", full: true },
  restoration: { path: "M8 .8L15.2 8 8 15.2.8 8z", full: true },
  contested: { path: "M3 3l10 10M13 3L3 13", full: false },
};

function regimeMark(name, look) {
  const { path, full } = REGIME_SHAPES[name] || REGIME_SHAPES.contested;
  const colour = look.regime(name);
  const shape = h("path", { d: path, fill: full ? colour : "none", stroke: colour, "stroke-width": full ? 1 : 2.2 });
  return h("svg", { class: "regime-mark", viewBox: "0 0 16 16", "aria-hidden": "true" }, shape);
}
