"""Serves a case on this machine: loopback only, one process, until Ctrl-C."""

from __future__ import annotations

import secrets
import socket
from typing import TYPE_CHECKING, Final

import uvicorn

from sayso.errors import PortTaken
from sayso.web.app import make_app

if TYPE_CHECKING:
    from collections.abc import Callable

    from sayso.ledger.case import Ledger

HOST: Final = "127.0.0.1"
KEY_BYTES: Final = 24


def serve(ledger: Ledger, *, port: int, tell: Callable[[str], None]) -> None:
    """Serve a case until the process is interrupted.

    Args:
        ledger: The case.
        port: Where; 0 for any that is free.
        tell: Told the address, with its key, when the app can be opened.

    Raises:
        PortTaken: Another program listens there.
    """
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    with listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((HOST, port))
        except OSError as error:
            raise PortTaken(port, error.strerror or str(error)) from error
        key = secrets.token_urlsafe(KEY_BYTES)
        app = make_app(ledger, key=key)
        config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, date_header=False)
        tell(f"http://{HOST}:{listening.getsockname()[1]}/?key={key}")
        uvicorn.Server(config).run(sockets=[listening])
