"""The watch: an answer file is judged again whenever it is saved, and one key does the rest."""
