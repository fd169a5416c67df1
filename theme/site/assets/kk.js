// What the pages can do without, but are better with: light or dark as the reader chose, the place in the contents, tables and code
// that the keyboard can scroll, and a menu that closes. Loaded first in the body, so that a dark page never flashes.
(() => {
  "use strict";
  const body = document.body;
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const KEY = "kurskatalog.scheme";

  const chosen = () => {
    try { return localStorage.getItem(KEY); } catch { return null; }
  };
  const isDark = () => (chosen() ?? (dark.matches ? "slate" : "default")) === "slate";
  const paint = () => {
    body.dataset.mdColorMedia = "";
    body.dataset.mdColorScheme = isDark() ? "slate" : "default";
    document.querySelector(".kk-theme")?.setAttribute("aria-pressed", String(isDark()));
  };
  paint();
  dark.addEventListener("change", paint);

  const theme = () => {
    const button = document.querySelector(".kk-theme");
    if (!button) return;
    button.hidden = false;
    button.addEventListener("click", () => {
      try { localStorage.setItem(KEY, isDark() ? "default" : "slate"); } catch { /* a browser that keeps nothing */ }
      paint();
    });
    paint();
  };

  // A table or a piece of code that is wider than its room becomes a stop for the keyboard, named by the heading above it.
  const fit = (box) => {
    if (box.scrollWidth <= box.clientWidth) {
      ["tabindex", "role", "aria-labelledby"].forEach((name) => box.removeAttribute(name));
      return;
    }
    box.tabIndex = 0;
    if (box.matches("code")) return;
    const above = [...document.querySelectorAll(".kk-text :is(h2, h3, h4)[id]")]
      .filter((heading) => heading.compareDocumentPosition(box) & Node.DOCUMENT_POSITION_FOLLOWING).pop();
    if (above) {
      box.setAttribute("role", "region");
      box.setAttribute("aria-labelledby", above.id);
    }
  };
  const wide = () => {
    document.querySelectorAll(".kk-text table:not([class])").forEach((table) => {
      const wrap = document.createElement("div");
      wrap.className = "md-typeset__scrollwrap";
      const inner = document.createElement("div");
      inner.className = "md-typeset__table";
      table.replaceWith(wrap);
      wrap.append(inner);
      inner.append(table);
    });
    if (!("ResizeObserver" in window)) return;
    const observer = new ResizeObserver((entries) => entries.forEach((entry) => fit(entry.target)));
    document.querySelectorAll(".kk-text :is(.md-typeset__scrollwrap, pre > code)").forEach((box) => observer.observe(box));
  };

  // The heading that was passed last is marked in the contents beside the text.
  const contents = () => {
    const links = new Map([...document.querySelectorAll("[data-md-component=toc] a")].map((a) => [a.hash.slice(1), a]));
    const headings = [...links.keys()].map((id) => document.getElementById(id)).filter(Boolean);
    if (!headings.length || !("IntersectionObserver" in window)) return;
    const mark = () => {
      const passed = headings.filter((heading) => heading.getBoundingClientRect().top < 120).pop();
      links.forEach((link, id) => link.classList.toggle("md-nav__link--active", id === passed?.id));
      const link = links.get(passed?.id);
      const box = link?.closest(".md-sidebar__scrollwrap");
      if (box && box.scrollHeight > box.clientHeight) box.scrollTop = link.offsetTop - box.clientHeight / 2;
    };
    const observer = new IntersectionObserver(mark, { rootMargin: "-110px 0px -60% 0px" });
    headings.forEach((heading) => observer.observe(heading));
    mark();
  };

  const menu = () => {
    const box = document.querySelector(".kk-menu");
    if (!box) return;
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && box.open) {
        box.open = false;
        box.querySelector("summary").focus();
      }
    });
    document.addEventListener("click", (event) => {
      if (box.open && !box.contains(event.target)) box.open = false;
    });
  };

  // What an abbreviation stands for: those who point at it see its title, those who tap it see it behind the word.
  const abbreviations = () => {
    document.addEventListener("click", (event) => {
      const abbr = event.target.closest("abbr[title]");
      if (!abbr || abbr.closest("a, button, label, summary")) return;
      if (abbr.nextElementSibling?.matches(".kk-long")) {
        abbr.nextElementSibling.remove();
        return;
      }
      const said = document.createElement("span");
      said.className = "kk-long";
      said.textContent = ` (${abbr.title})`;
      abbr.after(said);
    });
  };

  document.addEventListener("DOMContentLoaded", () => {
    theme();
    wide();
    contents();
    menu();
    abbreviations();
  });
})();
