"""Who speaks: the list, and everything that one party said."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cases import add_readings
from tests.corroborate.stories_told import article, said
from tests.hostile import texts
from tests.web.told_case import open_app, tell_story

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from starlette.testclient import TestClient

NASTY = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


@pytest.fixture(scope="module", params=["memory", "file"])
def client(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The pages of the flood's case."""
    folder: Path | None = tmp_path_factory.mktemp("case") if request.param == "file" else None
    with open_app(folder, *tell_story()) as client:
        yield client


def take_words(page: str) -> str:
    """Return the words of a page's main part."""
    main = page.partition("<main")[2].partition("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def list_names(page: str) -> list[str]:
    return [html.unescape(name) for name in re.findall(r'<th scope="row">.*?<bdi>(.*?)</bdi>', page, re.DOTALL)]


def test_the_list_says_who_speaks_how_often_and_where(client: TestClient) -> None:
    page = client.get("/who").text
    assert set(list_names(page)) == {"Ilse Brandt", "Otto Lamm", "Jan Roth", "a nurse"}
    assert "2 claims in 2 articles of 2 outlets 4 May 2024" in take_words(page)
    assert "mayor" in page


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("q=brandt", ["Ilse Brandt"]),
        ("naming=described", ["a nurse"]),
        ("naming=vague", []),
        ("kind=state", []),
        ("outlet=week", ["Jan Roth", "a nurse"]),
        ("q=zzz", []),
    ],
)
def test_a_filter_of_the_address_holds(client: TestClient, query: str, names: list[str]) -> None:
    answer = client.get(f"/who?{query}")
    assert sorted(list_names(answer.text)) == sorted(names)
    assert names or "Nobody of that sort speaks here" in answer.text


def test_every_name_of_the_list_leads_to_its_page(client: TestClient) -> None:
    page = client.get("/who").text
    links = re.findall(r'href="(/who/src-[0-9a-f]+)"', page)
    assert len(set(links)) == 4
    for link in links:
        assert client.get(link).status_code == 200


def test_a_party_says_what_it_has_a_part_in_and_where_it_is_the_only_leg(client: TestClient) -> None:
    words = take_words(client.get("/who/Ilse%20Brandt").text)
    assert "has a part in 1 claim; the only leg of 1" in words
    assert "the Amsel burst its banks at Orlby" in words
    assert "the only leg in The Post, Coast Daily" in words
    assert "disputed" in words
    assert "Ilse Brandt mayor 2 articles: The Post, Coast Daily" in words
    assert "Why they are one" in words


def test_who_denies_stands_against_it(client: TestClient) -> None:
    assert "stands against it" in take_words(client.get("/who/Jan%20Roth").text)


def test_who_passes_on_says_from_whom() -> None:
    story = tell_story()[1]
    own = article(
        "Amsel Now",
        said("Radio Amsel", "the old mill would be built again", kind="outlet"),
        at="2024-05-05",
        lead="Orlby after the flood of the Amsel.",
    )
    with open_app(None, story, own) as client:
        assert "passes it on" in take_words(client.get("/who/Radio%20Amsel").text)


def test_several_of_a_name_are_listed_and_none_is_said_to_be_the_other() -> None:
    told = [
        article("The Post", said("Ilse Brandt"), at="2024-05-04"),
        article(
            "Ferry News",
            said("Karl Brandt", "the ferry of Sandholm would stay in the harbour all week"),
            at="2024-05-04",
        ),
    ]
    with open_app(None, *told) as client:
        words = take_words(client.get("/who/brandt").text)
        assert "Others of that name None of them is known to be the one here" in words
        assert {"Ilse Brandt", "Karl Brandt"} <= set(re.findall("[A-Z][a-z]+ Brandt", words))


@pytest.mark.parametrize(
    "given_name", ["nobody", "src-0000", "src-", "%00", "a%2Fb", "..%2f..%2f", "doc-0000", "'; --"]
)
def test_who_is_not_there_is_said_to_be_not_there(client: TestClient, given_name: str) -> None:
    answer = client.get(f"/who/{given_name}")
    assert answer.status_code == 404
    assert "Not there" in answer.text
    assert client.head(f"/who/{given_name}").status_code == 404


def test_without_a_name_the_list_is_shown(client: TestClient) -> None:
    for path in ("/who/", "/who/%20", f"/who/{'x' * 301}"):
        answer = client.get(path, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"].rstrip("/").endswith("/who")) in {
            (303, True),
            (307, True),
        }


@pytest.mark.parametrize("query", ["sort=best", "page=0", "kind=animal", "naming=x", f"q={'x' * 301}"])
def test_what_is_not_understood_is_said(client: TestClient, query: str) -> None:
    answer = client.get(f"/who?{query}")
    assert answer.status_code == 400
    assert query.partition("=")[0] in answer.text


def test_the_pages_have_edges(client: TestClient) -> None:
    assert "There is no page 2" in client.get("/who?page=2").text
    assert "There is no page 2" in client.get("/who/Ilse%20Brandt?page=2").text
    assert client.get("/who?q=&kind=", follow_redirects=False).headers["location"] == "/who"


def test_an_empty_case_says_what_to_do() -> None:
    with open_app(None) as client:
        assert "Add articles" in client.get("/who").text
        assert client.get("/who/anybody").status_code == 404


def test_words_from_outside_are_never_markup() -> None:
    with open_app(None, article(NASTY, said(NASTY, role=NASTY), at="2024-05-04")) as client:
        for path in (
            "/who",
            f"/who/{quote(NASTY, safe='')}",
            f"/who?{urlencode({'q': NASTY})}",
            "/who/<script>alert(1)",
        ):
            answer = client.get(path)
            assert "<script>alert" not in answer.text
            assert "<img src=x" not in answer.text
        assert client.get(f"/who/{quote(NASTY, safe='')}").status_code == 200


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(name=texts(max_size=4), page=st.one_of(st.integers(-2, 10**7).map(str), texts(max_size=2)))
def test_no_name_breaks_the_page(client: TestClient, name: str, page: str) -> None:
    path = quote(name, safe="", errors="replace")
    assert client.get(f"/who/{path}?{urlencode({'page': page}, errors='replace')}").status_code in {200, 400, 404}
    assert client.get(f"/who?{urlencode({'q': name, 'page': page}, errors='replace')}").status_code in {200, 400}


def test_what_was_looked_up_is_looked_up_again_when_the_case_changed() -> None:
    first, second, third = tell_story()
    with open_app(None, first) as client:
        ledger = client.app.state.ledger  # type: ignore[attr-defined]

        def look(name: str) -> str:
            return take_words(client.get(f"/who/{name}").text)

        assert look("Ilse") == look("Ilse")
        assert "in The Post" in look("Ilse")
        add_readings(ledger.store, second)
        assert "1 article" in look("Ilse")
        list(ledger.join())
        assert "2 articles: The Post, Coast Daily" in look("Ilse")
        add_readings(ledger.store, third)
        list(ledger.join())
        assert "stands against it" in look("Roth")
        for number in range(120):
            assert "Nobody" in look(f"nobody{number}")
        assert "2 articles" in look("Ilse")
