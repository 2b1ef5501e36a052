"""A TCP proxy that can fall silent: for what happens when the other side does not answer."""

from __future__ import annotations

import socket
import threading
import time
from typing import Self


class Proxy:
    """Passes bytes between clients and one server; `is_silent` holds everything back without closing anything."""

    def __init__(self, host: str, port: int) -> None:
        self._target = (host, port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.is_silent = False
        self._sockets: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            server = socket.create_connection(self._target)
            self._sockets += [client, server]
            for source, sink in ((client, server), (server, client)):
                threading.Thread(target=self._pump, args=(source, sink), daemon=True).start()

    def _pump(self, source: socket.socket, sink: socket.socket) -> None:
        try:
            while data := source.recv(65536):
                while self.is_silent:
                    time.sleep(0.01)
                sink.sendall(data)
        except OSError:
            return

    def refuse(self) -> None:
        """Take no new connections."""
        self._listener.shutdown(socket.SHUT_RDWR)  # wakes the thread that waits in accept()
        self._listener.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.is_silent = False
        self._listener.close()
        for one in self._sockets:
            one.close()
