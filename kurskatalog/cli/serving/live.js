// Follows the program that serves this page: reloads when the site is built anew, shows what is wrong when it cannot be.
// Only `kurskatalog serve` adds this script; the built site does not have it. What people wrote goes in as text, never as HTML.
(() => {
  "use strict";
  const { build, events } = document.currentScript.dataset;
  const style = `
    :host { all: initial }
    details { position: fixed; inset: auto 0 0 0; z-index: 2147483647; max-height: 60vh; overflow: auto;
      box-sizing: border-box; padding: .75rem 1rem; border-top: 4px solid #c62828; background: #fff; color: #1a1a1a;
      font: 16px/1.5 system-ui, sans-serif; box-shadow: 0 -4px 24px #0006 }
    summary { cursor: pointer; font-weight: 700; color: #b71c1c }
    ul { margin: .5rem 0 0; padding: 0; list-style: none }
    li { padding: .5rem 0; border-top: 1px solid #ddd; overflow-wrap: anywhere }
    code { display: block; font: 14px/1.4 ui-monospace, monospace; color: #444 }
    small { display: block; font-size: 15px; color: #333 }
    @media (prefers-color-scheme: dark) {
      details { background: #1f1f1f; color: #eee } summary { color: #ff8a80 } li { border-color: #444 }
      code, small { color: #ccc }
    }
    @media print { details { display: none } }`;
  let banner;
  let source;

  function element(name, text, ...children) {
    const made = document.createElement(name);
    made.textContent = text;
    made.append(...children);
    return made;
  }

  function item(problem) {
    const place = problem.line ? `${problem.file}:${problem.line}:${problem.column}` : problem.file;
    const hint = problem.hint ? [element("small", problem.hint)] : [];
    return element("li", "", element("code", `${place} ${problem.code}`), element("span", problem.message), ...hint);
  }

  function show(trouble) {
    const list = element("ul", "", ...trouble.problems.map(item));
    if (trouble.more) list.append(element("li", trouble.more));
    const box = element("details", "", element("summary", trouble.title), ...(list.children.length ? [list] : []));
    box.open = true;
    box.lang = trouble.lang;
    box.setAttribute("role", "alert");
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    banner?.remove();
    banner = document.createElement("kurskatalog-live");
    const root = banner.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet];
    root.append(box);
    document.body.append(banner);
  }

  function hear(event) {
    const state = JSON.parse(event.data);
    if (state.build !== build || (banner && !state.trouble)) location.reload();
    else if (state.trouble) show(state.trouble);
  }

  // A page that nobody sees lets go of its connection: browsers have only six for a host.
  function listen() {
    if (source || document.hidden) return;
    source = new EventSource(events);
    source.onmessage = hear;
  }

  function stop() {
    source?.close();
    source = undefined;
  }

  document.addEventListener("visibilitychange", () => (document.hidden ? stop() : listen()));
  addEventListener("pagehide", stop);
  addEventListener("pageshow", listen);
  listen();
})();
