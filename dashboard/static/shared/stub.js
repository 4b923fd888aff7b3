// What every visitor gets from the kernel: where the page itself is. The browser keeps that file.
const page = import(new URL(`${globalThis.solara?.rootPath ?? ""}/_thermidor/page.js`, location.origin));

export default {
  async render({ model, el }) {
    const { default: widget, supplied } = await page;
    const own = supplied(model);
    const release = widget.render({ model: own, el });
    return () => {
      release();
      own.close();
    };
  },
};
