"""Review in the browser: every decision is a judgement by somebody, and none is made from elsewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("starlette", reason="the web app is an extra: pip install 'sayso[web]'")

from sayso.records import Filter, Judged, JudgementKind
from sayso.store.judged import apply_judgements
from tests.web.told_web import OURS, open_browser, open_case

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from httpx import Response
    from starlette.testclient import TestClient

    from sayso.ledger.case import Ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """The case of the flood."""
    with open_case(tmp_path) as made:
        yield made


@pytest.fixture
def client(ledger: Ledger) -> TestClient:
    """A browser in which Ána judges."""
    made = open_browser(ledger)
    answer = made.post("/review/name", data={"name": "Ána Térric"}, headers=OURS)
    assert answer.status_code == 303
    assert "HttpOnly" in answer.headers["set-cookie"]
    return made


def first(client: TestClient) -> str:
    """Return the address of the row that is asked first."""
    answer = client.get("/review")
    assert answer.status_code == 303
    return str(answer.headers["location"])


def decide(client: TestClient, address: str, deed: str, **fields: str) -> Response:
    """Return the answer to a decision."""
    answer: Response = client.post(f"{address}/{deed}", data=fields, headers=OURS)
    return answer


def kinds(ledger: Ledger) -> list[JudgementKind]:
    """Return the kinds of all judgements, in order."""
    return [one.kind for one in ledger.review().list_judgements()]


def test_nobody_judges_without_a_name(ledger: Ledger) -> None:
    client = open_browser(ledger)
    assert "Who judges?" in client.get("/review").text
    for name in ("", "   ", "x" * 301, "a\x00b"):
        assert client.post("/review/name", data={"name": name}, headers=OURS).status_code == 400
    row = ledger.review().ask(Filter())[0]
    address = f"/review/{row.document}/{row.row}"
    page = client.get(address)
    assert page.status_code == 200
    assert "Accept" not in page.text
    assert decide(client, address, "accept").headers["location"] == "/review"
    assert client.post("/review/undo", data={}, headers=OURS).headers["location"] == "/review"
    assert kinds(ledger) == []
    client.cookies.set("sayso-who", "%00")
    assert "Who judges?" in client.get("/review").text


def test_rows_are_accepted_rejected_left_open_and_taken_back(client: TestClient, ledger: Ledger) -> None:
    address = first(client)
    page = client.get(address)
    assert "<b>1</b> of 4" in page.text
    assert 'class="person"' not in page.text
    goal = address
    for deed in ("accept", "reject", "unsure"):
        answer = decide(client, goal, deed, reason="I looked")
        assert answer.status_code == 303
        goal = answer.headers["location"].partition("?")[0]
    assert kinds(ledger) == [JudgementKind.ACCEPT, JudgementKind.REJECT, JudgementKind.UNSURE]
    assert {one.by for one in ledger.review().list_judgements()} == {"Ána Térric"}
    assert {one.reason for one in ledger.review().list_judgements()} == {"I looked"}
    assert ledger.count_waiting() == 0
    page = client.get(address)
    assert "accepted" in page.text
    assert "by Ána Térric" in page.text
    back = client.post("/review/undo", data={}, headers=OURS)
    assert kinds(ledger)[-1] is JudgementKind.UNDO
    assert "taken back" in client.get(back.headers["location"]).text
    named = ledger.review().list_judgements()[0].id
    assert client.post("/review/undo", data={"judgement": named}, headers=OURS).headers["location"].startswith(address)
    assert client.post("/review/undo", data={"judgement": "jdg-0000"}, headers=OURS).status_code == 404
    last = decide(client, goal, "accept").headers["location"]
    assert last.startswith("/review?end=1")
    assert "Ask anew" in client.get(last).text


def test_a_correction_shows_the_person_and_the_machine(client: TestClient, ledger: Ledger) -> None:
    address = first(client)
    document, row = address.split("/")[2:]
    reading = ledger.review().get_reading(document)
    att = next(one for one in reading.attributions if one.id == row)
    span = att.content_spans[0]
    fields = {"certainty": "possible", "was_certainty": att.certainty.value}
    fields |= {"content_spans": f"{span.start}-{span.end - 4}", "was_content_spans": f"{span.start}-{span.end}"}
    assert decide(client, address, "edit", **fields).status_code == 303
    judged = apply_judgements(reading, ledger.review().list_judgements(document))
    assert judged.judged[row] is Judged.CORRECTED
    page = client.get(address).text
    assert page.count('class="person"') == 2
    assert "<b>possible</b> <s>" in page
    for wrong in (
        {"certainty": "sure"},
        {"content_spans": "0-99999"},
        {"content_spans": "x"},
        {"stance": "<script>"},
        {},
    ):
        answer = decide(client, address, "edit", **wrong)
        assert answer.status_code == 400
        assert 'role="alert"' in answer.text
        assert "<script>" not in answer.text
    assert len(kinds(ledger)) == 1


def test_a_row_is_given_to_another_source_and_sources_and_claims_are_paired(client: TestClient, ledger: Ledger) -> None:
    address = first(client)
    document, row = address.split("/")[2:]
    reading = ledger.review().get_reading(document)
    mine = next(att.source for att in reading.attributions if att.id == row)
    other = "Otto Lamm" if next(one.name for one in reading.sources if one.id == mine) != "Otto Lamm" else "Jan Roth"
    answer = decide(client, address, "party", kind="different", other=other)
    assert answer.headers["location"].startswith(address)
    assert decide(client, address, "party", kind="sam", other=other).status_code == 400
    assert decide(client, address, "party", kind="same", other="Nobody At All").status_code == 400
    assert decide(client, address, "party", kind="same").status_code == 400
    with ledger.look() as lists:
        rows = lists.claims().rows
    theirs = next(one for one in rows if one.id != row and one.document != document)
    assert theirs.claim is not None
    told = decide(client, address, "claim", kind="different", other=theirs.id)
    assert told.headers["location"].startswith(address)
    assert decide(client, address, "claim", kind="same", other="C999").status_code == 400
    assert decide(client, address, "burn").status_code == 400
    fields = {"source_name": "Karl <Weiss>", "naming": "named", "kind": "person", "reason": "it says so"}
    assert decide(client, address, "split", **fields).status_code == 303
    assert "Karl &lt;Weiss&gt;" in client.get(address).text
    assert decide(client, address, "split", source_name=" ").status_code == 400
    assert kinds(ledger) == [JudgementKind.DIFFERENT, JudgementKind.DIFFERENT, JudgementKind.SPLIT]


def test_what_is_typed_goes_before_what_is_ticked(client: TestClient, ledger: Ledger) -> None:
    address = first(client)
    assert decide(client, address, "split", choice="Otto Lamm", source_name="Vera Lund", reason="so").status_code == 303
    assert dict(ledger.review().list_judgements()[0].changes)["source_name"] == "Vera Lund"
    client.post("/review/undo", data={"judgement": ledger.review().list_judgements()[0].id}, headers=OURS)
    document, row = address.split("/")[2:]
    reading = ledger.review().get_reading(document)
    mine = next(att.source for att in reading.attributions if att.id == row)
    name = next(one.name for one in reading.sources if one.id == mine)
    other = "Otto Lamm" if name != "Otto Lamm" else "Jan Roth"
    answer = decide(client, address, "party", kind="unsure", choice=mine, other=other)
    assert answer.status_code == 303
    assert kinds(ledger)[-1] is JudgementKind.UNSURE


def test_what_does_not_come_from_our_page_changes_nothing(client: TestClient, ledger: Ledger) -> None:
    address = first(client)
    for headers in (
        {},
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        OURS | {"sec-fetch-site": "cross-site"},
    ):
        assert client.post(f"{address}/accept", data={}, headers=headers).status_code == 403
        assert client.post("/review/undo", data={}, headers=headers).status_code == 403
    assert client.get(f"{address}/accept").status_code == 405
    json = client.post(f"{address}/accept", json={}, headers=OURS)
    assert json.status_code == 400
    huge = client.post(f"{address}/accept", data={"reason": "x" * 200_000}, headers=OURS)
    assert huge.status_code == 400
    many = client.post(f"{address}/accept", data={f"f{n}": "" for n in range(200)}, headers=OURS)
    assert many.status_code == 400
    assert kinds(ledger) == []


def test_rows_that_are_not_there_are_said_to_be_not_there(client: TestClient) -> None:
    address = first(client)
    document = address.split("/")[2]
    assert client.get(f"/review/{document}/att-0000").status_code == 404
    assert client.get("/review/doc-0000/att-0000").status_code == 404
    assert client.get("/review/doc-0000/%3Cscript%3E").status_code == 404
    assert client.get(f"{address}?did=jdg-0000").status_code == 200
    assert client.get("/review?q=zzzz").status_code == 200
    assert re.search("no row left", client.get("/review?q=zzzz").text)
