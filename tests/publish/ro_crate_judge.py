"""`python -m tests.publish.ro_crate_judge CRATE CONTEXT`: what roc-validator says against a crate, as JSON.

A process of its own: the library keeps a session for all, and warns. It asks the network for nothing: the context of
RO-Crate 1.2 is the file CONTEXT, and all else is not found.
"""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

from requests import PreparedRequest, Response
from requests.adapters import BaseAdapter
from rocrate_validator import models, services
from rocrate_validator.utils.http import HttpRequester


class Library(BaseAdapter):
    """Answers every request with the context, or with nothing."""

    def __init__(self, context: bytes) -> None:
        super().__init__()
        self.context = context

    def send(self, request: PreparedRequest, **more: Any) -> Response:
        known = str(request.url).startswith("https://w3id.org/ro/crate/1.2")
        answer = Response()
        answer.request, answer.url, answer.status_code = request, str(request.url), 200 if known else 404
        answer.headers["Content-Type"] = "application/ld+json"
        answer.raw = io.BytesIO(self.context if known else b"")
        return answer

    def close(self) -> None:
        pass


def main(crate: str, context: str) -> None:
    settings = models.ValidationSettings(
        rocrate_uri=crate, profile_identifier="ro-crate-1.2", requirement_severity=models.Severity.RECOMMENDED,
        no_cache=True,
    )  # fmt: skip
    for scheme in ("https://", "http://"):
        HttpRequester().session.mount(scheme, Library(Path(context).read_bytes()))
    found = services.validate(settings)
    print(json.dumps([[issue.severity.name, issue.message] for issue in found.get_issues()]))


if __name__ == "__main__":
    main(*sys.argv[1:])
