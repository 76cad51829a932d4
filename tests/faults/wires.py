"""A piece of wire between laptop and centre that a test can cut, on loopback only."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from collections.abc import Iterator


class Wire:
    """Passes bytes on until it is told to lose replies or to break after so many bytes from the laptop."""

    def __init__(self, to_port: int) -> None:
        self._to_port = to_port
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._server.getsockname()[1]
        self.lose_replies = False
        self.break_after: int | None = None
        self.passed = 0
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        for thread in self._threads:
            thread.join(10)

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                laptop, _ = self._server.accept()
                centre = socket.create_connection(("127.0.0.1", self._to_port))
                for source, sink, outwards in ((laptop, centre, True), (centre, laptop, False)):
                    thread = threading.Thread(target=self._pass_on, args=(source, sink, outwards), daemon=True)
                    self._threads.append(thread)
                    thread.start()

    def _pass_on(self, source: socket.socket, sink: socket.socket, outwards: bool) -> None:
        with contextlib.suppress(OSError):
            while chunk := source.recv(16_384):
                if outwards:
                    self.passed += len(chunk)
                    if self.break_after is not None and self.passed >= self.break_after:
                        sink.sendall(chunk[: max(0, len(chunk) - (self.passed - self.break_after))])
                        break
                elif self.lose_replies:
                    break  # the centre answered, so it has committed; nobody hears it
                sink.sendall(chunk)
        for end in (source, sink):
            _reset(end)


def _reset(end: socket.socket) -> None:
    with contextlib.suppress(OSError):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        end.shutdown(socket.SHUT_RDWR)
    end.close()


@contextlib.contextmanager
def wire_to(port: int) -> Iterator[Wire]:
    wire = Wire(port)
    try:
        yield wire
    finally:
        wire.close()
