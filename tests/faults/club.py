"""The small club that the faults happen to, copies of it, and what must hold of it after anything."""

import collections
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True  # no __pycache__ among the sources
HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "e2e"))
from hermetic import Place  # noqa: E402, F401  # for the scripts, too

CLUBS = HERE.parent / "e2e" / "clubs"
PATIENCE = 60  # seconds for one run; longer is a hang
SKIPPED = 77  # the exit code that says that this cannot be tested here

# What is tested is the order of the calls, not the disk that they go to.
MEMORY = pathlib.Path("/dev/shm")
if "TMPDIR" not in os.environ and os.access(MEMORY, os.W_OK):
    tempfile.tempdir = str(MEMORY)

Command = collections.namedtuple("Command", "arguments target repeated")
Result = collections.namedtuple("Result", "code out err")

# What is run, the file that it writes, and what it answers (exit code, words) once that is done.
ADD = Command(("add", "https://example.org/paper", "--title", "A New Paper", "--why", "it is short"),
              "papers/a-new-paper.yaml", (1, "the club has this paper"))
EDIT = Command(("edit", "bert", "venue=NAACL"), "papers/bert.yaml", (0, "nothing changed"))

LOCKED = re.compile(r"locked by '([^']+)'")


def run(arguments, folder, environment):
    """Runs a program to its end, however that comes, and returns what became of it."""
    process = subprocess.Popen([str(part) for part in arguments], cwd=folder, env=environment,
                               start_new_session=True, stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        out, err = process.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return Result("hang", "", "")
    return Result(process.returncode, out.decode("utf-8", "replace"), err.decode("utf-8", "replace"))


class Club:
    """A repository at `folder`, looked at from outside: with git, and as files."""

    def __init__(self, folder, place):
        self.folder = pathlib.Path(folder)
        self.environment = {**place.environment(), "ASAN_OPTIONS": "detect_leaks=0",
                            "GIT_OPTIONAL_LOCKS": "0"}

    def git(self, *arguments):
        return run(["git", *arguments], self.folder, self.environment)

    def paperclub(self, *arguments):
        return run(["paperclub", *arguments], self.folder, self.environment)

    def tip(self):
        """Returns the commit that the branch stands on, or '' where it cannot be told."""
        return self.git("rev-parse", "--quiet", "--verify", "HEAD^{commit}").out.strip()

    def damage(self):
        """Returns what git finds broken, as lines."""
        fsck = self.git("fsck", "--strict", "--full", "--no-dangling", "--no-progress")
        lines = (fsck.out + fsck.err).splitlines()
        return lines if lines or fsck.code == 0 else [f"git fsck ends with {fsck.code}"]

    def status(self):
        """Returns git's status as a set of lines; None where git cannot tell."""
        status = self.git("status", "--porcelain", "--untracked-files=all")
        return set(status.out.splitlines()) if status.code == 0 else None

    def files(self):
        """Returns the paths of all files, those of git's too."""
        return {str(pathlib.Path(folder, name).relative_to(self.folder))
                for folder, _, names in os.walk(self.folder) for name in names}

    def work(self):
        """Returns the bytes of every file of the working tree, by path."""
        return {path: (self.folder / path).read_bytes() for path in self.files()
                if not path.startswith(".git/")}


class Scenario:
    """One command in one kind of repository: before it, and after it as it should be.

    Names, dates and so all ids are the same on every run: the commit that the command makes is
    known, and the branch is on that one, or on the one before, or something is wrong.
    """

    def __init__(self, command, kind, place):
        self.name, self.command, self.place = f"{command.arguments[0]}-{kind}", command, place
        self.before = Club(place.scratch / f"{self.name}-before", place)
        self._prepare(kind)
        self.after = self.copy("after")
        done = self.after.paperclub(*command.arguments)
        if done.code != 0:
            sys.exit(f"{self.name}: the command fails without any fault: {done.err}")
        self.old, self.new = self.before.tip(), self.after.tip()
        self.work_before, self.work_after = self.before.work(), self.after.work()
        self.status_before, self.status_after = self.before.status(), self.after.status()
        self.known_files = self.before.files() | self.after.files()

    def _prepare(self, kind):
        """A club with a person's unfinished work.  Its repository is loose, an object a file; or
        packed, and the folders of objects, of the branch and of its log are to be made."""
        club, branch = self.before, "main" if kind == "loose" else "club/main"
        shutil.copytree(CLUBS / "small", club.folder)
        (club.folder / "staged.txt").write_text("as committed\n", encoding="utf-8")
        steps = [["-c", f"init.defaultBranch={branch}", "init", "--quiet", "--template="],
                 ["add", "--all"], ["commit", "--quiet", "--message=start"]]
        if kind == "packed":
            steps += [["gc", "--quiet"], ["pack-refs", "--all"]]
        for step in steps:
            if club.git(*step).code != 0:
                sys.exit(f"{self.name}: git {step} failed")
        if kind == "packed":
            shutil.rmtree(club.folder / ".git/logs")
            (club.folder / ".git/refs/heads/club").rmdir()
        (club.folder / "staged.txt").write_text("as staged\n", encoding="utf-8")
        club.git("add", "staged.txt")
        with (club.folder / "README.md").open("a", encoding="utf-8") as readme:
            readme.write("changed, not staged\n")
        (club.folder / "untracked.txt").write_text("mine\n", encoding="utf-8")

    def copy(self, name):
        """Returns a fresh copy of the repository as it was before."""
        club = Club(self.place.scratch / f"{self.name}-{name}", self.place)
        subprocess.run(["cp", "-a", str(self.before.folder), str(club.folder)], check=True)
        return club

    # --- what must hold ----------------------------------------------------------------------------

    def left_behind(self, club):
        """Returns the files that nobody asked for, without what differs from run to run."""
        return {nameless(path) for path in club.files() - self.known_files
                if not self.is_object(path)}

    @staticmethod
    def is_object(path):
        """Whether a path is that of an object of git's, in a file of its own."""
        return re.fullmatch(r"\.git/objects/[0-9a-f]{2}/[0-9a-f]{38}", path) is not None

    def whole(self, club):
        """Yields what is wrong, whatever happened: the branch is on one of two commits, everything
        can be read, and what the person has under way is as it was."""
        if club.tip() not in (self.old, self.new):
            yield f"the branch is on {club.tip() or 'nothing'}"
        yield from club.damage()
        target, work = self.command.target, club.work()
        if work.get(target) not in (self.work_before.get(target), self.work_after[target]):
            yield f"{target} is neither as before nor as after"
        for path, content in self.work_before.items():
            if path != target and work.get(path) != content:
                yield f"{path} is not as the person left it"

    def strange_status(self, club):
        """Returns the lines of git's status that are not the person's own."""
        status = club.status()
        return {"git status fails"} if status is None else status ^ self.status_before

    def repeated(self, club, by_the_message):
        """Runs the command again, as the person would, and yields what is wrong then.  A lock is
        taken away when the message asks for it, or at once, which is the same but quicker."""
        was = club.tip()
        if not by_the_message:
            for path in club.files():
                if path.endswith(".lock") and path not in self.known_files:
                    (club.folder / path).unlink()
        result = club.paperclub(*self.command.arguments)
        while result.code == 3 and (named := LOCKED.search(result.err)):
            lock = pathlib.Path(named[1])
            if not by_the_message or not lock.exists():
                yield f"the message asks to remove {named[1]}"
                return
            lock.unlink()
            result = club.paperclub(*self.command.arguments)
        code, words = self.command.repeated if was == self.new else (0, "commit ")
        if result.code != code or words not in result.out + result.err:
            yield f"run again, it ends with {result.code}: {result.err.strip()}"
        if club.tip() != self.new:
            yield f"run again, it leaves the branch on {club.tip()}"
        yield from club.damage()
        yield from (f"run again, it leaves {line!r}" for line in self.strange_status(club)
                    if not is_temporary(line))


def nameless(path):
    """Returns the path of a temporary file without numbers of processes and names of objects."""
    path = re.sub(r"objects/../tmp_obj_[0-9a-f]+", "objects/XX/tmp_obj_ID", path)
    return re.sub(r"\d+-\d+\.tmp$", "PID-N.tmp", path)


def is_temporary(path):
    """Whether a path, or a line of git's status, is a file that a killed run had not renamed yet."""
    return re.search(r"/(\.|tmp_obj_)[^/]+\.PID-N\.tmp$", nameless(path)) is not None


def scenarios(place, everything):
    """Returns what the faults happen to; everything: each command in each kind of repository."""
    chosen = [(ADD, "packed"), (EDIT, "loose")]
    if everything:
        chosen += [(ADD, "loose"), (EDIT, "packed")]
    return [Scenario(command, kind, place) for command, kind in chosen]
