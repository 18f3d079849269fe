"""Judges an answer: an exercise, a query and a data set go in, a verdict comes out."""
