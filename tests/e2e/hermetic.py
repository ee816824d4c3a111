"""A place to run the program in that knows nothing of the person or machine that runs the tests."""

import os
import pathlib
import shutil
import subprocess
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
PASSED_ON = ("ASAN_OPTIONS", "UBSAN_OPTIONS")  # how a sanitizer reports is the caller's choice


class Place:
    """The folders of one run; use it in a with statement, which removes them at its end.

    case/club is the repository, case/home and case/tmp are the person's; nobody looks at scratch.
    """

    def __init__(self, binary):
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="paperclub-e2e-")).resolve()
        self.case = self.root / "case"
        self.scratch = self.root / "scratch"
        self.club = self.case / "club"
        self.binaries = self.root / "bin"
        for folder in (self.club, self.case / "home", self.case / "tmp", self.scratch, self.binaries):
            folder.mkdir(parents=True)
        (self.binaries / "paperclub").symlink_to(binary)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        # A case may have taken its own permissions away.
        subprocess.run(["chmod", "-R", "u+rwX", str(self.root)], check=False)
        shutil.rmtree(self.root, ignore_errors=True)

    def environment(self):
        """Returns every variable that a script sees."""
        return {
            **{name: os.environ[name] for name in PASSED_ON if name in os.environ},
            "PATH": f"{self.binaries}:/usr/bin:/bin",
            "HOME": str(self.case / "home"),
            "TMPDIR": str(self.case / "tmp"),
            "CASE": str(self.case),
            "SCRATCH": str(self.scratch),
            "E2E": str(HERE),
            "LC_ALL": "C.UTF-8",
            "LSAN_OPTIONS": f"suppressions={HERE.parent}/support/lsan.supp:print_suppressions=0",
            "TERM": "xterm",
            "TZ": "UTC",
            "SOURCE_DATE_EPOCH": "1704067200",
            "GIT_CONFIG_GLOBAL": str(self.case / "home/.gitconfig"),  # none; one that a case makes
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_NAME": "ada",
            "GIT_AUTHOR_EMAIL": "ada@example.org",
            "GIT_AUTHOR_DATE": "2024-01-01T00:00:00Z",
            "GIT_COMMITTER_NAME": "ada",
            "GIT_COMMITTER_EMAIL": "ada@example.org",
            "GIT_COMMITTER_DATE": "2024-01-01T00:00:00Z",
        }

    def git(self, *arguments):
        """Runs git in the repository and returns what it prints."""
        return subprocess.run(["git", *arguments], cwd=self.club, env=self.environment(), check=True,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE).stdout

    def init(self):
        """Makes the repository, without a commit."""
        self.git("-c", "init.defaultBranch=main", "init", "--quiet", "--template=")

    def commit_all(self, message):
        self.git("add", "--all")
        self.git("commit", "--quiet", f"--message={message}")

    def neutral(self, output):
        """Returns the output without the paths that differ from run to run."""
        for path, name in ((self.scratch, b"$SCRATCH"), (self.case, b"$CASE")):
            output = output.replace(os.fsencode(path), name)
        return output
