// What becomes of what is added, as it comes; and files dropped anywhere on the page. All of it works without this.
"use strict";
(() => {
  const live = () => document.getElementById("live");
  const poll = async () => {
    try {
      const answer = await fetch(location.href, { cache: "no-store" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("live");
      if (fresh) live().replaceWith(fresh);
    } catch { /* the app was stopped: the next try tells */ }
    if (live().dataset.state !== "done") setTimeout(poll, 800);
  };
  if (live() && live().dataset.state !== "done") setTimeout(poll, 400);

  const drop = document.getElementById("drop");
  if (!drop) return;
  const input = drop.querySelector("input[type=file]");
  const over = (on) => drop.classList.toggle("over", on);
  addEventListener("dragover", (event) => { event.preventDefault(); over(true); });
  addEventListener("dragleave", (event) => { if (!event.relatedTarget) over(false); });
  addEventListener("drop", (event) => {
    event.preventDefault();
    over(false);
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    drop.requestSubmit();
  });
})();
