// Solara's page forbids zooming; people may need it.
(() => {
  const viewport = document.querySelector('meta[name="viewport"]');
  if (viewport) viewport.content = "width=device-width, initial-scale=1";
})();
// The theme is the reader's choice, else the system's, and known before anything is drawn.
(() => {
  const system = matchMedia("(prefers-color-scheme: dark)");
  let chosen = null;
  try {
    chosen = localStorage.getItem("thermidor-theme");
  } catch (error) {
    // a browser that keeps nothing follows the system
  }
  const take = () => (document.documentElement.dataset.theme = chosen || (system.matches ? "dark" : "light"));
  system.addEventListener("change", () => {
    if (!chosen) take();
  });
  take();
})();
// Where there is a server, the page itself is fetched while Solara's own scripts still start.
(() => {
  const base = document.body?.dataset.baseUrl;
  if (base === undefined) return;
  const href = `${base.replace(/\/jupyter\/$/, "")}/_thermidor/page.js`;
  document.head.append(Object.assign(document.createElement("link"), { rel: "modulepreload", href }));
})();
