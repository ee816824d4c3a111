"""A disk that forgets: what a recorded run would leave behind if the power went at any of its calls.

A run is recorded with strace and replayed on files and folders in memory, each of which knows what
it holds and what of that was brought to the disk.  Two disks are modelled:

  strict   a file's bytes are there if it was fsynced after they were written, its name if its folder
           was fsynced after it was given; this is all that POSIX promises
  relaxed  names are there as soon as they are given, in order, as with the journal of ext4; of bytes
           that were not fsynced there is nothing, or half
"""

import collections
import os
import pathlib
import re
import sys

CALLS = ("open", "openat", "creat", "write", "pwrite64", "writev", "ftruncate", "truncate", "fallocate",
         "copy_file_range", "fsync", "fdatasync", "sync", "syncfs", "rename", "renameat", "renameat2",
         "link", "linkat", "symlink", "symlinkat", "unlink", "unlinkat", "mkdir", "mkdirat", "rmdir")
OPTIONS = ("-xx", "-s", "16777216")

Operation = collections.namedtuple("Operation", "name numbers paths data flags result process")

LINE = re.compile(r"(\d+) +(\w+)\((.*)\) += (-?\d+)")
# An open file or folder with its path, a string, a number or flags.
ARGUMENT = re.compile(r'(AT_FDCWD|\d+)<([^>]*)>|"([^"]*)"|([^ ,]+)')


def unescaped(text):
    return bytes.fromhex(text.replace("\\x", ""))


def parse(line, where):
    """Returns the call of a line of strace's log of a program that stood in the folder `where`, or
    None where it failed or is no call."""
    match = LINE.match(line)
    if match is None and "<unfinished" in line:
        sys.exit(f"two processes at once cannot be replayed: {line[:100]}")
    if match is None or match[4].startswith("-"):
        return None
    numbers, texts, flags, paths, folder = [], [], "", [], None
    for handle, at, text, word in ARGUMENT.findall(match[3]):
        if at or handle:
            folder = os.fsdecode(unescaped(at)) if at.startswith("\\x") else at
            numbers.append(-1 if handle == "AT_FDCWD" else int(handle))
            paths.append(folder)
        elif word:
            flags += f" {word}"
            numbers += [int(word)] if word.isdigit() else []
        else:
            texts.append(unescaped(text))
            if match[2] not in ("write", "pwrite64", "writev"):
                here = paths.pop() if folder is not None else str(where)
                paths.append(os.path.normpath(os.path.join(here, os.fsdecode(texts[-1]))))
                folder = None
    return Operation(match[2], numbers, paths, b"".join(texts), flags, int(match[4]), int(match[1]))


class File:
    """Bytes, and those of them that are on the disk."""

    def __init__(self, synced=b""):
        self.now = self.synced = synced

    def sync(self):
        self.synced = self.now

    def torn(self, half):
        """Returns what is there of it: nothing of what was written since, or half of that."""
        if self.now == self.synced or not half:
            return self.synced
        kept = len(self.synced) if self.now.startswith(self.synced) else 0
        return self.now[:(kept + len(self.now)) // 2]


class Folder:
    """Names, and those of them that are on the disk."""

    def __init__(self):
        self.now, self.synced = {}, {}

    def sync(self):
        self.synced = dict(self.now)


class Disk:
    """The files below a folder, all of them on the disk at first."""

    def __init__(self, top):
        self.top = str(top)
        self.root = self._load(pathlib.Path(top))
        self.open = {}  # of each process and handle: where the next byte goes, None: at the end

    def _load(self, path):
        if not path.is_dir():
            return File(path.read_bytes())
        folder = Folder()
        folder.now = {item.name: self._load(item) for item in path.iterdir()}
        folder.sync()
        return folder

    def _find(self, path):
        """Returns the file or folder at an absolute path; None where it is none of ours."""
        if path != self.top and not path.startswith(self.top + "/"):
            return None
        node = self.root
        for part in pathlib.PurePath(path).relative_to(self.top).parts:
            node = node.now.get(part) if isinstance(node, Folder) else None
        return node

    def _place(self, path):
        """Returns the folder that holds the name of a path, and that name."""
        folder, name = os.path.split(path)
        return self._find(folder), name

    # --- calls -------------------------------------------------------------------------------------

    def apply(self, call):
        """Does what the call did."""
        do = {"open": self._open, "openat": self._open, "creat": self._open, "write": self._write,
              "pwrite64": self._write, "fsync": self._sync, "fdatasync": self._sync,
              "ftruncate": self._truncate, "mkdir": self._mkdir, "mkdirat": self._mkdir,
              "rename": self._rename, "renameat": self._rename, "renameat2": self._rename,
              "link": self._link, "linkat": self._link, "unlink": self._unlink,
              "unlinkat": self._unlink, "rmdir": self._unlink}.get(call.name)
        if do is not None:
            do(call)
        elif any(self._find(path) for path in call.paths):
            sys.exit(f"{call.name} cannot be replayed")

    def _open(self, call):
        path = call.paths[0]
        folder, name = self._place(path)
        if folder is None or not isinstance(folder, Folder):
            return
        if name not in folder.now and "O_CREAT" in call.flags:
            folder.now[name] = File()
        if "O_TRUNC" in call.flags:
            folder.now[name].now = b""
        self.open[call.process, call.result] = None if "O_APPEND" in call.flags else 0

    def _write(self, call):
        file, key = self._find(call.paths[0]), (call.process, call.numbers[0])
        if not isinstance(file, File):
            return
        at = call.numbers[-1] if call.name == "pwrite64" else self.open[key]
        at = len(file.now) if at is None else at
        data = call.data[:call.result]
        file.now = file.now[:at].ljust(at, b"\0") + data + file.now[at + len(data):]
        if call.name == "write" and self.open[key] is not None:
            self.open[key] = at + len(data)

    def _truncate(self, call):
        file, length = self._find(call.paths[0]), call.numbers[-1]
        if file is not None:
            file.now = file.now[:length].ljust(length, b"\0")

    def _sync(self, call):
        node = self._find(call.paths[0])
        if node is not None:
            node.sync()

    def _mkdir(self, call):
        folder, name = self._place(call.paths[0])
        if folder is not None:
            folder.now[name] = Folder()

    def _rename(self, call):
        node = self._find(call.paths[0])
        if node is not None:
            self._unlink(call)
            self._name(call.paths[1], node)

    def _link(self, call):
        self._name(call.paths[1], self._find(call.paths[0]))

    def _name(self, path, node):
        folder, name = self._place(path)
        if folder is not None:
            folder.now[name] = node

    def _unlink(self, call):
        folder, name = self._place(call.paths[0])
        if folder is not None:
            del folder.now[name]

    # --- what is there -----------------------------------------------------------------------------

    def now(self):
        """Returns the bytes of every file by path (None: a folder) as a program sees them."""
        return self._walk(self.root, "", lambda folder: folder.now, lambda file: file.now)

    def strict(self):
        return self._walk(self.root, "", lambda folder: folder.synced, lambda file: file.synced)

    def relaxed(self, half):
        return self._walk(self.root, "", lambda folder: folder.now, lambda file: file.torn(half))

    def _walk(self, node, path, names, content):
        if isinstance(node, File):
            return {path: content(node)}
        files = {path: None}
        for name, inner in names(node).items():
            files |= self._walk(inner, f"{path}/{name}".lstrip("/"), names, content)
        return files


def write_out(files, top):
    """Makes the files below a new folder."""
    for path, content in files.items():
        if content is None:
            pathlib.Path(top, path).mkdir()
        else:
            pathlib.Path(top, path).write_bytes(content)
