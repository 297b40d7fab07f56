"""Google's client of the Data API, its errors told as ours."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import grpc
from google.analytics.data_v1beta import BetaAnalyticsDataClient, types
from google.analytics.data_v1beta.services.beta_analytics_data.transports import (
    BetaAnalyticsDataGrpcTransport,
)
from google.api_core import exceptions
from google.auth.exceptions import GoogleAuthError
from google.oauth2.credentials import Credentials

from dlt_pipelines.ads.days import Span
from dlt_pipelines.ads.errors import AccountError, TransientError
from dlt_pipelines.ads.patience import Patience
from dlt_pipelines.errors import LandingError

PAGE_ROWS = 100_000
TRANSIENT = (
    exceptions.ServerError,
    exceptions.ResourceExhausted,
    exceptions.DeadlineExceeded,
    exceptions.RetryError,
)


@dataclass
class Told:
    """A report's rows as texts, in the order of the asked names, and what the API says of them."""

    names: Sequence[str]
    rows: list[list[str]] = field(default_factory=list)
    time_zone: str = ""
    currency_code: str = ""
    has_other_row: bool = False
    is_thresholded: bool = False


class Client:
    """Asks for reports. `endpoint` is a server without TLS, such as the sandbox's."""

    def __init__(self, access_token: str | None, endpoint: str | None, patience: Patience) -> None:
        self._patience = patience
        self._metadata: list[tuple[str, str]] = []
        try:
            if endpoint:
                transport = BetaAnalyticsDataGrpcTransport(channel=grpc.insecure_channel(endpoint))
                self._client = BetaAnalyticsDataClient(transport=transport)
                self._metadata = [("authorization", f"Bearer {access_token}")]
            elif access_token:
                self._client = BetaAnalyticsDataClient(credentials=Credentials(access_token))
            else:
                self._client = BetaAnalyticsDataClient()
        except GoogleAuthError as error:
            raise LandingError(
                "Google Analytics: there are no credentials; set GOOGLE_APPLICATION_CREDENTIALS "
                "to a service account's key file, or SOURCES__GA4__ACCESS_TOKEN."
            ) from error

    def report(
        self, property_id: str, dimensions: Sequence[str], metrics: Sequence[str], span: Span
    ) -> Told:
        """All pages of a report over the span's days."""
        told = Told([*dimensions, *metrics])
        while True:
            request = types.RunReportRequest(
                property=f"properties/{property_id}",
                dimensions=[types.Dimension(name=name) for name in dimensions],
                metrics=[types.Metric(name=name) for name in metrics],
                date_ranges=[types.DateRange(start_date=str(span.first), end_date=str(span.last))],
                limit=PAGE_ROWS,
                offset=len(told.rows),
            )
            answer = self._patience.call(partial(self._ask, request))
            self._take(told, answer)
            if not answer.rows or len(told.rows) >= answer.row_count:
                return told

    def _ask(self, request: types.RunReportRequest) -> Any:
        try:
            answer = self._client.run_report(request, metadata=self._metadata, retry=None)
        except exceptions.Unauthenticated as error:
            raise LandingError(
                "Google Analytics refuses the token; make a new one, or see that the service "
                "account's key is valid."
            ) from error
        except (exceptions.PermissionDenied, exceptions.NotFound) as error:
            raise AccountError(f"{error.message} Give the service account access to it.") from error
        except exceptions.ClientError as error:
            if isinstance(error, TRANSIENT):
                raise TransientError(error.message) from error
            raise AccountError(error.message) from error
        except TRANSIENT as error:
            raise TransientError(str(error)) from error
        message: Any = types.RunReportResponse.pb(answer)
        return message

    def _take(self, told: Told, answer: Any) -> None:
        told.rows += [
            [
                value.value
                for values in (row.dimension_values, row.metric_values)
                for value in values
            ]
            for row in answer.rows
        ]
        told.time_zone = answer.metadata.time_zone
        told.currency_code = answer.metadata.currency_code
        told.has_other_row |= answer.metadata.data_loss_from_other_row
        told.is_thresholded |= answer.metadata.subject_to_thresholding
