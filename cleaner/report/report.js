"use strict";
// The page is whole without this script, which adds filters, keys, tips and the switch between light and dark.
(() => {
  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const root = document.documentElement;
  const form = one("#filter");
  const docs = all(".doc").map((doc) => ({ doc, text: one(".text", doc), spans: all(".s", doc) }));
  const marks = all("mark[tabindex]");
  let hits = all("del");
  let here = null; // the span, mark or document that was last gone to

  root.classList.add("js");
  form.hidden = false;
  one("#keys").hidden = false;
  const measure = () => root.style.setProperty("--bar", `${form.offsetHeight}px`); // What is gone to must not lie below the filter.
  measure();
  new ResizeObserver(measure).observe(form);

  // ── filters ───────────────────────────────────────────────────────────────────────────────────────────────────────

  function wanted() {
    const data = new FormData(form);
    const text = data.get("text").trim();
    return { labels: data.getAll("label"), kinds: data.getAll("differs"), rule: data.get("rule"), text };
  }

  // White space in the search stands for any white space, so that a sentence that runs over a line end is found.
  function pattern(text) {
    return new RegExp(text.split(/\s+/).map((word) => word.replace(/[.*+?^${}()|[\]\\\/-]/g, "\\$&")).join("\\s+").replace(/\\-/g, "-"), "gi");
  }

  function filter() {
    const { labels, kinds, rule, text } = wanted();
    const active = Boolean(labels.length || kinds.length || rule || text);
    const search = text && pattern(text);
    const ranges = [];
    hits = active ? [] : all("del");
    for (const span of all(".hit")) span.classList.remove("hit");
    let shown = 0;
    for (const { doc, text: holder, spans } of docs) {
      const found = search ? [...holder.textContent.matchAll(search)].map((match) => [match.index, match.index + match[0].length]) : null;
      const before = hits.length;
      let end = 0;
      for (const span of active ? spans : []) {
        const start = end;
        end += span.textContent.length;
        const { label, rule: by } = span.dataset;
        let hit = (!labels.length || labels.includes(label)) && (!rule || by === rule) && (!found || found.some(([from, to]) => from < end && to > start));
        if (hit && kinds.length) {
          const differing = all("mark", span).filter((mark) => kinds.includes(mark.dataset.differs));
          hits.push(...differing.filter((mark) => mark.hasAttribute("tabindex")));
          hit = differing.length > 0;
        } else if (hit) hits.push(span);
        if (hit) span.classList.add("hit");
      }
      doc.hidden = active && hits.length === before;
      holder.classList.toggle("filtered", active);
      if (!doc.hidden) shown += 1;
      if (found && !doc.hidden) ranges.push(...rangesOf(holder, found));
    }
    if (window.CSS && CSS.highlights) CSS.highlights.set("found", new Highlight(...ranges));
    const what = active ? "hit" : "cut";
    one("#previous span").textContent = `Previous ${what}`;
    one("#next span").textContent = `Next ${what}`;
    one("#found").value = active ? `${hits.length.toLocaleString("en")} in ${shown} of ${docs.length} documents` : `${hits.length.toLocaleString("en")} cuts`;
  }

  // Places in the text of an element as ranges over its text nodes.
  function rangesOf(holder, found) {
    const walker = document.createTreeWalker(holder, NodeFilter.SHOW_TEXT);
    const ranges = [];
    let node = walker.nextNode();
    let before = 0;
    for (const [from, to] of found) {
      const range = document.createRange();
      while (before + node.length <= from) { before += node.length; node = walker.nextNode(); }
      range.setStart(node, from - before);
      while (before + node.length < to) { before += node.length; node = walker.nextNode(); }
      range.setEnd(node, to - before);
      ranges.push(range);
    }
    return ranges;
  }

  // ── the address: #label=nav&rule=menu&text=…&differs=lost&at=d3, or the id of a document alone ────────────────────

  function write(at) {
    const words = new URLSearchParams([...new FormData(form)].filter(([, value]) => value.trim()));
    if (at) words.set("at", at);
    try { history.replaceState(null, "", `#${words}`); } catch { /* A frame may forbid it. */ }
  }

  function readAddress(jump) {
    const hash = location.hash.slice(1);
    if (hash === "documents") return;
    const first = /^f\d+$/.test(hash) && document.getElementById(hash); // the first cut of a document, or its first difference
    if (first) {
      if (first.closest("[hidden]")) clear();
      go(first);
      write(first.closest(".doc").id);
      return;
    }
    const words = new URLSearchParams(/^d\d+$/.test(hash) ? "" : hash);
    const at = /^d\d+$/.test(hash) ? hash : words.get("at");
    if (hash !== at) {
      form.reset();
      for (const field of form.elements) {
        if (field.type === "checkbox") field.checked = words.getAll(field.name).includes(field.value);
        else if (field.name) field.value = words.get(field.name) || "";
      }
      if (form.rule.selectedIndex < 0) form.rule.selectedIndex = 0;
      filter();
    }
    const target = docs.find(({ doc }) => doc.id === at);
    if (target) {
      if (target.doc.hidden) clear();
      go(target.doc);
      write(at);
    } else if (jump) form.scrollIntoView();
  }

  function clear() {
    form.reset();
    filter();
    write();
  }

  let timer = 0;
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(() => { filter(); write(); }, 120); });
  form.addEventListener("submit", (event) => { event.preventDefault(); filter(); write(); walk(hits, 1); });
  form.addEventListener("reset", () => setTimeout(() => { filter(); write(); }));
  addEventListener("hashchange", () => readAddress(true));

  // ── walking ───────────────────────────────────────────────────────────────────────────────────────────────────────

  function go(target) {
    here = target;
    const doc = target.closest(".doc");
    if (target !== doc) {
      for (const old of all('.text [tabindex="0"]', doc)) old.tabIndex = -1;
      target.tabIndex = 0; // Each document is one stop of the tabulator: where one was last.
    }
    target.focus({ preventScroll: true });
    const box = target.getBoundingClientRect();
    const top = form.getBoundingClientRect().bottom;
    if (target === doc) target.scrollIntoView({ block: "start" });
    else if (box.top < top + 40 || box.bottom > innerHeight - 60) target.scrollIntoView({ block: box.height > innerHeight / 2 ? "start" : "center" });
  }

  // The next of a list behind the place where one is, or the last one before it; from the end one comes to the beginning.
  function walk(list, step, within) {
    list = list.filter((item) => !item.closest("[hidden]") && (!within || within.contains(item)));
    if (!list.length) return;
    const from = here && here.isConnected && !here.closest("[hidden]") ? here : null;
    const behind = (item) => (from ? from.compareDocumentPosition(item) & Node.DOCUMENT_POSITION_FOLLOWING : item.getBoundingClientRect().top > 0);
    const first = list.findIndex((item) => item !== from && behind(item));
    const next = step > 0 ? (first < 0 ? 0 : first) : (first < 0 ? list.length : first) - 1 - (list.includes(from) ? 1 : 0);
    if (within && step > 0 && first < 0) return;
    if (within && next < 0) return;
    go(list.at(next));
  }

  const titles = docs.map(({ doc }) => doc);
  const keys = {
    j: () => walk(hits, 1),
    k: () => walk(hits, -1),
    n: () => walk(titles, 1),
    p: () => walk(titles, -1),
    d: () => walk(marks, 1),
    D: () => walk(marks, -1),
    "/": () => form.text.focus(),
    Escape: () => (tip.hidden ? clear() : (tip.hidden = true)),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.closest("input[type=search], select");
    if (typing && event.key === "Escape") { clear(); typing.blur(); return; }
    if (typing) return;
    const text = event.target.closest(".text");
    if (text && (event.key === "ArrowRight" || event.key === "ArrowLeft")) {
      event.preventDefault();
      walk(hits, event.key === "ArrowRight" ? 1 : -1, text);
    } else if (keys[event.key]) {
      event.preventDefault();
      keys[event.key]();
    }
  });
  one("#next").addEventListener("click", keys.j);
  one("#previous").addEventListener("click", keys.k);
  one("#difference")?.addEventListener("click", keys.d);

  // ── tips ──────────────────────────────────────────────────────────────────────────────────────────────────────────

  const tip = document.body.appendChild(document.createElement("div"));
  tip.id = "tip";
  tip.hidden = true;
  tip.setAttribute("aria-hidden", "true"); // The same is said in the description of the span.

  function line(text, name, ...more) {
    const element = document.createElement(name);
    element.append(text, ...more);
    return element;
  }

  function show(target, x) {
    const span = target.closest(".s");
    if (!span) { tip.hidden = true; return; }
    const { label, rule, why } = span.dataset;
    const mark = target.closest("mark");
    const rows = [line(line(label, "strong"), "p", rule ? ` · ${rule}` : ""), line(why || "no filter claimed it", "p")];
    if (rule) rows.push(line(line(`--without ${rule}`, "code"), "p"));
    if (mark) {
      rows.unshift(line(`${mark.dataset.differs}: gold says ${mark.dataset.gold}`, "p"));
      rows[0].className = "wrong";
    }
    tip.replaceChildren(...rows);
    tip.className = [...span.classList].find((name) => name.startsWith("label-"));
    tip.hidden = false;
    const box = (mark || span).getBoundingClientRect();
    const below = box.bottom + 6;
    const top = below + tip.offsetHeight < innerHeight ? below : box.top - tip.offsetHeight - 6;
    tip.style.top = `${Math.max(6, top)}px`;
    tip.style.left = `${Math.max(8, Math.min(x === undefined ? box.left : x - 20, innerWidth - tip.offsetWidth - 8))}px`;
  }

  document.addEventListener("pointerover", (event) => show(event.target, event.clientX));
  document.addEventListener("focusin", (event) => { if (event.target.closest(".text")) here = event.target; show(event.target); });
  document.addEventListener("focusout", () => { tip.hidden = true; });
  document.addEventListener("scroll", () => show(one(".s:hover") || document.activeElement), { passive: true });

  // ── light and dark ────────────────────────────────────────────────────────────────────────────────────────────────

  const theme = one("#theme");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : dark.matches);
  const offer = () => { theme.textContent = isDark() ? "Light view" : "Dark view"; };
  theme.hidden = false;
  theme.addEventListener("click", () => { root.dataset.theme = isDark() ? "light" : "dark"; offer(); });
  dark.addEventListener("change", offer);
  offer();

  filter();
  if (location.hash) readAddress(false);
})();
