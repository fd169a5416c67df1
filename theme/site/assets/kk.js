// What the pages can do without, but are better with: the keyboard reaches what scrolls sideways, and Escape or a click
// elsewhere closes the menu. The theme's own script does the rest (light and dark, where one is in the contents).
(() => {
  "use strict";

  // A table or a piece of code that is wider than its room becomes a stop for the keyboard, named by the heading above it.
  const fit = (box) => {
    if (box.scrollWidth <= box.clientWidth) {
      box.removeAttribute("tabindex");
      box.removeAttribute("role");
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
  const watch = () => {
    const observer = new ResizeObserver((entries) => entries.forEach((entry) => fit(entry.target)));
    document.querySelectorAll(".kk-text :is(.md-typeset__scrollwrap, pre > code)").forEach((box) => observer.observe(box));
  };
  // After the theme's script, which puts tables into boxes of their own.
  if ("ResizeObserver" in window) window.addEventListener("load", watch);

  const menu = document.querySelector(".kk-menu");
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu && menu.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  document.addEventListener("click", (event) => {
    if (menu && menu.open && !menu.contains(event.target)) menu.open = false;
  });
})();
