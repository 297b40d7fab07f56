"""Reports that were asked for, on their way to being done."""

from __future__ import annotations

import gzip
import secrets
import threading
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import orjson

from sandbox.faults import Faults
from sandbox.replica import Answer, Request

URL_SECONDS = 3600
STORAGE = "/offline-report-storage"

Rows = list[dict[str, Any]]


@dataclass
class Job:
    """One report. It is told as PENDING, then PROCESSING, and done after `polls` looks at it."""

    profile_id: str
    body: Mapping[str, Any]
    created_at: datetime
    make: Callable[[], Rows]
    polls: int
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    status: str = "PENDING"
    failure: str | None = None
    content: bytes = b""

    def look(self, *, is_to_fail: bool) -> None:
        """One look at how far it is, which is what brings it on."""
        if self.status in ("COMPLETED", "FAILED"):
            return
        if is_to_fail:
            self.status, self.failure = "FAILED", "Internal error while generating the report"
        elif self.polls > 0:
            self.polls -= 1
            self.status = "PENDING" if self.polls else "PROCESSING"
        else:
            self.content = gzip.compress(orjson.dumps(self.make()), 1)
            self.status = "COMPLETED"

    def told(self, now: datetime, url: str | None) -> dict[str, Any]:
        """The report as the API tells it."""
        is_done = self.status == "COMPLETED"
        configuration = {"filters": None, **self.body["configuration"]}
        return {
            "configuration": configuration,
            "createdAt": _instant(self.created_at),
            "endDate": self.body["endDate"],
            "failureReason": self.failure,
            "fileSize": len(self.content) if is_done else None,
            "generatedAt": _instant(now) if is_done else None,
            "name": self.body.get("name"),
            "reportId": self.id,
            "startDate": self.body["startDate"],
            "status": self.status,
            "updatedAt": _instant(now),
            "url": url,
            "urlExpiresAt": _instant(now + timedelta(seconds=URL_SECONDS)) if url else None,
        }


@dataclass
class Jobs:
    """All reports of all profiles, and the signed addresses of their files."""

    clock: Callable[[], float]
    faults: Faults
    polls: int
    jobs: dict[str, Job] = field(default_factory=dict)
    signed: dict[str, tuple[str, float]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def create(
        self, profile_id: str, body: Mapping[str, Any], now: datetime, make: Callable[[], Rows]
    ) -> Answer:
        """A new report; while one like it is on its way, its id instead."""
        with self.lock:
            for job in self.jobs.values():
                if job.profile_id == profile_id and _is_same(job, body):
                    detail = f"The Request is a duplicate of : {job.id}"
                    return Answer({"code": "425", "detail": detail}, 425)
            job = Job(profile_id, body, now, make, self.polls)
            self.jobs[job.id] = job
            return Answer(job.told(now, None))

    def status(self, profile_id: str, report_id: str, now: datetime, base: str) -> Answer:
        job = self.jobs.get(report_id)
        if job is None or job.profile_id != profile_id:
            return Answer({"code": "404", "detail": f"Report {report_id} is not found"}, 404)
        with self.lock:
            kind = str(job.body["configuration"]["reportTypeId"])
            job.look(is_to_fail=self.faults.take("report_failed", kind) is not None)
            return Answer(job.told(now, self._url(job, now, base)))

    def file(self, request: Request) -> Answer:
        """A report's file; the address carries the right to it, and nothing else may be sent."""
        if "authorization" in request.headers:
            return _storage_error(400, "InvalidArgument", "Only one auth mechanism allowed")
        signature = request.query.get("X-Amz-Signature", "")
        report_id, expiry = self.signed.get(signature, ("", 0.0))
        if not report_id or report_id not in request.path:
            return _storage_error(403, "SignatureDoesNotMatch", "The signature does not match")
        if expiry <= self.clock() or self.faults.take("url_expired", request.text):
            return _storage_error(403, "AccessDenied", "Request has expired")
        return Answer(self.jobs[report_id].content, headers={"Content-Type": "application/json"})

    def _url(self, job: Job, now: datetime, base: str) -> str | None:
        if job.status != "COMPLETED":
            return None
        signature = secrets.token_hex(16)
        self.signed[signature] = (job.id, self.clock() + URL_SECONDS)
        query = {
            "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
            "X-Amz-Date": f"{now:%Y%m%dT%H%M%SZ}",
            "X-Amz-Expires": URL_SECONDS,
            "X-Amz-Signature": signature,
        }
        return f"{base}{STORAGE}/{job.id}/report-{job.id}.json.gz?{urlencode(query)}"


def _is_same(job: Job, body: Mapping[str, Any]) -> bool:
    if job.status in ("COMPLETED", "FAILED"):
        return False
    names = ("startDate", "endDate", "configuration")
    return all(job.body.get(name) == body.get(name) for name in names)


def _instant(value: datetime) -> str:
    return f"{value.isoformat(timespec='milliseconds')}Z"


def _storage_error(status: int, code: str, message: str) -> Answer:
    xml = f"<Error><Code>{code}</Code><Message>{message}</Message></Error>"
    return Answer(xml.encode(), status, {"Content-Type": "application/xml"})
