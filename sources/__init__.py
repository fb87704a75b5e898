"""Where articles come from: one fetch function, one parser per kind of source, the parse jail."""
