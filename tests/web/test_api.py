"""The case as JSON: each answer fits what the description says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from tests.web.told_case import open_app, tell_story

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.testclient import TestClient


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    """The API of the flood's case."""
    with open_app(None, *tell_story()) as client:
        yield client


def find_paths(client: TestClient) -> dict[str, str]:
    """Return an address for each path of the description."""
    row = next(one for one in client.get("/api/claims").json()["rows"] if one["claim"])
    story = row["claim"]["story"]
    description = client.get("/api/openapi.json").json()
    fills = {"claim": f"C{row['claim']['number']}", "story": story}
    return {
        path: path.format(**fills) + ("?name=brandt" if path.endswith("/who") else "") for path in description["paths"]
    }


def test_each_answer_is_what_the_description_says(client: TestClient) -> None:
    description: dict[str, Any] = client.get("/api/openapi.json").json()
    assert description["openapi"].startswith("3.1")
    paths = find_paths(client)
    assert len(paths) >= 12
    for path, address in paths.items():
        answer = client.get(address)
        assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json"), address
        told = description["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        schema = told | {"components": description["components"]}
        errors = [error.message for error in Draft202012Validator(schema).iter_errors(answer.json())]
        assert errors == [], address


def test_every_field_of_a_record_is_described(client: TestClient) -> None:
    schemas = client.get("/api/openapi.json").json()["components"]["schemas"]
    assert {"Trace", "ClaimRow", "StoryFindings", "PartyView", "Span"} <= set(schemas)
    bare = [
        (name, field)
        for name, one in schemas.items()
        for field, shape in one["properties"].items()
        if "description" not in shape
    ]
    assert bare == []


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/claims?limit=0", 400),
        ("/api/claims?page=x", 400),
        ("/api/claims?sort=beauty", 400),
        ("/api/claims/C999999/trace", 404),
        ("/api/stories/sty-ffff", 404),
        ("/api/who", 400),
    ],
)
def test_what_is_not_understood_is_told_as_json(client: TestClient, address: str, status: int) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert answer.json()["message"]


def test_pages_of_the_list_follow_one_another(client: TestClient) -> None:
    whole = client.get("/api/claims?limit=500").json()
    parts = [client.get(f"/api/claims?limit=1&page={page}").json()["rows"] for page in range(1, whole["total"] + 1)]
    assert [row["id"] for part in parts for row in part] == [row["id"] for row in whole["rows"]]
    assert len(client.get("/api/claims?rows=1").json()["rows"]) >= len(whole["rows"])
