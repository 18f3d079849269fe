"""The commands: one file, one command, discovered by its presence (see `laglead.app`)."""
