"""The process that owns the servers of a test run.

It starts a server when one is asked for the first time, over a Unix socket, so that the workers of a run share it; it
stops all of them when its standard input ends, that is, when the process that started it ends, however that ends.
A request is a server's name, the answer one line: `url URL` or `missing REASON`.
"""

from __future__ import annotations

import functools
import os
import signal
import socket
import socketserver
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from .catalogue import KINDS
from .process import Server, Unavailable

PROJECT = Path(__file__).parents[2]
ANSWER_SECONDS = 400.0


@dataclass(frozen=True)
class Answer:
    """What became of a wish: a URL, or why there is none."""

    url: str | None
    reason: str = ""

    def line(self) -> str:
        return f"url {self.url}" if self.url else f"missing {self.reason}"

    @classmethod
    def parse(cls, line: str) -> Answer:
        word, _, rest = line.strip().partition(" ")
        return cls(rest) if word == "url" else cls(None, rest or "the process that keeps the servers gave no answer")


@dataclass
class Fleet:
    """Servers started so far, at most one of a kind; the first wish for it starts it, later ones wait for that."""

    servers: list[Server] = field(default_factory=list[Server])
    answers: dict[str, Answer] = field(default_factory=dict[str, Answer])
    locks: dict[str, threading.Lock] = field(default_factory=lambda: {name: threading.Lock() for name in KINDS})

    def get(self, name: str) -> Answer:
        """The server of that kind, started now when it is not running."""
        with self.locks[name]:
            if name not in self.answers:
                self.answers[name] = self.launch(name)
            return self.answers[name]

    def launch(self, name: str) -> Answer:
        try:
            server = KINDS[name].start()
        except Exception as error:
            reason = str(error) if isinstance(error, Unavailable) else f"{type(error).__name__}: {error}"
            return Answer(None, " ".join(reason.split()))
        self.servers.append(server)
        return Answer(server.url)

    def stop(self) -> None:
        """Stop what was started, also what is being started now."""
        for name in KINDS:
            with self.locks[name]:
                self.answers.setdefault(name, Answer(None, "the run is over"))
        while self.servers:
            self.servers.pop().stop()


def serve(socket_path: str) -> None:
    """Answer wishes on `socket_path` until standard input ends; the body of the keeper process."""
    fleet = Fleet()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            name = self.rfile.readline().decode().strip()
            self.wfile.write((fleet.get(name).line() + "\n").encode())

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    with socketserver.ThreadingUnixStreamServer(socket_path, Handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        sys.stdin.buffer.read()
        server.shutdown()
        fleet.stop()


@dataclass
class Keeper:
    """The starting side: a keeper process and the socket by which any process of the run reaches it."""

    process: subprocess.Popen[bytes]
    folder: tempfile.TemporaryDirectory[str]
    socket_path: str

    @classmethod
    def start(cls) -> Keeper:
        folder = tempfile.TemporaryDirectory(prefix="cormorant-keeper-")
        path = os.path.join(folder.name, "socket")
        command = [sys.executable, "-m", "tests.servers", "serve", path]
        process = subprocess.Popen(command, cwd=PROJECT, stdin=subprocess.PIPE, start_new_session=True)
        return cls(process, folder, path)

    def ask_all(self) -> dict[str, Answer]:
        """Every kind of server, started side by side."""
        with ThreadPoolExecutor() as pool:
            return dict(zip(KINDS, pool.map(functools.partial(ask, self.socket_path), KINDS), strict=True))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Close the pipe, wait until the servers are down."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait()
        self.folder.cleanup()


def ask(socket_path: str, name: str) -> Answer:
    """The keeper's answer to the wish for server `name`."""
    deadline = time.monotonic() + 20
    while True:
        try:
            with socket.socket(socket.AF_UNIX) as wire:
                wire.settimeout(ANSWER_SECONDS)
                wire.connect(socket_path)
                wire.sendall(f"{name}\n".encode())
                return Answer.parse(wire.makefile().readline())
        except (FileNotFoundError, ConnectionRefusedError):
            if time.monotonic() > deadline:
                return Answer(None, "the process that keeps the servers does not answer")
            time.sleep(0.02)
