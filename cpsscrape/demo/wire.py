from __future__ import annotations

import socket
import struct
import time
from http import HTTPStatus
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedIOBase

    from cpsscrape.demo.answers import Answer

PIECE = 1400


def send(out: BufferedIOBase, connection: socket.socket, answer: Answer, *, head: bool) -> tuple[int, bool]:
    """Write the answer; give the bytes that went out and whether the connection can be used again."""
    if answer.delay:
        time.sleep(answer.delay)
    if answer.ending == "reset":
        # A linger time of zero makes close() send RST instead of FIN.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        return 0, False
    start = _head(answer)
    if head or answer.status == 304:
        out.write(start)
        return len(start), True
    if answer.ending == "cut":
        out.write(start + answer.body[: len(answer.body) // 2])
        return len(start) + len(answer.body) // 2, False
    if not answer.stream and not answer.chunked:
        out.write(start + answer.body)
        return len(start) + len(answer.body), True
    sent = len(start)
    out.write(start)
    for piece in _pieces(answer):
        out.write(piece)
        sent += len(piece)
    return sent, answer.chunked


def _head(answer: Answer) -> bytes:
    lines = [f"HTTP/1.1 {answer.status} {HTTPStatus(answer.status).phrase}"]
    lines += [f"{name}: {value}" for name, value in answer.headers]
    if answer.chunked:
        lines.append("Transfer-Encoding: chunked")
    elif answer.stream:
        lines.append("Connection: close")
    elif answer.status != 304:
        lines.append(f"Content-Length: {len(answer.body)}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def _pieces(answer: Answer) -> Iterator[bytes]:
    body = answer.body
    parts = answer.stream() if answer.stream else (body[at : at + PIECE] for at in range(0, len(body), PIECE))
    if not answer.chunked:
        yield from parts
        return
    for part in parts:
        if part:
            yield b"%x\r\n%b\r\n" % (len(part), part)
    yield b"0\r\n\r\n"
