"""Bare `laglead`: where you are and what is next; never an error on a fresh machine."""

from __future__ import annotations

import typer

from checker.catalog import MANIFEST
from checker.dataset import open_dataset
from checker.errors import DatasetError
from laglead import curriculum, workspace
from laglead.attempt import to_go_on_with
from laglead.progress import standings
from laglead.terminal import clean, paint


def welcome() -> None:
    """Say where the learner is and the one next step."""
    typer.echo(paint("laglead", "bold") + ": SQL practice on messy conversation logs\n")
    here = workspace.find()
    if here is None:
        typer.echo("You are not in a workspace yet.\nNext: laglead init practice && cd practice && laglead generate")
        return
    typer.echo(clean(f"workspace  {here.root}"))
    if not (here.data / MANIFEST).is_file():
        typer.echo("data       none yet\n\nNext: laglead generate")
        return
    try:
        open_dataset(here.data)
    except DatasetError as error:
        typer.echo(clean(f"data       {error}"))
        return
    every = curriculum.exercises()
    where = standings(here.progress, every)
    solved = sum(one.is_solved for one in where.values())
    typer.echo(clean(f"data       {here.data}\nprogress   {solved} of {len(every)} solved\n"))
    upcoming = to_go_on_with(here)
    if upcoming is None:
        typer.echo("All solved. Another log asks again: laglead generate --seed 43 --force")
    else:
        typer.echo(f"Next: laglead watch {upcoming.id}    all: laglead list    help: laglead --help")
