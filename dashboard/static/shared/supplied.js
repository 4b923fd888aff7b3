// What is the same for all visitors stands in this file; only what is a visitor's own is asked for.
document.head.append(Object.assign(document.createElement("style"), { textContent: STYLE }));

export function supplied(model) {
  const same = { words: () => WORDS[model.get("state").language], catalogue: () => CATALOGUE };
  const get = (name) => (same[name] ? same[name]() : model.get(name));
  const own = (value) => (typeof value === "function" ? value.bind(model) : value);
  return new Proxy(model, { get: (_, name) => (name === "get" ? get : own(model[name])) });
}
