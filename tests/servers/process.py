"""Starting and stopping a server process: where its data goes, under which user it runs, when it is ready.

Comes in: a command. Goes out: a `Server` that listens and knows its URL. This module knows no database.
"""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Mapping, Sequence

HOST = "127.0.0.1"
START_SECONDS = 60.0
STOP_SECONDS = 10.0
MEMORY_FOLDER = Path("/dev/shm")
MEMORY_NEEDED = 1 << 30
NOBODY = 65534


class Unavailable(Exception):
    """A server cannot be had here; the text says why in one line."""


@dataclass
class Server:
    """A running server: its URL, its process, how that is started, and the folder that goes away with it."""

    url: str
    launch: Callable[[], subprocess.Popen[bytes]]
    folder: Path
    stop_signal: signal.Signals

    def __post_init__(self) -> None:
        self.process = self.launch()

    def kill(self) -> None:
        """Kill the process and all of its children without a warning, and leave the data as they are."""
        for pid in (*descendants(self.process.pid), self.process.pid):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait(STOP_SECONDS)

    def start_again(self) -> None:
        """Start it after `kill()`, on the data that are there."""
        self.process = self.launch()

    def stop(self) -> None:
        """Stop the process (kill it when it does not listen) and remove its folder."""
        if self.process.poll() is None:
            self.process.send_signal(self.stop_signal)
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait(STOP_SECONDS)
        shutil.rmtree(self.folder, ignore_errors=True)


def descendants(pid: int) -> list[int]:
    """The processes below one, nearest first (Linux)."""
    found: list[int] = []
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for child in map(int, children.read_text().split()):
                found += [child, *descendants(child)]
    return found


def free_port() -> int:
    """A loopback port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def has_memory_folder() -> bool:
    """Whether data can live in memory: a large enough, writable /dev/shm."""
    return os.access(MEMORY_FOLDER, os.W_OK) and shutil.disk_usage(MEMORY_FOLDER).free > MEMORY_NEEDED


def data_folder(name: str) -> Path:
    """A new private folder for data, in memory where the machine has room for it."""
    parent = MEMORY_FOLDER if has_memory_folder() else None
    return Path(tempfile.mkdtemp(prefix=f"cormorant-{name}-", dir=parent))


@contextlib.contextmanager
def removed_on_failure(folder: Path) -> Generator[Path]:
    """Remove `folder` when the block fails; otherwise it belongs to the server started in the block."""
    try:
        yield folder
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


@functools.cache
def unprivileged_prefix() -> tuple[str, ...]:
    """What to put before a command so that it does not run as root; empty for any other user."""
    if os.geteuid() != 0:
        return ()
    mapped = ("unshare", "--user", "--map-user=1000", "--map-group=1000")
    if shutil.which("unshare") and subprocess.run([*mapped, "true"], capture_output=True, check=False).returncode == 0:
        return mapped
    if shutil.which("setpriv"):
        return ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")
    raise Unavailable("running as root, and neither unshare nor setpriv can start it as another user")


def hand_over(folder: Path) -> None:
    """Give `folder` and all in it to the user that `unprivileged_prefix` switches to."""
    if "setpriv" in unprivileged_prefix():
        for path in (folder, *folder.rglob("*")):
            os.chown(path, NOBODY, NOBODY, follow_symlinks=False)


def run_tool(command: Sequence[str], *, cwd: Path, env: Mapping[str, str] | None = None) -> None:
    """Run a one-off command as the unprivileged user; raise `Unavailable` with its last line when it fails."""
    call = [*unprivileged_prefix(), *command]
    done = subprocess.run(call, cwd=cwd, env=env, capture_output=True, text=True, errors="replace", check=False)
    if done.returncode:
        lines = (done.stderr.strip() or done.stdout.strip() or "no output").splitlines()
        raise Unavailable(f"{Path(command[0]).name} failed: {lines[-1]}")


def start_server(
    command: Sequence[str],
    *,
    url: str,
    port: int,
    folder: Path,
    stop_signal: signal.Signals,
    env: Mapping[str, str] | None = None,
) -> Server:
    """Start `command` in a process group of its own and return when it listens on `port`."""
    log = folder / "server.log"

    def launch() -> subprocess.Popen[bytes]:
        with log.open("ab") as output:
            return subprocess.Popen(
                [*unprivileged_prefix(), *command],
                cwd=folder,
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    server = Server(url, launch, folder, stop_signal)
    try:
        wait_until_listening(server.process, port, log)
    except BaseException:
        server.stop()
        raise
    return server


def wait_until_listening(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    """Return when `port` accepts connections; raise `Unavailable` with the log's last line when it never does."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection((HOST, port), timeout=1):
            return
        time.sleep(0.02)
    lines = log.read_text(errors="replace").strip().splitlines() or ["no output"]
    raise Unavailable(f"the server does not listen on port {port}: {lines[-1]}")
