"""The generated pages of docs/: one module, one page, discovered by its presence (see `laglead.docs`)."""
