"""People with a clone each of a club at a server, and what they run there."""

import json
import os
import pathlib
import re
import subprocess
import sys

sys.dont_write_bytecode = True  # no __pycache__ among the sources
HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "e2e"))
from hermetic import Place  # noqa: E402, F401  # for the scripts, too

from servers import WORD  # noqa: E402

PATIENCE = 120  # seconds for one command; longer is a hang
LOCKED = re.compile(r"locked by '([^']+)'")


class Person:
    """Somebody with a clone; everything that they are shown is kept."""

    shown = []  # by all of them

    def __init__(self, place, server, name):
        self.name, self.server, self.folder = name, server, place.scratch / name
        self.environment = {**place.environment(), **server.client(name),
                            "GIT_AUTHOR_NAME": name, "GIT_AUTHOR_EMAIL": f"{name}@example.org",
                            "GIT_COMMITTER_NAME": name, "GIT_COMMITTER_EMAIL": f"{name}@example.org",
                            "HOME": str(place.scratch / "home" / name)}
        for key in ("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"):
            del self.environment[key]

    def start(self, *arguments):
        return subprocess.Popen([str(one) for one in arguments], cwd=self.folder,
                                env=self.environment, stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
                                errors="replace")

    def finish(self, process):
        try:
            out, err = process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            out, err = process.communicate()
            err += "hangs"
        Person.shown.append(out + err)
        return process.returncode, out, err

    def try_(self, *arguments):
        return self.finish(self.start("paperclub", *arguments))

    def paperclub(self, *arguments):
        code, out, err = self.try_(*arguments)
        if code != 0:
            sys.exit(f"{self.name}: paperclub {' '.join(arguments)} ends with {code}: {out}{err}")
        return out

    def git(self, *arguments):
        code, out, err = self.finish(self.start("git", *arguments))
        if code != 0:
            sys.exit(f"{self.name}: git {' '.join(arguments)} ends with {code}: {out}{err}")
        return out

    def clone(self):
        self.folder.parent.mkdir(exist_ok=True)
        subprocess.run(["git", "clone", "--quiet", self.server.url(self.name), str(self.folder)],
                       check=True, env=self.environment, stdin=subprocess.DEVNULL)

    def sync(self, *arguments):
        return json.loads(self.paperclub("sync", "--json", *arguments))

    def sync_again(self):
        """Syncs after a kill: a lock that was left behind is removed as the message says."""
        for _ in range(3):
            code, out, err = self.try_("sync")
            locked = LOCKED.search(err)
            if code == 0 or not locked:
                return code, out + err
            os.unlink(locked[1])
        return code, out + err


def secrets_shown():
    """Returns what was shown that holds a password."""
    return [text for text in Person.shown if WORD in text]
