"""PolNeAR's standoff annotation, on invented lines."""

from sayso.bench.brat import parse_standoff

TEXT = "Anna Berk said hello. “Yes,” she added, “no.” It was denied."
LINES = (
    "T1\tSource 0 9\tAnna Berk",
    "T2\tCue 10 14\tsaid",
    "T3\tContent 15 20\thello",
    "T4\tAttribution 10 14\tsaid",
    "E1\tAttribution:T4 Source:T1 Cue:T2 Content:T3 ",
)


def test_an_event_becomes_one_row() -> None:
    labels = parse_standoff("\n".join(LINES), TEXT)
    (row,) = labels["attributions"]
    assert row["source_spans"] == [[0, 9]]
    assert row["cue_spans"] == [[10, 14]]
    assert row["content_spans"] == [[15, 20]]
    assert row["stance"] is None
    assert labels["sources"][row["source"]]["name"] == "Anna Berk"


def test_discontinuous_spans_and_second_contents_are_kept_in_order() -> None:
    lines = (
        "T1\tContent 40 45;22 28\t“no.” “Yes,”",
        "T2\tCue 33 38\tadded",
        "T3\tContent 15 20\thello",
        "E1\tAttribution-no-source:T2 Content2:T3 Cue:T2 Content:T1",
    )
    (row,) = parse_standoff("\n".join(lines), TEXT)["attributions"]
    assert row["content_spans"] == [[15, 20], [22, 28], [40, 45]]
    assert row["source"] is None
    assert row["source_spans"] == []


def test_what_does_not_parse_or_lies_outside_is_left_out() -> None:
    broken = (
        *LINES,
        "",
        "#1\tAnnotatorNotes T1\ta note",
        "T9\tContent 15 x\tbad",
        "a second line of a text",
        "T8\tCue 900 910\toutside",
        "E2\tAttribution:T8 Cue:T8",
        "E3\tDiscuss:T4",
        "\x85E4\tAttribution:T4 Cue:T2",
    )
    rows = parse_standoff("\n".join(broken), TEXT)["attributions"]
    assert [row["id"] for row in rows] == ["E2", "E1"]
    assert rows[0]["cue_spans"] == []


def test_rows_come_in_order_of_the_text() -> None:
    lines = (
        "T1\tCue 53 59\tdenied",
        "T2\tCue 10 14\tsaid",
        "E1\tAttribution-no-source:T1 Cue:T1",
        "E2\tAttribution-no-source:T2 Cue:T2",
    )
    assert [row["id"] for row in parse_standoff("\n".join(lines), TEXT)["attributions"]] == ["E2", "E1"]
