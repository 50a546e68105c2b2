// The notes of an article beside their lines, and what they are about lit up; the page works without it.

"use strict";
(() => {
  const root = document.documentElement;
  const notes = [...document.querySelectorAll(".note")];
  const list = document.querySelector(".notes");
  if (!list) return;
  const heading = list.closest("aside").querySelector("h2 small");
  const byRow = new Map(notes.map((note) => [note.dataset.k, note]));
  const wide = matchMedia("(min-width: 56.01rem)");

  // Row -> its places in the text, as what they are: c7, q7, s7.
  const places = new Map();
  for (const piece of document.querySelectorAll(".t [data-k]")) {
    for (const name of piece.classList) {
      if (/^[cqs]\d+$/.test(name)) {
        const row = name.slice(1);
        if (!places.has(row)) places.set(row, []);
        places.get(row).push([piece, "on-" + name[0]]);
      }
    }
  }

  let lit = null;
  let pinned = null;
  const paint = (row, on) => {
    if (row === null) return;
    for (const [piece, name] of places.get(row) || []) piece.classList.toggle(name, on);
    const note = byRow.get(row);
    if (note) note.classList.toggle("on", on);
  };
  const light = (row) => {
    if (row === lit) return;
    paint(lit, false);
    lit = row;
    paint(lit, true);
  };

  // Notes stand beside their lines, pushed down by those above; a pinned one stands exactly, and the others give way.
  const GAP = 12;
  const set = () => {
    root.classList.toggle("set", wide.matches);
    if (!wide.matches) return;
    const top = list.getBoundingClientRect().top;
    const heights = notes.map((note) => note.offsetHeight);
    const anchors = notes.map((note) => {
      const mark = document.getElementById("t" + note.dataset.k);
      return mark ? mark.getBoundingClientRect().top - top - 4 : null;
    });
    // Rows within a row and disputes keep to the row above them.
    const wanted = notes.map((note, i) => (/ (x|in[1-4])( |$)/.test(note.className) ? null : anchors[i]));
    const y = [];
    let low = 0;
    notes.forEach((_, i) => {
      y[i] = Math.max(low, wanted[i] === null ? low : wanted[i]);
      low = y[i] + heights[i] + GAP;
    });
    const at = notes.findIndex((note) => note.dataset.k === pinned);
    if (at >= 0 && anchors[at] !== null) {
      y[at] = Math.max(0, anchors[at]);
      for (let i = at - 1; i >= 0; i--) y[i] = Math.min(y[i], y[i + 1] - heights[i] - GAP);
      for (let i = at + 1; i < notes.length; i++) {
        const floor = y[i - 1] + heights[i - 1] + GAP;
        y[i] = Math.max(floor, wanted[i] === null ? floor : wanted[i]);
      }
    }
    notes.forEach((note, i) => {
      note.style.setProperty("--y", Math.round(y[i]) + "px");
      note.classList.toggle("out", y[i] < -2);
    });
    const away = y.filter((one) => one < -2).length;
    heading.dataset.out = away ? `, ${away} out of the way until Escape` : "";
    const last = notes.length - 1;
    list.style.height = Math.ceil(y[last] + heights[last]) + "px";
  };

  const pin = (row) => {
    if (pinned !== null) byRow.get(pinned).classList.remove("pin");
    pinned = row !== null && byRow.has(row) ? row : null;
    if (pinned !== null) byRow.get(pinned).classList.add("pin");
    light(pinned);
    root.classList.add("moves");
    set();
  };
  const reveal = (element) => {
    const box = element.getBoundingClientRect();
    if (box.top < 0 || box.bottom > innerHeight) element.scrollIntoView({ block: "center" });
  };
  const rowOf = (target) => {
    const found = target.closest && target.closest("[data-k], .n");
    if (!found) return null;
    return found.dataset.k || found.id.slice(1);
  };
  // An address names a row by its mark in the text, or by its note.
  const numberOf = (hash) => {
    const mark = /^#t(\d+)$/.exec(hash);
    if (mark) return mark[1];
    const note = /^#[\w-]+$/.test(hash || "") && document.getElementById(hash.slice(1));
    return note && note.matches(".note") ? note.dataset.k : null;
  };

  document.addEventListener("pointerover", (event) => {
    const row = rowOf(event.target);
    light(row === null ? pinned : row);
  });
  document.addEventListener("focusin", (event) => {
    const row = rowOf(event.target);
    if (row !== null) light(row);
    if (event.target.closest(".note.out")) pin(row);
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    const to = link && numberOf(link.getAttribute("href"));
    if (link && !to) return;
    if (!to && String(getSelection())) return;
    const row = to || rowOf(event.target);
    if (row === null && !to) { if (pinned !== null) pin(null); return; }
    if (to) event.preventDefault();
    pin(row === pinned && !to ? null : row);
    if (pinned === null) return;
    history.replaceState(null, "", "#" + byRow.get(pinned).id);
    const mark = document.getElementById("t" + pinned);
    // From the text to the note and back: the focus goes along, so that the keyboard is where the eye is.
    if (link && link.matches(".n")) {
      byRow.get(pinned).querySelector("a.num").focus({ preventScroll: true });
      if (wide.matches) reveal(byRow.get(pinned));
    } else if (mark) {
      if (link) mark.focus({ preventScroll: true });
      reveal(mark);
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") pin(null);
  });

  const start = numberOf(location.hash);
  set();
  if (start) {
    pin(start);
    root.classList.remove("moves");
    // After the browser's own jump to the address.
    addEventListener("load", () => setTimeout(() => {
      const mark = document.getElementById("t" + start);
      if (mark) mark.scrollIntoView({ block: "center" });
    }));
  }
  addEventListener("hashchange", () => {
    const row = numberOf(location.hash);
    if (row === null) return;
    pin(row);
    const mark = document.getElementById("t" + row);
    if (mark) mark.scrollIntoView({ block: "center" });
  });
  let due = 0;
  const later = () => {
    cancelAnimationFrame(due);
    root.classList.remove("moves");
    due = requestAnimationFrame(set);
  };
  addEventListener("resize", later);
})();
