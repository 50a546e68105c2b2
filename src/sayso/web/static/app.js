// Keys and row links; every page works without this script.
"use strict";
(() => {
  const rows = () => [...document.querySelectorAll("[data-open]")];
  let at = -1, waiting = "";
  const go = (step) => {
    const all = rows();
    if (!all.length) return;
    all[at]?.classList.remove("on");
    at = Math.max(0, Math.min(all.length - 1, at + step));
    all[at].classList.add("on");
    all[at].querySelector("a")?.focus({ preventScroll: true });
    all[at].scrollIntoView({ block: "nearest" });
  };
  const places = { c: "/", s: "/stories", a: "/articles", w: "/who", d: "/disputes", t: "/timeline", r: "/review" };
  document.addEventListener("click", (event) => {
    const row = event.target.closest("[data-open]");
    if (row && !event.target.closest("a,button,input,select,label") && !String(getSelection())) location.href = row.dataset.open;
  });
  // What was left empty is not asked for: the address says only what was.
  const fields = () => [...document.querySelectorAll("form[role=search] :is(input,select)")];
  document.addEventListener("submit", (event) => {
    if (event.target.matches("form[role=search]")) for (const field of fields()) field.disabled = !field.value;
  });
  addEventListener("pageshow", () => { for (const field of fields()) field.disabled = false; });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input,textarea,select,dialog")) return;
    if (waiting === "g" && places[event.key]) location.href = places[event.key];
    waiting = event.key === "g" ? "g" : "";
    if (event.key === "/") { event.preventDefault(); document.querySelector("input[type=search]")?.focus(); }
    if (event.key === "j") go(1);
    if (event.key === "k") go(-1);
    if (event.key === "?") document.getElementById("keys").showModal();
  });
})();
