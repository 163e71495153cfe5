"""A PostgreSQL of the tests' own: empty, with a password, on a free port of this machine, gone afterwards."""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg

# a crash of the server may lose everything: it lives as long as the tests
_FAST = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "wal_level=minimal",
    "max_wal_senders=0",
    "max_wal_size=2GB",
    "shared_buffers=256MB",
    "work_mem=64MB",
)


@dataclass(frozen=True)
class Postgres:
    """A running server: its owner's address, and how to get others."""

    port: int
    password: str
    folder: Path

    def url(self, *, user: str = "owner", password: str | None = None, database: str = "postgres", host: str = "127.0.0.1", port: int | None = None) -> str:
        """Write an address."""
        return f"postgresql://{user}:{quote(password or self.password, safe='')}@{host}:{port or self.port}/{database}"

    def do(self, *commands: str, database: str = "postgres") -> None:
        """Run commands as the owner, each by itself."""
        with psycopg.connect(self.url(database=database), autocommit=True) as con:
            for command in commands:
                con.execute(command)

    def ask(self, query: str, values: Sequence = (), *, database: str = "postgres") -> list[tuple]:
        """Ask as the owner."""
        with psycopg.connect(self.url(database=database), autocommit=True) as con:
            return con.execute(query, values or None).fetchall()


def find_server() -> Path | None:
    """Find the folder of PostgreSQL's programs: on the path, or where Debian puts them, the newest."""
    on_path = [Path(found).resolve().parent for found in [shutil.which("initdb")] if found]
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name.split(".")[0]), reverse=True)
    return next((folder for folder in [*on_path, *debian] if (folder / "initdb").exists() and (folder / "postgres").exists()), None)


@contextmanager
def serve(programs: Path) -> Iterator[Postgres]:
    """Start a server in a folder of its own and stop it in the end. It sorts text as people do (ICU), so what relies on the order of bytes shows."""
    folder = Path(tempfile.mkdtemp(prefix="workbook-pg-"))
    as_user = {}
    if os.geteuid() == 0:  # the server refuses to be root
        user = next(pwd.getpwnam(name) for name in ("postgres", "nobody") if _exists(name))
        os.chown(folder, user.pw_uid, user.pw_gid)
        as_user = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    password = secrets.token_urlsafe(12) + "@:/%"  # has to be quoted in an address
    (folder / "password").write_text(password)
    (folder / "password").chmod(0o644)
    surroundings = {"PATH": os.environ["PATH"], "HOME": str(folder), "LC_ALL": "C.UTF-8"}
    data, server = folder / "data", None
    try:
        subprocess.run(
            [programs / "initdb", "--pgdata", data, "--username", "owner", "--pwfile", folder / "password", "--auth", "scram-sha-256", "--encoding", "UTF8",
             "--locale-provider", "icu", "--icu-locale", "en-US", "--no-sync"],
            check=True, capture_output=True, cwd=folder, env=surroundings, **as_user,
        )  # fmt: skip
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        settings = [f"port={port}", "listen_addresses=127.0.0.1", f"unix_socket_directories={folder}", *_FAST]
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(
                [programs / "postgres", "-D", data, *(word for setting in settings for word in ("-c", setting))],
                stdout=log, stderr=log, cwd=folder, env=surroundings, **as_user,
            )  # fmt: skip
        made = Postgres(port, password, folder)
        _wait(made, server)
        yield made
    finally:
        if server:
            server.send_signal(signal.SIGINT)  # "fast": it does not wait for clients
            server.wait(60)
        shutil.rmtree(folder, ignore_errors=True)


def _wait(made: Postgres, server: subprocess.Popen) -> None:
    for _ in range(300):
        try:
            psycopg.connect(made.url(), connect_timeout=2).close()
        except psycopg.OperationalError:
            if server.poll() is not None:
                break
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"PostgreSQL did not start:\n{(made.folder / 'log').read_text()[-2000:]}")


def _exists(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True
