// The drawing as a picture, and Escape to shut what a wire opened; the page works without this script.
"use strict";
(() => {
  const button = document.getElementById("as-png");
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && location.hash.startsWith("#e-")) location.hash = "#drawn";
  });
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const answer = await fetch(button.dataset.from);
    if (!answer.ok) return;
    const svg = await answer.text();
    const image = new Image();
    image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(svg);
    await image.decode();
    const canvas = document.createElement("canvas");
    const scale = Math.min(2, 8000 / Math.max(image.width, image.height));
    canvas.width = image.width * scale;
    canvas.height = image.height * scale;
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(image, 0, 0, canvas.width, canvas.height);
    const link = document.createElement("a");
    link.download = button.dataset.name;
    link.href = canvas.toDataURL("image/png");
    link.click();
  });
})();
