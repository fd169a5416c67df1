// The field for a text in Markdown: what the author writes is kept to the letter, and a picture needs a description.
const PICTURE = /!\[([^\]]*)\]\(\s*<?([^\s)>]+)/g;

export function registerText(CMS, words) {
  const { createClass, h } = window;

  const Text = createClass({
    getInitialState() {
      return { open: false, file: "", alt: "", caption: "" };
    },
    shouldComponentUpdate() {
      return true; // the editor asks this before it hands on which file was chosen
    },
    componentDidUpdate() {
      const chosen = this.props.mediaPaths.get(this.picture);
      const path = Array.isArray(chosen) ? chosen[0] : chosen;
      if (this.state.open && typeof path === "string" && path && path !== this.seen) {
        this.seen = path;
        this.setState({ file: path.split("/").pop() });
      }
    },
    picture: `picture-${Math.random().toString(36).slice(2)}`,
    isValid() {
      for (const [, alt, file] of (this.props.value ?? "").matchAll(PICTURE)) {
        if (!alt.trim()) return { error: { type: "CUSTOM", message: words.missing.replace("{file}", file) } };
      }
      return true;
    },
    choose() {
      this.seen = undefined;
      this.props.onClearMediaControl(this.picture);
      this.props.onOpenMediaLibrary({ controlID: this.picture, forImage: true, allowMultiple: false, field: this.props.field });
    },
    insert() {
      const { file, alt, caption } = this.state;
      const clean = (text) => text.replace(/[[\]"\\]/g, "").replace(/\s+/g, " ").trim();
      const title = clean(caption) ? ` "${clean(caption)}"` : "";
      const text = this.props.value ?? "";
      const at = this.wasInText ? this.area.selectionStart : text.length;
      const [before, after] = [text.slice(0, at).replace(/\n*$/, ""), text.slice(at).replace(/^\n*/, "")];
      this.props.onChange(`${before ? `${before}\n\n` : "\n"}![${clean(alt)}](${file}${title})\n${after ? `\n${after}` : ""}`);
      this.setState({ open: false, file: "", alt: "", caption: "" });
    },
    render() {
      const { forID, value, classNameWrapper, onChange, setActiveStyle, setInactiveStyle } = this.props;
      const area = h("textarea", {
        id: forID,
        className: `${classNameWrapper} kk-text`,
        value: value ?? "",
        rows: 28,
        spellCheck: true,
        ref: (element) => (this.area = element ?? this.area),
        onChange: (event) => onChange(event.target.value),
        onFocus: () => {
          this.wasInText = true;
          setActiveStyle();
        },
        onBlur: setInactiveStyle,
      });
      return h("div", {}, area, this.state.open ? this.form() : this.button(words.add, () => this.setState({ open: true })));
    },
    button(text, onClick, more = {}) {
      return h("button", { type: "button", className: "kk-button", onClick, ...more }, text);
    },
    form() {
      const { file, alt, caption } = this.state;
      const line = (label, name) =>
        h("label", { className: "kk-line" }, label, h("input", { value: this.state[name], onChange: (event) => this.setState({ [name]: event.target.value }) }));
      return h(
        "div",
        { className: "kk-picture" },
        this.button(words.choose, () => this.choose()),
        file ? h("p", {}, words.chosen.replace("{file}", file)) : null,
        line(words.alt, "alt"),
        line(words.caption, "caption"),
        this.button(words.insert, () => this.insert(), { disabled: !file || !alt.trim() }),
        this.button(words.cancel, () => this.setState({ open: false, file: "", alt: "", caption: "" })),
      );
    },
  });

  CMS.registerWidget("kurskatalog-text", Text);
}
