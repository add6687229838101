"""A server on this machine that speaks https, and HTTP/2 where that is asked for."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

import trustme
from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import RequestReceived

from tests.ingest.net.loopback import FEED

AUTHORITY = trustme.CA()
"""Who has signed for the server: made anew for each run, so nothing secret lies about."""


@contextmanager
def speaking(
    offered: Sequence[str], answer: Sequence[tuple[str, str]] = ((":status", "200"),)
) -> Iterator[tuple[str, list[str]]]:
    """Answer everybody with a feed, in the protocols offered (as ALPN calls them); the address,
    and the protocols that were spoken."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    AUTHORITY.issue_cert("127.0.0.1", "localhost").configure_cert(context)
    context.set_alpn_protocols(list(offered))
    spoken: list[str] = []

    def serve(server: socket.socket) -> None:
        with suppress(OSError):
            while True:
                plain, _ = server.accept()
                with suppress(OSError), plain, context.wrap_socket(plain, server_side=True) as own:
                    own.settimeout(5)
                    spoken.append(own.selected_alpn_protocol() or "none")
                    if spoken[-1] == "h2":
                        _http2(own, answer)
                    else:
                        own.recv(65536)
                        lines = [f"HTTP/1.1 {answer[0][1]} X"]
                        lines += [f"{name}: {value}" for name, value in answer[1:]]
                        head = "\r\n".join([*lines, f"Content-Length: {len(FEED)}", "", ""])
                        own.sendall(head.encode() + FEED)

    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=serve, args=(server,), daemon=True).start()
        yield f"https://127.0.0.1:{server.getsockname()[1]}/", spoken
        with suppress(OSError):
            server.shutdown(socket.SHUT_RDWR)


def _http2(own: ssl.SSLSocket, answer: Sequence[tuple[str, str]]) -> None:
    """Answer the requests on one connection."""
    state = H2Connection(H2Configuration(client_side=False))
    state.initiate_connection()
    own.sendall(state.data_to_send())
    while data := own.recv(65536):
        for event in state.receive_data(data):
            if isinstance(event, RequestReceived):
                state.send_headers(event.stream_id, list(answer))
                state.send_data(event.stream_id, FEED, end_stream=True)
        own.sendall(state.data_to_send())
