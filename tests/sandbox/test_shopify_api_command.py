"""`python -m sandbox` serves a shop until it is told to stop."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from sandbox.shopify_api.schema import API_VERSION
from tests.sandbox.shopify_client import call

ROOT = Path(__file__).resolve().parents[2]


def test_the_command_tells_where_it_serves_and_stops_when_asked():
    words = ["--port", "0", "--orders", "300", "--end", "2026-06-30", "--now", "2026-06-30T12:00Z"]
    with subprocess.Popen(
        [sys.executable, "-m", "sandbox", *words], stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as process:
        try:
            told = dict(
                line.strip().split("=", 1) for line in iter(process.stdout.readline, "ready\n")
            )
            url, token = (
                told[f"SOURCES__SHOPIFY__{name}"] for name in ("SHOP_URL", "ACCESS_TOKEN")
            )
            status, _, body = call(
                f"{url}/admin/api/{API_VERSION}/graphql.json",
                {"query": "{ ordersCount { count } }"},
                {"X-Shopify-Access-Token": token},
            )
        finally:
            os.kill(process.pid, signal.SIGTERM)
        assert process.wait(timeout=30) == 0
    assert status == 200
    assert 0 < json.loads(body)["data"]["ordersCount"]["count"] <= 300
