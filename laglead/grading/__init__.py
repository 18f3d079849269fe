"""Grades a class: a folder of learners' folders in, a gradebook out, which reports/ writes down."""
