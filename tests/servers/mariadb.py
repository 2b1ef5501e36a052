"""A MariaDB server from unpacked Debian packages: one template data folder, copied for every start."""

from __future__ import annotations

import shutil
import signal
from typing import TYPE_CHECKING

from . import packages
from .process import HOST, Server, data_folder, free_port, hand_over, removed_on_failure, run_tool, start_server

if TYPE_CHECKING:
    from pathlib import Path

    from .packages import Distribution

SETTINGS = {
    "bind-address": HOST,
    "skip-name-resolve": "1",
    "innodb_flush_log_at_trx_commit": "0",
    "innodb_flush_method": "nosync",
    "innodb_log_file_size": "16M",
    "innodb_buffer_pool_size": "64M",
    "innodb_autoinc_lock_mode": "2",
    "binlog_format": "ROW",
    "character-set-server": "utf8mb4",
    "max_connections": "200",
    "performance_schema": "0",
}


def write_settings(files: Distribution, folder: Path, port: int) -> Path:
    """Write `my.cnf` for a server whose data is in `folder/data`."""
    settings = {
        "basedir": files.root / "usr",
        "datadir": folder / "data",
        "plugin-dir": files.root / "usr/lib/mysql/plugin",
        "lc-messages-dir": files.root / "usr/share/mysql",
        "socket": folder / "s",
        "pid-file": folder / "pid",
        "tmpdir": folder,
        "port": port,
        **SETTINGS,
    }
    path = folder / "my.cnf"
    path.write_text("[mysqld]\n" + "".join(f"{name} = {value}\n" for name, value in settings.items()))
    return path


def make_template(files: Distribution) -> None:
    """Make the data folder that every server starts from a copy of."""
    with packages.locked(files.folder):
        if files.template.exists():
            return
        with removed_on_failure(data_folder("mariadb-template")) as folder:
            settings = write_settings(files, folder, free_port())
            hand_over(folder)
            install = [str(files.root / "usr/bin/mariadb-install-db"), f"--defaults-file={settings}"]
            install += ["--auth-root-authentication-method=normal", "--skip-test-db"]
            run_tool([*install, f"--basedir={files.root / 'usr'}"], cwd=folder, env=files.environment())
            unfinished = files.folder / "template.unfinished"
            shutil.rmtree(unfinished, ignore_errors=True)
            shutil.copytree(folder / "data", unfinished)
            unfinished.rename(files.template)
            shutil.rmtree(folder)


def start() -> Server:
    """Start a server on a fresh copy of the template; its superuser is `root`, without password."""
    files = packages.fetch()
    make_template(files)
    with removed_on_failure(data_folder("mariadb")) as folder:
        port = free_port()
        shutil.copytree(files.template, folder / "data")
        settings = write_settings(files, folder, port)
        hand_over(folder)
        return start_server(
            [str(files.root / "usr/sbin/mariadbd"), f"--defaults-file={settings}"],
            url=f"mysql+pymysql://root@{HOST}:{port}/mysql",
            port=port,
            folder=folder,
            stop_signal=signal.SIGTERM,
            env=files.environment(),
        )
