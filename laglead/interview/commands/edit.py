"""`edit`: opens the part's file in your editor."""

from __future__ import annotations

import os
import shlex
import subprocess

from laglead.interview.desk import Desk
from laglead.interview.part import Part
from laglead.interview.screens import shown

ORDER = 55
USAGE = "edit"


def command(desk: Desk, text: str) -> None:
    """Open the part's file in $VISUAL or $EDITOR."""
    if desk.part is Part.SUMMARY:
        desk.say("The summary is typed here: say SENTENCES")
        return
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not editor or not desk.console.is_live:
        desk.say(f"Open it beside this: {shown(desk, desk.part)}" + ("" if editor else " ($EDITOR is not set)"))
        return
    try:
        subprocess.run([*shlex.split(editor), str(desk.session.file(desk.part))], check=False)
    except (OSError, ValueError) as error:
        desk.say(f"{editor} did not start ({error}). Set EDITOR, or open {shown(desk, desk.part)} beside this.")
