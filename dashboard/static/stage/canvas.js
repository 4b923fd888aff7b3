// What every picture on a canvas needs: the pixels of the frame it fills, and an empty sheet.

// As sharp as the screen, but not sharper than is seen; at least so large, for frames not laid out yet.
function fitCanvas(canvas, frame, least = { width: 0, height: 0 }) {
  const box = frame.getBoundingClientRect();
  const scale = Math.min(2, window.devicePixelRatio || 1);
  const [width, height] = [Math.max(least.width, box.width), Math.max(least.height, box.height)];
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  return { width, height, scale };
}

function emptied(canvas, { width, height, scale }) {
  const context = canvas.getContext("2d");
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
}
