"""A proxy between a driver and its server that can lose a reply: the request arrives, the answer does not."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
import time
from types import TracebackType


class Proxy:
    """Listens on a port of its own; `lose_reply_to` is the text of a request whose answer is swallowed, once."""

    def __init__(self, host: str, port: int) -> None:
        self.target = host, port
        self.lose_reply_to: bytes | None = None
        self.lost = 0
        self.is_silent = False
        """Whether nothing is carried on, neither way, while the lines stay open: a peer that is half open."""
        self.is_refusing = False
        """Whether new connections are cut at once."""
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listener.getsockname()[1]
        self.lines: list[Line] = []
        self.sockets: list[socket.socket] = [self.listener]
        threading.Thread(target=self.accept, daemon=True).start()

    def __enter__(self) -> Proxy:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.is_silent = False
        self.reset()
        for one in self.sockets:
            with contextlib.suppress(OSError):
                one.close()

    def reset(self) -> None:
        """Cut all lines."""
        for line in self.lines:
            line.cut()
        self.lines.clear()

    def accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self.listener.accept()
                if self.is_refusing:
                    client.close()
                    continue
                server = socket.create_connection(self.target)
                self.sockets += [client, server]
                line = Line(self, client, server)
                self.lines.append(line)
                threading.Thread(target=line.carry_up, daemon=True).start()
                threading.Thread(target=line.carry_down, daemon=True).start()


class Line:
    """One connection through the proxy."""

    def __init__(self, proxy: Proxy, client: socket.socket, server: socket.socket) -> None:
        self.proxy, self.client, self.server = proxy, client, server
        self.swallows = False

    def carry_up(self) -> None:
        """Carry requests; from the marked one on no reply comes back."""
        with contextlib.suppress(OSError):
            while data := self.client.recv(65536):
                self.hold()
                marked = self.proxy.lose_reply_to
                if marked is not None and marked in data.upper():
                    self.swallows = True
                    self.proxy.lose_reply_to = None
                self.server.sendall(data)

    def carry_down(self) -> None:
        """Carry replies; cut the line instead of the one to be lost."""
        with contextlib.suppress(OSError):
            while data := self.server.recv(65536):
                self.hold()
                if self.swallows:
                    self.proxy.lost += 1
                    self.cut()
                    return
                self.client.sendall(data)

    def hold(self) -> None:
        """Keep what came until the line carries again."""
        while self.proxy.is_silent:
            time.sleep(0.01)

    def cut(self) -> None:
        """Reset both sides."""
        for one in (self.client, self.server):
            with contextlib.suppress(OSError):
                one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                one.shutdown(socket.SHUT_RDWR)
            one.close()
