"""What encryption costs is measured."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from sayso.bench.commands import bench


def test_both_kinds_are_measured() -> None:
    pytest.importorskip("sqlcipher3", reason="sayso[encrypt] is not installed")
    result = CliRunner().invoke(bench, ["encrypted", "--documents", "2", "--repeats", "1"])
    assert result.exit_code == 0, result.output
    lines = result.output.splitlines()
    assert lines[0].split() == ["median,", "ms", "plain", "encrypted"]
    assert all(float(number) > 0 for line in lines[1:] for number in line.split()[-2:])
