// What is the same for all visitors stands in this file; only what is a visitor's own is asked for.
document.head.append(Object.assign(document.createElement("style"), { textContent: STYLE }));

export function supplied(model) {
  const same = { words: () => WORDS[model.get("state").language], catalogue: () => CATALOGUE };
  const line = new Line(model);
  return {
    get: (name) => (same[name] ? same[name]() : model.get(name)),
    send: (message) => line.send(message),
    on: (name, listener) => line.on(name, listener),
    off: (name, listener) => line.off(name, listener),
    close: () => line.close(),
  };
}
