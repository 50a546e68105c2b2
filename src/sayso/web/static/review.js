// Keys of a review, and words chosen by selecting them; every form works without this script.
"use strict";
(() => {
  const passage = document.getElementById("passage");
  let waiting = false, isSent = false;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.key === "Escape") {
      document.querySelectorAll(".panels details[open]").forEach((one) => { one.open = false; });
      document.activeElement?.blur();
      return;
    }
    if (event.target.closest("input,textarea,select,dialog")) return;
    // After g a letter leads to a page and decides nothing.
    const isWaiting = waiting;
    waiting = event.key === "g";
    if (isWaiting || waiting) return;
    const goal = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!goal || goal.disabled || isSent) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (goal.tagName !== "SUMMARY") { goal.click(); return; }
    const panel = goal.parentElement;
    document.querySelectorAll(".panels details[open]").forEach((one) => { if (one !== panel) one.open = false; });
    panel.open = !panel.open;
    if (panel.open) panel.querySelector("input:not([type=hidden]),select")?.focus();
  }, true);
  // One decision a row, however fast the keys are.
  document.addEventListener("submit", (event) => {
    if (isSent) event.preventDefault();
    isSent = !event.target.closest("dialog");
  });
  addEventListener("pageshow", () => { isSent = false; });
  if (!passage) return;

  // A place in the page as a code point of the text.
  const place = (node, offset) => {
    const piece = (node.nodeType === 3 ? node.parentElement : node).closest("[data-at]");
    if (!piece) return null;
    const words = node.nodeType === 3 ? node.data.slice(0, offset) : "";
    return Number(piece.dataset.at) + [...words].length;
  };
  const bar = document.createElement("div");
  bar.className = "choose";
  bar.hidden = true;
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", "The selected words are");
  const parts = { source_spans: "who", cue_spans: "the cue", content_spans: "what is said" };
  let chosen = "", words = "";
  for (const [field, name] of Object.entries(parts)) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = name;
    button.addEventListener("click", () => {
      const edit = document.getElementById("edit");
      const input = edit.querySelector(`[name="${field}"]`);
      input.value = chosen;
      document.getElementById(`d-${field}`).textContent = `“${words}”`;
      edit.open = true;
      bar.hidden = true;
      input.focus();
    });
    bar.append(button);
  }
  passage.after(bar);
  document.addEventListener("selectionchange", () => {
    const selection = getSelection();
    const range = selection.rangeCount ? selection.getRangeAt(0) : null;
    if (!range || range.collapsed || !passage.contains(range.commonAncestorContainer) || !document.getElementById("edit")) { bar.hidden = true; return; }
    const start = place(range.startContainer, range.startOffset), end = place(range.endContainer, range.endOffset);
    words = String(selection).trim();
    bar.hidden = start === null || end === null || end <= start || !words;
    const before = String(selection).length - String(selection).trimStart().length;
    const after = String(selection).length - String(selection).trimEnd().length;
    chosen = `${start + before}-${end - after}`;
  });
})();
