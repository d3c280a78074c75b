"""GET over http and https, connecting to the very address that was checked."""

from __future__ import annotations

import http.client
import socket
import ssl
import time
import urllib.parse
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .addresses import is_public
from .fetch_error import FetchError
from .requests import FetchPolicy

_CHUNK_BYTES = 1 << 16
_AddressInfo = tuple[int, int, int, str, Any]
_REDIRECTS = (301, 302, 303, 307, 308)


@dataclass(frozen=True)
class Response:
    """Either a body, or where to look instead."""

    body: bytes
    redirect: str | None


class _CheckedConnection(http.client.HTTPConnection):
    """Resolves once, refuses addresses that the policy does, and connects to what it has checked: a name that changes in between gains nothing."""

    def __init__(self, url: str, host: str, port: int, secure: bool, policy: FetchPolicy, timeout_s: float) -> None:
        super().__init__(host, port, timeout=timeout_s)
        self._url = url
        self._secure = secure
        self._policy = policy

    def connect(self) -> None:
        trusted = self._policy.allow_private_addresses or self.host.lower() in self._policy.allowed_hosts
        found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        allowed = [entry for entry in found if trusted or is_public(str(entry[4][0]))]
        if not allowed:
            raise FetchError("forbidden", self._url, f"{self.host} is at {found[0][4][0]}, which is not a public address")
        self.sock = self._connect_to_first(allowed)
        if self._secure:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)

    def _connect_to_first(self, entries: Sequence[_AddressInfo]) -> socket.socket:
        failure: OSError | None = None
        for family, kind, protocol, _, address in entries:
            candidate = socket.socket(family, kind, protocol)
            try:
                candidate.settimeout(self.timeout)
                candidate.connect(address)
                return candidate
            except OSError as error:
                candidate.close()
                failure = error
        raise failure or OSError("no address")


def get(url: str, policy: FetchPolicy, deadline: float) -> Response:
    """One request, no redirect followed. `deadline` is of the monotonic clock. Throws FetchError."""
    parts = urllib.parse.urlsplit(url)
    secure = parts.scheme == "https"
    if not parts.hostname:
        raise FetchError("invalid", url, "the URL has no host")
    target = urllib.parse.urlunsplit(("", "", parts.path or "/", parts.query, ""))
    try:
        connection = _CheckedConnection(
            url, parts.hostname, parts.port or (443 if secure else 80), secure, policy, _remaining(deadline)
        )
        try:
            connection.request("GET", urllib.parse.quote(target, safe="/%:=&?~#+!$,;'@()*[]"), headers=_headers())
            return _read(url, connection, policy, deadline)
        finally:
            connection.close()
    except (TimeoutError, socket.timeout) as error:
        raise FetchError("unreachable", url, f"no answer within {policy.timeout_s:g} s") from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise FetchError("unreachable", url, str(error) or type(error).__name__) from error


def _headers() -> dict[str, str]:
    return {
        "Accept": "application/cwl, application/cwl+yaml, application/cwl+json, text/yaml, application/json, */*;q=0.8",
        "Accept-Encoding": "identity",
        "User-Agent": "daybook",
        "Connection": "close",
    }


def _read(url: str, connection: _CheckedConnection, policy: FetchPolicy, deadline: float) -> Response:
    # A response that ends with its connection takes the socket away from it.
    sock = connection.sock
    answer = connection.getresponse()
    if answer.status in _REDIRECTS:
        location = answer.getheader("Location")
        if not location:
            raise FetchError("unreachable", url, f"HTTP status {answer.status} without a Location")
        return Response(b"", urllib.parse.urljoin(url, location))
    if answer.status != 200:
        raise FetchError("unreachable", url, f"HTTP status {answer.status} {answer.reason}")
    body = bytearray()
    while True:
        sock.settimeout(_remaining(deadline))
        chunk = answer.read1(_CHUNK_BYTES)
        if not chunk:
            return Response(bytes(body), None)
        body += chunk
        if len(body) > policy.max_bytes:
            raise FetchError("forbidden", url, f"the document is longer than {policy.max_bytes} bytes")


def _remaining(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
