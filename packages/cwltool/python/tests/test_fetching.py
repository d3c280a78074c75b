"""The fetch policy, against a real HTTP server and real files."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from daybook_cwltool.addresses import is_public
from daybook_cwltool.fetch_error import FetchError
from daybook_cwltool.fetching import Documents
from daybook_cwltool.requests import FetchPolicy

LOOPBACK = FetchPolicy(allow_private_addresses=True)


class _Site(BaseHTTPRequestHandler):
    """`/slow` sends a byte now and then; `/to?URL` redirects; everything else answers its own path."""

    requested: list[str]

    def do_GET(self) -> None:
        self.requested.append(self.path)
        if self.path == "/slow":
            self.send_response(200)
            self.end_headers()
            for _ in range(100):
                self.wfile.write(b"x")
                time.sleep(0.05)
        elif self.path.startswith("/to?"):
            self.send_response(302)
            self.send_header("Location", self.path[4:])
            self.end_headers()
        elif self.path == "/missing":
            self.send_error(404)
        else:
            body = b"\xff" if self.path == "/binary" else self.path.encode()
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


class Site:
    def __init__(self) -> None:
        self.requested: list[str] = []
        handler = type("Handler", (_Site,), {"requested": self.requested})
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.server.shutdown()
    site.server.server_close()


def failure(documents: Documents, url: str) -> FetchError:
    with pytest.raises(FetchError) as caught:
        documents.text(url)
    return caught.value


def test_a_document_is_fetched_once_and_without_its_fragment(site: Site) -> None:
    documents = Documents(LOOPBACK, {})
    assert documents.text(f"{site.url}/a.cwl#main") == documents.text(f"{site.url}/a.cwl") == "/a.cwl"
    assert site.requested == ["/a.cwl"]
    assert documents.urls == [f"{site.url}/a.cwl"]


def test_redirects_are_followed_and_checked_again(site: Site) -> None:
    assert Documents(LOOPBACK, {}).text(f"{site.url}/to?/b.cwl") == "/b.cwl"
    other = site.url.replace("127.0.0.1", "127.0.0.2")
    only_localhost = FetchPolicy(allowed_hosts=frozenset({"127.0.0.1"}))
    assert Documents(only_localhost, {}).text(f"{site.url}/to?{site.url}/b.cwl") == "/b.cwl"
    assert failure(Documents(only_localhost, {}), f"{site.url}/to?{other}/b.cwl").code == "forbidden"
    assert failure(Documents(LOOPBACK, {}), f"{site.url}/to?file:///etc/hostname").code == "forbidden"
    assert failure(Documents(LOOPBACK, {}), f"{site.url}/to?ftp://example.org/").code == "forbidden"


def test_a_circle_of_redirects_ends(site: Site) -> None:
    site.server.RequestHandlerClass.do_GET = _redirect_to_itself  # type: ignore[attr-defined]
    error = failure(Documents(LOOPBACK, {}), f"{site.url}/round")
    assert error.code == "unreachable" and "redirects" in str(error)


def _redirect_to_itself(self: BaseHTTPRequestHandler) -> None:
    self.send_response(302)
    self.send_header("Location", "/round")
    self.end_headers()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "2130706433", "0"])
def test_private_addresses_are_refused_before_anything_is_sent(site: Site, host: str) -> None:
    url = f"http://{host}:{site.server.server_port}/secret"
    error = failure(Documents(FetchPolicy(), {}), url)
    assert error.code in ("forbidden", "unreachable") and site.requested == []


def test_a_name_that_changes_its_address_after_the_check_gains_nothing(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    lookups = []

    def rebinding(host: str, port: int, **options: Any) -> list[Any]:
        lookups.append(host)
        address = "127.0.0.1" if len(lookups) > 1 else "192.0.2.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    failure(Documents(FetchPolicy(timeout_s=0.2), {}), f"http://rebind.example:{site.server.server_port}/secret")
    assert lookups == ["rebind.example"] and site.requested == []


def test_an_allowed_host_may_be_private(site: Site) -> None:
    policy = FetchPolicy(allowed_hosts=frozenset({"127.0.0.1"}))
    assert Documents(policy, {}).text(f"{site.url}/a") == "/a"


def test_length_and_time_are_limited(site: Site) -> None:
    small = FetchPolicy(allow_private_addresses=True, max_bytes=4)
    error = failure(Documents(small, {}), f"{site.url}/longer")
    assert error.code == "forbidden" and "longer than 4 bytes" in str(error)
    hasty = FetchPolicy(allow_private_addresses=True, timeout_s=0.3)
    start = time.monotonic()
    error = failure(Documents(hasty, {}), f"{site.url}/slow")
    assert error.code == "unreachable" and "0.3 s" in str(error) and time.monotonic() - start < 2


@pytest.mark.parametrize(
    ("path", "code", "reason"),
    [("/missing", "unreachable", "404"), ("/binary", "invalid", "UTF-8")],
)
def test_an_answer_that_is_no_document_is_told(site: Site, path: str, code: str, reason: str) -> None:
    error = failure(Documents(LOOPBACK, {}), site.url + path)
    assert error.code == code and reason in str(error)


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://127.0.0.1:1/x", "unreachable"),
        ("http:///x", "invalid"),
        ("http://[bad/x", "invalid"),
        ("http://127.0.0.1:99999/x", "unreachable"),
        ("http://127.0.0.1:1/a b\r\nX: y", "unreachable"),
        ("ftp://example.org/x", "forbidden"),
        ("relative.cwl", "forbidden"),
        ("file:///etc/hostname", "forbidden"),
    ],
)
def test_a_url_that_cannot_be_fetched_is_told(url: str, code: str) -> None:
    assert failure(Documents(LOOPBACK, {}), url).code == code


def test_a_mapped_prefix_is_read_from_its_folder_and_nowhere_else(tmp_path: Path) -> None:
    (tmp_path / "tools").mkdir()
    (tmp_path / "tools" / "a b.cwl").write_text("mapped")
    (tmp_path / "secret.cwl").write_text("secret")
    policy = FetchPolicy(
        local_folders={"https://host.example/": str(tmp_path / "none"), "https://host.example/tools/": str(tmp_path / "tools")}
    )
    documents = Documents(policy, {})
    assert documents.text("https://host.example/tools/a%20b.cwl?raw=1") == "mapped"
    assert failure(documents, "https://host.example/tools/../secret.cwl").code == "forbidden"
    assert failure(documents, "https://host.example/tools/%2e%2e/secret.cwl").code == "forbidden"
    assert failure(documents, "https://host.example/tools/none.cwl").code == "unreachable"


def test_files_are_read_below_the_roots_only(tmp_path: Path) -> None:
    (tmp_path / "root").mkdir()
    (tmp_path / "root2").mkdir()
    (tmp_path / "root" / "a.cwl").write_text("a")
    (tmp_path / "root2" / "b.cwl").write_text("b")
    (tmp_path / "root" / "link.cwl").symlink_to(tmp_path / "root2" / "b.cwl")
    documents = Documents(FetchPolicy(file_roots=[str(tmp_path / "root")]), {})
    assert documents.text((tmp_path / "root" / "a.cwl").as_uri()) == "a"
    for path in (tmp_path / "root2" / "b.cwl", tmp_path / "root" / "link.cwl"):
        assert failure(documents, path.as_uri()).code == "forbidden"


@pytest.mark.parametrize(
    "address",
    "127.0.0.1 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 0.0.0.0 224.0.0.1 255.255.255.255 100.64.0.1 ::1 :: fe80::1%eth0 fc00::1 ff02::1 "
    "::ffff:10.0.0.1 64:ff9b::7f00:1 2002:7f00:1::".split(),
)
def test_an_address_inside_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "64:ff9b::808:808"])
def test_an_address_outside_is_public(address: str) -> None:
    assert is_public(address)
