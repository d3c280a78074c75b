"""Why a document was not fetched."""

from __future__ import annotations

from schema_salad.exceptions import ValidationException


class FetchError(ValidationException):
    """`code` is unreachable, forbidden or invalid, as in PROTOCOL.md."""

    def __init__(self, code: str, url: str, reason: str) -> None:
        super().__init__(f"{url}: {reason}")
        self.code = code
        self.url = url
