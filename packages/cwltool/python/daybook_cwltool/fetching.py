"""The only way by which cwltool and schema-salad get at documents."""

from __future__ import annotations

import os
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from schema_salad.exceptions import ValidationException
from schema_salad.fetcher import Fetcher

from . import http_get
from .fetch_error import FetchError
from .requests import FetchPolicy

MAX_DOCUMENTS = 1000
_MAX_REDIRECTS = 10

FetcherConstructor = Callable[[Any, Any], Fetcher]


class Documents:
    """Fetches within a policy, keeps what it fetched, and remembers what it refused."""

    def __init__(self, policy: FetchPolicy, given: Mapping[str, str]) -> None:
        """`given`: URL → text that need not be fetched."""
        self._policy = policy
        self._texts = dict(given)
        self._failures: dict[str, FetchError] = {}

    @property
    def urls(self) -> list[str]:
        """What was fetched or given, sorted."""
        return sorted(self._texts)

    def failure_behind(self, message: str) -> FetchError | None:
        """
        The failed fetch that an error of cwltool comes from.

        It was wrapped on its way, or was a link that turned out not to exist; of those only `run` names a document.
        """
        words = " ".join(message.split())
        is_run = "Field 'run'" in words
        return next((error for url, error in self._failures.items() if str(error) in words or (is_run and url in words)), None)

    def text(self, url: str) -> str:
        """The document at `url`. Throws FetchError."""
        url = url.partition("#")[0]
        if url in self._failures:
            raise self._failures[url]
        if url not in self._texts:
            try:
                if len(self._texts) >= MAX_DOCUMENTS:
                    raise FetchError("forbidden", url, f"more than {MAX_DOCUMENTS} documents")
                self._texts[url] = _decode(url, self._fetch(url))
            except FetchError as error:
                self._failures[url] = error
                raise
            except ValueError as error:
                self._failures[url] = FetchError("invalid", url, str(error))
                raise self._failures[url] from error
        return self._texts[url]

    def _fetch(self, url: str) -> bytes:
        deadline = time.monotonic() + self._policy.timeout_s
        asked = url
        for _ in range(_MAX_REDIRECTS + 1):
            path = self._mapped_path(url)
            if path is not None:
                return self._read(url, path)
            scheme = urllib.parse.urlsplit(url).scheme
            if scheme == "file" and url == asked:
                return self._read(url, self._allowed_path(url))
            if scheme not in ("http", "https"):
                raise FetchError("forbidden", url, f"documents are not fetched by {scheme or 'a relative'} URL")
            response = http_get.get(url, self._policy, deadline)
            if response.redirect is None:
                return response.body
            url = response.redirect.partition("#")[0]
        raise FetchError("unreachable", asked, f"more than {_MAX_REDIRECTS} redirects")

    def _mapped_path(self, url: str) -> str | None:
        """The local file that stands for `url`, if the policy maps it."""
        prefixes = [prefix for prefix in self._policy.local_folders if url.startswith(prefix)]
        if not prefixes:
            return None
        prefix = max(prefixes, key=len)
        folder = self._policy.local_folders[prefix]
        below = urllib.parse.unquote(urllib.parse.urlsplit(url[len(prefix) :]).path)
        return _below(url, os.path.join(folder, below.lstrip("/")), [folder])

    def _allowed_path(self, url: str) -> str:
        path = urllib.request.url2pathname(urllib.parse.urlsplit(url).path)
        return _below(url, path, self._policy.file_roots)

    def _read(self, url: str, path: str) -> bytes:
        try:
            with open(path, "rb") as file:
                body = file.read(self._policy.max_bytes + 1)
        except OSError as error:
            raise FetchError("unreachable", url, error.strerror or str(error)) from error
        if len(body) > self._policy.max_bytes:
            raise FetchError("forbidden", url, f"the document is longer than {self._policy.max_bytes} bytes")
        return body


def _below(url: str, path: str, roots: Iterable[str]) -> str:
    real = os.path.realpath(path)
    for root in roots:
        real_root = os.path.realpath(root)
        if os.path.commonpath([real, real_root]) == real_root:
            return real
    raise FetchError("forbidden", url, "the file is not below a folder that documents may be read from")


def _decode(url: str, body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FetchError("invalid", url, f"the document is not UTF-8 text: {error}") from error


class _DocumentsFetcher(Fetcher):
    """schema-salad's view of Documents. `cache` holds the CWL schemas, which come with cwltool."""

    def __init__(self, documents: Documents, cache: Any) -> None:
        self._documents = documents
        self.cache = cache

    def fetch_text(self, url: str, content_types: list[str] | None = None) -> str:
        cached = self.cache.get(url)
        return cached if isinstance(cached, str) else self._documents.text(url)

    def check_exists(self, url: str) -> bool:
        if url in self.cache:
            return True
        try:
            self._documents.text(url)
        except FetchError:
            return False
        return True

    def urljoin(self, base_url: str, url: str) -> str:
        if url.startswith("_:"):
            return url
        base_scheme = urllib.parse.urlsplit(base_url).scheme
        if base_scheme not in ("", "file") and urllib.parse.urlsplit(url).scheme == "file":
            raise ValidationException(f"{base_url} names the local file {url}; a remote document may not")
        return urllib.parse.urljoin(base_url, url)


def fetcher_for(documents: Documents) -> FetcherConstructor:
    """What schema-salad constructs its fetchers with."""
    return lambda cache, _session: _DocumentsFetcher(documents, cache)


def fixed_documents(paths: Iterable[str]) -> FetcherConstructor:
    """
    A fetcher that knows the given local files and nothing else.

    A job order is read by the same loader as a document, so an `$include` in a user's input would read any file otherwise.
    """
    given = {}
    for path in paths:
        with open(path, encoding="utf-8") as file:
            given[urllib.parse.urljoin("file://", urllib.request.pathname2url(path))] = file.read()
    return fetcher_for(Documents(FetchPolicy(), given))
