// Texts with words of the glossary in them, written [shown](term): a click explains the word in place.

const TERM_AREAS = ["view_learn.terms", "regimes", "tiers", "rules", "measures"];

function termKey(words, term) {
  const area = TERM_AREAS.find((one) => words.has(`${one}.${term}.label`));
  return area ? `${area}.${term}` : "";
}

// A paragraph whose terms can be opened; `lookUp` turns to the glossary.
function paragraph(view, text, lookUp, attributes = {}) {
  const note = h("p", { class: "term-note", hidden: true, role: "note" });
  const parts = text.split(/(\[[^\]]+\]\([a-z_]+\))/).map((part) => {
    const found = part.match(/^\[([^\]]+)\]\(([a-z_]+)\)$/);
    return found ? termButton(view, found[1], found[2], note, lookUp) : part;
  });
  return h("div", { class: "paragraph" }, h("p", attributes, parts), note);
}

function termButton(view, shown, term, note, lookUp) {
  const { words } = view;
  const key = termKey(words, term);
  const button = h("button", { type: "button", class: "term", "aria-expanded": "false", onclick: () => {
    const open = note.dataset.term !== term || note.hidden;
    for (const other of button.parentNode.querySelectorAll(".term")) other.setAttribute("aria-expanded", "false");
    button.setAttribute("aria-expanded", String(open));
    note.dataset.term = term;
    note.hidden = !open;
    note.replaceChildren(h("b", {}, `${words.say(`${key}.label`)}. `), `${words.say(`${key}.plain`)} `,
      h("button", { type: "button", class: "quiet-button", onclick: () => lookUp(term) }, words.say("view_learn.look_up")));
  } }, shown);
  return button;
}

// How a measure's number is written: shares in percent, ratios as such.
function measured(words, name, value) {
  if (!Number.isFinite(value)) return "–";
  if (name === "privilege") return `${words.fixed(value, 1)} ×`;
  return name === "needs_met" ? words.fixed(value) : words.percent(value, 1);
}

function inSentence(label) {
  return label.charAt(0).toLowerCase() + label.slice(1);
}
