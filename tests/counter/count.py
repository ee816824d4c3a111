#!/usr/bin/env python3
"""Counts one election by approval, IRV or Schulze, as slowly and plainly as the definitions read.

It exists to be compared with a program that counts the same file fast, so it shares no code with it
and optimises nothing. It has one winner and no options.

usage: count.py approval|irv|schulze FILE

FILE is PrefLib's `.cat` for approval, Condorcet Election Format for the others. The result is one
JSON object: `winners` (one id, or none if no ballot says anything), `tied` (the winner needed a tie
rule), `scores` for approval and `potential_winners`, all whom nobody beats, for Schulze.

An election is a list of candidates and a list of ballots. The order of the candidates is the lot
order: the first in it wins a tie, the last in it leaves first. A ballot is (count, tiers): how many
cast it, and the candidates they ranked, best tier first; those in one tier are ranked equally, and
those in no tier share one last place.
"""
import json
import re
import sys
from fractions import Fraction


def read_cef(lines):
    """Condorcet Election Format: `#/Candidates: a ; b ; c`, then lines `a > b = c * 42`."""
    candidates, ballots = [], []
    for line in lines:
        if line.startswith("#/"):
            name, _, value = (part.strip() for part in line[2:].partition(":"))
            if name.lower() == "candidates":
                candidates = [c.strip() for c in value.split(";")]
            continue
        line = line.partition("#")[0].rpartition("||")[2].strip()  # no comment, no tags
        if not line:
            continue
        ranking, _, count = line.partition("*")
        if "^" in ranking:
            raise ValueError(f"weights are not counted: {line}")
        blank = ranking.strip() == "/EMPTY_RANKING/"
        tiers = [] if blank else [[c.strip() for c in tier.split("=")] for tier in ranking.split(">")]
        named = sum(tiers, [])
        if len(set(named)) < len(named):
            raise ValueError(f"a candidate is ranked twice: {line}")
        # The format has readers ignore those who do not stand; a tier left empty closes up.
        tiers = [[c for c in tier if c in candidates] for tier in tiers]
        ballots.append((int(count or 1), [tier for tier in tiers if tier]))
    return candidates, ballots


def read_cat(lines):
    """PrefLib's categorical format: `count: {1,2},3`, the approved first; one alone has no braces."""
    names, ballots = {}, []
    for line in lines:
        if alternative := re.match(r"# ALTERNATIVE NAME (\d+):(.*)", line):
            names[int(alternative[1])] = alternative[2].strip()
        elif line.strip() and not line.startswith("#"):
            count, _, categories = line.partition(":")
            first = re.match(r"\s*(\{[^}]*\}|\d+)", categories)[1]
            approved = [names[int(number)] for number in re.findall(r"\d+", first)]
            ballots.append((int(count), [approved] if approved else []))
    return [names[number] for number in sorted(names)], ballots


def read(method, path):
    with open(path, encoding="utf-8") as file:
        return (read_cat if method == "approval" else read_cef)(file)


def approval(candidates, ballots):
    """Most approvals win."""
    scores = {c: sum(count for count, tiers in ballots if c in sum(tiers, [])) for c in candidates}
    best = [c for c in candidates if scores[c] == max(scores.values())]
    return {"winners": best[:1], "tied": len(best) > 1, "scores": scores}


def first_choices(standing, ballots):
    """The votes of each candidate still standing: a ballot counts one, in equal parts for all in the
    best tier of which somebody still stands, or for nobody if there is no such tier."""
    votes = {c: Fraction(0) for c in standing}
    for count, tiers in ballots:
        tops = [[c for c in tier if c in standing] for tier in tiers]
        top = next((tier for tier in tops if tier), [])
        for c in top:
            votes[c] += Fraction(count, len(top))
    return votes


def irv(candidates, ballots):
    """More than half of the ballots that still count wins; otherwise who has the fewest votes leaves.

    Of several with the fewest, the latest earlier round in which they differ keeps only those with the
    fewest there, the rounds before it do likewise, and the last of them in the lot order leaves."""
    standing, rounds, saved = list(candidates), [], set()
    while True:
        votes = first_choices(standing, ballots)
        rounds.append(votes)
        for c in standing:
            if votes[c] > sum(votes.values()) / 2:
                return {"winners": [c], "tied": c in saved}
        fewest = leaving = [c for c in standing if votes[c] == min(votes.values())]
        for earlier in reversed(rounds):
            least = min(earlier[c] for c in leaving)
            leaving = [c for c in leaving if earlier[c] == least]
        standing.remove(leaving[-1])
        saved.update(fewest)  # but for a tie rule, any of these might have left


def above(candidates, ballots):
    """For each pair, the number of ballots that rank the first above the second."""
    wins = {(a, b): 0 for a in candidates for b in candidates}
    for count, tiers in ballots:
        last = len(tiers)
        place = {c: next((i for i, tier in enumerate(tiers) if c in tier), last) for c in candidates}
        for a, b in wins:
            wins[a, b] += count if place[a] < place[b] else 0
    return wins


def condorcet_winner(candidates, ballots):
    """The candidate who defeats every other one, or None."""
    wins = above(candidates, ballots)
    beats_all = (a for a in candidates if all(wins[a, b] > wins[b, a] for b in candidates if b != a))
    return next(beats_all, None)


def schulze(candidates, ballots):
    """A path is as strong as its weakest defeat; whom nobody beats by a stronger path may win."""
    wins = above(candidates, ballots)
    path = {(a, b): wins[a, b] if wins[a, b] > wins[b, a] else 0 for a, b in wins}
    for k in candidates:
        for i in candidates:
            for j in candidates:
                path[i, j] = max(path[i, j], min(path[i, k], path[k, j]))
    potential = [a for a in candidates if all(path[a, b] >= path[b, a] for b in candidates)]
    return {"winners": potential[:1], "tied": len(potential) > 1, "potential_winners": potential}


METHODS = {"approval": approval, "irv": irv, "schulze": schulze}


def tally(method, candidates, ballots):
    if not any(tiers for _, tiers in ballots):
        return {"winners": [], "tied": False}  # nobody has an opinion: no decision
    return METHODS[method](candidates, ballots)


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in METHODS:
        sys.exit("usage: count.py approval|irv|schulze FILE")
    print(json.dumps(tally(sys.argv[1], *read(*sys.argv[1:])), ensure_ascii=False))
