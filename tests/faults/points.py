"""Points at which something goes wrong: how many of them are tried, and how it is told what came of it."""

import argparse
import collections
import concurrent.futures
import os
import pathlib

from club import Place

Verdict = collections.namedtuple("Verdict", "lost broken left", defaults=(frozenset(),))


def command_line(text):
    """Returns the arguments that every script of points takes; `text` is its own description."""
    parser = argparse.ArgumentParser(description=text.split("\n", maxsplit=1)[0])
    parser.add_argument("binary", type=pathlib.Path)
    parser.add_argument("--all", action="store_true", help="every point, not some of each kind")
    parser.add_argument("-j", type=int, default=os.cpu_count(), metavar="N", dest="jobs")
    return parser.parse_args()


def place_and_pool(arguments):
    """Returns a hermetic place for the binary and threads to try points in, for a with statement."""
    return (Place(arguments.binary.resolve(strict=True)),
            concurrent.futures.ThreadPoolExecutor(arguments.jobs))


def evenly(points, count, chance):
    """Returns so many of the points, one at random from each of as many equal parts, and the last."""
    if len(points) <= count:
        return points
    step = len(points) / count
    return [points[int((i + chance.random()) * step)] for i in range(count - 1)] + [points[-1]]


def tell(points, verdicts):
    """Prints what is wrong, what was left behind, and the figures; returns whether all is well."""
    left, lost, broken = collections.Counter(), 0, 0
    for point, verdict in zip(points, verdicts):
        lost += bool(verdict.lost)
        broken += bool(verdict.broken)
        left.update(verdict.left)
        if verdict.lost or verdict.broken:
            print(f"{point}:", *(["lost"] if verdict.lost else []), *verdict.broken, sep="\n  ",
                  flush=True)
    for path, count in sorted(left.items()):
        print(f"left behind by {count} killed: {path}")
    print(f"{len(points)} points tried, {lost} lost, {broken} broken")
    return lost == broken == 0
