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
// The page itself is fetched while Solara's own scripts still start.
document.head.append(Object.assign(document.createElement("link"), {
  rel: "modulepreload", href: `${document.body?.dataset.baseUrl?.replace(/\/jupyter\/$/, "") ?? ""}/_thermidor/page.js`,
}));
