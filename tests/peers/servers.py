"""Real git servers on loopback: git's http-backend behind lighttpd, sshd, and gitolite.

Each holds hub.git, whose pre-receive hook is paperclub's and knows the pusher as that server tells
it.  Each is started here and stopped by its own process.
"""

import os
import pathlib
import shutil
import signal
import socket
import subprocess
import time

BACKEND = "/usr/lib/git-core/git-http-backend"
WORD = "a-secret-word"  # of everybody, in the addresses of http; it must never be printed


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def missing():
    """Returns the programs that are not here."""
    found = {"lighttpd": shutil.which("lighttpd", path="/usr/sbin:" + os.environ["PATH"]),
             "sshd": shutil.which("sshd", path="/usr/sbin:" + os.environ["PATH"]),
             "gitolite": shutil.which("gitolite"), "git http-backend": os.path.exists(BACKEND)}
    return [name for name, path in found.items() if not path]


class Server:
    """A server's folder, its process and the way to it; use it in a with statement."""

    def __init__(self, root, binaries, people):
        self.root = pathlib.Path(root)
        self.binaries = pathlib.Path(binaries)
        self.people = people
        self.port = free_port()
        self.process = None
        self.root.mkdir(parents=True)

    # What git and the hook find on the server.
    def environment(self, **more):
        return {"PATH": f"{self.binaries}:/usr/sbin:{os.environ['PATH']}", "HOME": str(self.root),
                "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C.UTF-8", **more}

    def run(self, *arguments, **more):
        return subprocess.run([str(one) for one in arguments], check=True, cwd=self.root,
                              env=self.environment(), stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **more).stdout

    @property
    def hub(self):
        return self.root / "hub.git"

    def make_hub(self):
        self.run("git", "init", "--quiet", "--bare", "--initial-branch=main", self.hub)
        self.run("git", "-C", self.hub, "config", "http.receivepack", "true")
        self.run("paperclub", "-C", self.hub, "hook", "install")

    def start(self, *arguments):
        self.log = (self.root / "log").open("wb")
        self.process = subprocess.Popen([str(one) for one in arguments], cwd=self.root,
                                        env=self.environment(), stdin=subprocess.DEVNULL,
                                        stdout=self.log, stderr=self.log, start_new_session=True)
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.05)
        raise SystemExit(f"{type(self).__name__} does not start: {(self.root / 'log').read_text()}")

    def __enter__(self):
        self.prepare()
        return self

    def __exit__(self, *_):
        if self.process:
            os.killpg(self.process.pid, signal.SIGTERM)
            self.process.wait()
            self.log.close()


class Http(Server):
    """Everybody has a name and a password; the server tells git the name as REMOTE_USER."""

    kind = "http"

    def prepare(self):
        self.make_hub()
        passwords = self.root / "passwords"
        passwords.write_text("".join(f"{one}:{WORD}\n" for one in self.people), encoding="utf-8")
        config = self.root / "lighttpd.conf"
        config.write_text(f'''
server.document-root = "{self.root}"
server.bind = "127.0.0.1"
server.port = {self.port}
server.modules = ("mod_alias", "mod_auth", "mod_authn_file", "mod_setenv", "mod_cgi")
server.stream-request-body = 1
server.max-request-size = 0
alias.url = ("/git" => "{BACKEND}")
auth.backend = "plain"
auth.backend.plain.userfile = "{passwords}"
auth.require = ("/git" => ("method" => "basic", "realm" => "git", "require" => "valid-user"))
$HTTP["url"] =~ "^/git" {{
  cgi.assign = ("" => "")
  setenv.set-environment = ("GIT_PROJECT_ROOT" => "{self.root}", "GIT_HTTP_EXPORT_ALL" => "1",
                            "PATH" => "{self.environment()['PATH']}", "HOME" => "{self.root}",
                            "GIT_CONFIG_NOSYSTEM" => "1")
}}
''', encoding="utf-8")
        self.start("lighttpd", "-D", "-f", config)

    def url(self, name, port=None):
        return f"http://{name}:{WORD}@127.0.0.1:{port or self.port}/git/hub.git"

    def client(self, _):
        return {}


class Ssh(Server):
    """Everybody has a key; the server's list of keys says whose it is, as PAPERCLUB_USER."""

    kind = "ssh"

    def prepare(self):
        self.make_hub()
        self.make_keys()
        self.serve("".join(
            f'restrict,command="env PAPERCLUB_USER={one} PATH={self.binaries}:$PATH git-shell -c '
            f'\\"$SSH_ORIGINAL_COMMAND\\"" {self.public(one)}\n' for one in self.people))

    def make_keys(self):
        for one in ("host", *self.people):
            self.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", one, "-f",
                     self.root / f"{one}.key")

    def public(self, name):
        return (self.root / f"{name}.key.pub").read_text(encoding="utf-8").strip()

    def serve(self, keys):
        (self.root / "keys").write_text(keys, encoding="utf-8")
        if os.geteuid() == 0:
            os.makedirs("/run/sshd", exist_ok=True)
        config = self.root / "sshd_config"
        config.write_text(f'''
ListenAddress 127.0.0.1
Port {self.port}
HostKey {self.root}/host.key
AuthorizedKeysFile {self.root}/keys
PidFile none
StrictModes no
UsePAM no
PermitRootLogin yes
PasswordAuthentication no
MaxStartups 100
''', encoding="utf-8")
        self.start(shutil.which("sshd", path="/usr/sbin:" + os.environ["PATH"]), "-D", "-e", "-f",
                   config)

    def user(self):
        return subprocess.run(["id", "-un"], check=True, stdout=subprocess.PIPE,
                              encoding="utf-8").stdout.strip()

    def url(self, name, port=None):
        return f"ssh://{self.user()}@127.0.0.1:{port or self.port}{self.hub}"

    def client(self, name):
        return {"GIT_SSH_COMMAND": f"ssh -F /dev/null -i {self.root}/{name}.key -o IdentitiesOnly=yes"
                                   f" -o StrictHostKeyChecking=no -o LogLevel=ERROR"
                                   f" -o UserKnownHostsFile={self.root}/known-{name}"}


class Gitolite(Ssh):
    """gitolite lets people in by their keys and tells the hook who it is as GL_USER."""

    kind = "gitolite"

    def prepare(self):
        self.make_keys()
        shutil.copy(self.root / f"{self.people[0]}.key.pub", self.root / f"{self.people[0]}.pub")
        self.run("gitolite", "setup", "-pk", self.root / f"{self.people[0]}.pub")
        everybody = " ".join(self.people)
        (self.root / ".gitolite/conf/gitolite.conf").write_text(
            f"repo hub\n    RW+ = {everybody}\n", encoding="utf-8")
        keys = self.root / ".gitolite/keydir"
        for one in self.people:
            shutil.copy(self.root / f"{one}.key.pub", keys / f"{one}.pub")
        self.run("gitolite", "compile")
        self.run("gitolite", "trigger", "POST_COMPILE")
        hub = self.root / "repositories/hub.git"
        self.run("git", "-C", hub, "symbolic-ref", "HEAD", "refs/heads/main")
        self.run("paperclub", "-C", hub, "hook", "install")
        lines = (self.root / ".ssh/authorized_keys").read_text(encoding="utf-8").splitlines()
        self.serve("".join(line.replace('command="', f'command="env HOME={self.root} PATH='
                                        f'{self.binaries}:$PATH GIT_CONFIG_NOSYSTEM=1 ') + "\n"
                           for line in lines if not line.startswith("#")))

    @property
    def hub(self):
        return self.root / "repositories/hub.git"

    def url(self, name, port=None):
        return f"ssh://{self.user()}@127.0.0.1:{port or self.port}/hub"


KINDS = {one.kind: one for one in (Http, Ssh, Gitolite)}
