"""``python -m sayso.bench``."""

from sayso.bench.commands import bench

if __name__ == "__main__":
    bench()
