"""Runs a program under strace: to record its calls, or to spoil one of them."""

import collections
import pathlib
import re
import subprocess
import sys

from club import SKIPPED, run

Call = collections.namedtuple("Call", "name number text")  # the how-manieth of its name

LINE = re.compile(r"(\d+) +(\w+)\((.*)")


def need_strace():
    """Ends the test where strace is missing or may not do its work."""
    try:
        subprocess.run(["strace", "-o", "/dev/null", "true"], check=True, stderr=subprocess.DEVNULL)
    except (OSError, subprocess.CalledProcessError):
        print("skipped: strace is missing, or may not do its work here")
        sys.exit(SKIPPED)


def record(club, arguments, calls, log, options=()):
    """Runs a command in the club; returns the lines of strace's log for these calls."""
    names = ",".join(f"?{name}" for name in calls)
    result = run(["strace", "-f", "-qq", "-y", *options, "-e", f"trace={names}", "-e", "signal=none",
                  "-o", log, *arguments], club.folder, club.environment)
    if result.code != 0:
        sys.exit(f"the command fails under strace: {result.err}")
    return pathlib.Path(log).read_text(encoding="utf-8", errors="replace").splitlines()


def calls_at(club, arguments, calls, log):
    """Returns the calls that a command makes from the first one that has to do with the club."""
    counts, found = collections.Counter(), []
    here = re.compile(r"AT_FDCWD<[^>]*>")  # where it stands, whatever it opens
    lines = [LINE.match(line) for line in record(club, arguments, calls, log)]
    if len({line[1] for line in lines if line}) != 1:
        sys.exit("the command has several threads or processes: their calls have no one order")
    for line in filter(None, lines):
        counts[line[2]] += 1
        if found or str(club.folder) in here.sub("", line[3]):
            found.append(Call(line[2], counts[line[2]], line[3]))
    return found


def spoiled(club, arguments, call, spoiling):
    """Runs a command in the club with one call spoiled, as strace says it: 'signal=KILL:when=3'."""
    return run(["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}",
                "-e", f"inject={call}:{spoiling}", *arguments], club.folder, club.environment)
