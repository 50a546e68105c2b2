"""The table of what must be reached."""

from sayso.bench.targets import judge_value, load_targets


def test_every_target_has_a_limit_no_better_than_its_aim() -> None:
    targets = load_targets()
    assert len(targets.quality) == 19
    for target in targets.quality.values():
        if target.at_least is not None:
            assert target.aim is not None
            assert target.at_least < target.aim
    for cost in [*targets.cost.values(), targets.rounding]:
        assert (cost.limit < cost.aim) == cost.is_higher_better


def test_a_value_is_judged_as_it_is_shown() -> None:
    assert judge_value(92.96, limit=91, aim=93) == "aim"
    assert judge_value(91.0, limit=91, aim=93) == "enough"
    assert judge_value(90.94, limit=91, aim=93) == "UNDER"
    assert judge_value(50.0, limit=None, aim=None) == ""


def test_less_can_be_better() -> None:
    assert judge_value(0.9, limit=2, aim=1, is_higher_better=False) == "aim"
    assert judge_value(2.2, limit=2, aim=1, is_higher_better=False) == "UNDER"
