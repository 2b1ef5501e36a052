"""The MariaDB files: Debian packages unpacked into a cache folder, without installing anything.

Comes in: nothing. Goes out: a `Distribution`, the folder that they were unpacked to and how to call what is in it.
Works as any user: `apt-get` gets state folders of its own. The first call downloads some 20 MB.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .process import Unavailable

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

# Each entry is one package, by the names that different releases give it.
PACKAGES: tuple[tuple[str, ...], ...] = (
    ("mariadb-server-core",),
    ("mariadb-server",),
    ("mariadb-client-core",),
    ("mariadb-client",),
    ("galera-4",),
    ("libmariadb3",),
    ("mariadb-common",),
    ("mariadb-plugin-spider",),
    ("libaio1", "libaio1t64"),
    ("liburing2",),
    ("rsync",),
    ("libpopt0",),
    ("libpcre2-8-0",),
    ("libsnappy1v5",),
)
DOWNLOAD_SECONDS = 300.0


@dataclass(frozen=True)
class Distribution:
    """Unpacked files: `root/usr/...`, and `template`, a data folder to copy."""

    folder: Path

    @property
    def root(self) -> Path:
        return self.folder / "root"

    @property
    def template(self) -> Path:
        return self.folder / "template"

    def environment(self) -> dict[str, str]:
        """The process environment in which the unpacked programs find each other and their libraries."""
        libraries = [*self.root.glob("usr/lib/*-linux-gnu*"), *self.root.glob("lib/*-linux-gnu*")]
        programs = [self.root / "usr/bin", self.root / "usr/sbin"]
        return {
            **os.environ,
            "LD_LIBRARY_PATH": ":".join(map(str, libraries)),
            "PATH": ":".join([*map(str, programs), os.environ.get("PATH", os.defpath)]),
        }


def cache_folder() -> Path:
    """Where downloaded servers are kept between runs: `$XDG_CACHE_HOME/cormorant`, by default `~/.cache/cormorant`."""
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "cormorant"


@contextlib.contextmanager
def locked(folder: Path) -> Generator[None]:
    """Hold the lock of `folder` against other processes."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def fetch() -> Distribution:
    """The unpacked files, downloaded when the cache does not have them; raises `Unavailable`."""
    cache = cache_folder()
    target = cache / "mariadb"
    with locked(cache):
        if not (target / "root").exists():
            check_tools()
            target.mkdir(parents=True, exist_ok=True)
            unpack_into(target / "root", cache)
    return Distribution(target)


def check_tools() -> None:
    for tool in ("apt-get", "apt-cache", "dpkg"):
        if shutil.which(tool) is None:
            raise Unavailable(f"there is no {tool} on this machine, so the Debian packages cannot be fetched")


def unpack_into(root: Path, cache: Path) -> None:
    """Download and unpack the packages beside `root`, then move them there in one step."""
    with tempfile.TemporaryDirectory(dir=cache, prefix="fetch-") as name:
        work = Path(name)
        options = apt_options(work)
        call(["apt-get", *options, "update"], work)
        names = [available_name(group, options, work) for group in PACKAGES]
        call(["apt-get", *options, "download", *names], work)
        for package in sorted(work.glob("*.deb")):
            call(["dpkg", "-x", str(package), "root"], work)
        (work / "root").rename(root)


def apt_options(work: Path) -> list[str]:
    """Options that give apt state of its own below `work`, so that any user can run it."""
    for folder in ("state/lists/partial", "cache/archives/partial", "log"):
        (work / folder).mkdir(parents=True)
    settings = {
        "Dir::State": str(work / "state"),
        "Dir::Cache": str(work / "cache"),
        "Dir::Log": str(work / "log"),
        "Dir::State::status": "/var/lib/dpkg/status",
        "APT::Sandbox::User": "",
        "Acquire::Retries": "3",
    }
    return [part for name, value in settings.items() for part in ("-o", f"{name}={value}")]


def available_name(group: Sequence[str], options: Sequence[str], work: Path) -> str:
    """The first name of `group` that this release has."""
    for name in group:
        show = ["apt-cache", *options, "show", "--no-all-versions", name]
        if subprocess.run(show, cwd=work, capture_output=True, check=False).returncode == 0:
            return name
    raise Unavailable(f"this release has no package {' or '.join(group)}")


def call(command: Sequence[str], work: Path) -> None:
    """Run one download step; raise `Unavailable` with its last line when it fails."""
    try:
        done = subprocess.run(
            command, cwd=work, capture_output=True, text=True, timeout=DOWNLOAD_SECONDS, check=False, errors="replace"
        )
    except subprocess.TimeoutExpired:
        raise Unavailable(f"{command[0]} took longer than {DOWNLOAD_SECONDS:.0f} seconds") from None
    if done.returncode:
        lines = (done.stderr.strip() or "no output").splitlines()
        raise Unavailable(f"{command[0]} failed: {lines[-1]}")
