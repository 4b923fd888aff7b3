// Every word the page uses, from the catalogue; searchable.

class Glossary extends LearnPage {
  constructor(view) {
    super(view, "reading glossary");
    this.sought = "";
  }

  find(term) {
    const entry = this.node.querySelector(`[data-term="${term}"]`);
    entry?.scrollIntoView({ block: "center" });
    entry?.focus({ preventScroll: true });
  }

  build() {
    const { view } = this;
    const { words } = view;
    const search = h("input", { type: "search", class: "seek", value: this.sought, "aria-label": this.say("glossary.search"),
      placeholder: this.say("glossary.search"), oninput: () => this.seek(search.value) });
    this.count = h("p", { class: "note", role: "status" });
    this.groups = TERM_AREAS.map((area) => {
      const title = this.say(`glossary.groups.${area.split(".").at(-1)}`);
      const terms = Object.entries(words.find(area)).filter(([, term]) => term.label && term.plain);
      const sorted = terms.sort(([, one], [, other]) => one.label.localeCompare(other.label, words.language));
      return h("section", {}, h("h3", {}, title), h("dl", {}, sorted.map(([name, term]) => h("div", {
        class: "entry", "data-term": name, tabindex: "-1", "data-text": `${term.label} ${term.plain}`.toLowerCase(),
      }, h("dt", {}, term.label), h("dd", {}, term.plain)))));
    });
    this.node.replaceChildren(h("h2", {}, this.say("page.glossary")), h("p", { class: "lead" }, this.say("glossary.intro")),
      search, this.count, ...this.groups);
    this.seek(this.sought);
  }

  seek(text) {
    this.sought = text;
    const sought = text.trim().toLowerCase();
    let count = 0;
    for (const group of this.groups) {
      let here = 0;
      for (const entry of group.querySelectorAll(".entry")) {
        entry.hidden = !entry.dataset.text.includes(sought);
        if (!entry.hidden) here += 1;
      }
      group.hidden = here === 0;
      count += here;
    }
    this.count.textContent = this.say(count ? "glossary.found" : "glossary.none", { count, text });
  }
}
