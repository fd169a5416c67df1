"""PDFs, set by Typst with the templates in `theme/print`: the same facts and the same checked texts as the site."""
