// Solara's page forbids zooming; people may need it.
(() => {
  const viewport = document.querySelector('meta[name="viewport"]');
  if (viewport) viewport.content = "width=device-width, initial-scale=1";
})();
