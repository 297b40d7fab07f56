"""Answers of the Marketing API as typed records; every figure is text."""

from typing import Any, Generic, TypeVar

from msgspec import Struct, field

T = TypeVar("T")


class Cursors(Struct):
    after: str = ""


class Paging(Struct):
    cursors: Cursors = field(default_factory=Cursors)
    next: str | None = None


class Page(Struct, Generic[T]):
    data: list[T]
    paging: Paging | None = None


class Started(Struct):
    """A report that was asked for."""

    report_run_id: str


class Run(Struct):
    """How far a report is."""

    async_status: str = ""
    async_percent_completion: int = 0
    error_message: str | None = None


class AdAccount(Struct):
    account_id: str
    currency: str
    timezone_name: str
    name: str = ""
    account_status: int | None = None


class Action(Struct, rename={
    "clicks_1d": "1d_click", "clicks_7d": "7d_click", "clicks_28d": "28d_click",
    "views_1d": "1d_view",
}):  # fmt: skip
    """One type of action; a window that it lacks had none."""

    action_type: str
    value: str | None = None
    clicks_1d: str | None = None
    clicks_7d: str | None = None
    clicks_28d: str | None = None
    views_1d: str | None = None


class Insight(Struct, rename={"hour": "hourly_stats_aggregated_by_advertiser_time_zone"}):
    """A row of a report."""

    date_start: str
    spend: str | None = None
    impressions: str | None = None
    clicks: str | None = None
    inline_link_clicks: str | None = None
    reach: str | None = None
    attribution_setting: str | None = None
    campaign_id: str | None = None
    adset_id: str | None = None
    ad_id: str | None = None
    publisher_platform: str | None = None
    age: str | None = None
    gender: str | None = None
    country: str | None = None
    impression_device: str | None = None
    platform_position: str | None = None
    hour: str | None = None
    actions: list[Action] = []
    action_values: list[Action] = []


class Named(Struct):
    name: str = ""


class Interests(Struct):
    interests: list[Named] = []


class Targeting(Struct):
    custom_audiences: list[Named] = []
    flexible_spec: list[Interests] = []


class CreativeLink(Struct):
    id: str


class LinkData(Struct):
    link: str | None = None
    message: str | None = None
    name: str | None = None
    child_attachments: list[Any] = []


class VideoData(Struct):
    message: str | None = None
    title: str | None = None
    video_id: str | None = None


class Story(Struct):
    link_data: LinkData | None = None
    video_data: VideoData | None = None


class Entity(Struct):
    """A campaign, an ad set, an ad or a creative, with what was asked of it."""

    id: str
    name: str | None = None
    status: str | None = None
    effective_status: str | None = None
    campaign_id: str | None = None
    adset_id: str | None = None
    objective: str | None = None
    buying_type: str | None = None
    bid_strategy: str | None = None
    optimization_goal: str | None = None
    billing_event: str | None = None
    daily_budget: str | None = None
    lifetime_budget: str | None = None
    start_time: str | None = None
    stop_time: str | None = None
    end_time: str | None = None
    created_time: str | None = None
    updated_time: str | None = None
    targeting: Targeting = field(default_factory=Targeting)
    creative: CreativeLink | None = None
    title: str | None = None
    body: str | None = None
    call_to_action_type: str | None = None
    object_type: str | None = None
    link_url: str | None = None
    image_url: str | None = None
    video_id: str | None = None
    object_story_spec: Story = field(default_factory=Story)


def plain(record: Struct) -> dict[str, Any]:
    """A record by field."""
    return {name: getattr(record, name) for name in record.__struct_fields__}
