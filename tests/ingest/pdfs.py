"""PDFs made by hand, for tests: text at places, pictures, and files that nobody should send."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field

WIDTH, HEIGHT = 595, 842
# Widths of Helvetica's letters, about, by their size.
NARROW, WIDE = set("ijlftI.,:;'’ r"), set("mwMW")


@dataclass(frozen=True, slots=True)
class Put:
    """A line of text at a place of a page; y from the top."""

    x: float
    y: float
    text: str
    size: float = 10
    font: str = "F1"
    mode: int = 0


@dataclass(slots=True)
class Sheet:
    """A page under the pen."""

    puts: list[Put] = field(default_factory=list)
    has_picture: bool = False

    def lines(self, x: float, y: float, lines: list[str], *, size: float = 10, pitch: float = 12) -> float:
        """Put lines under one another and return the y after them."""
        for line in lines:
            self.puts.append(Put(x, y, line, size))
            y += pitch
        return y


def make_pdf(
    sheets: list[Sheet],
    *,
    trailer: bytes = b"",
    extra: tuple[bytes, ...] = (),
    catalog: bytes = b"",
    pack: bool = False,
) -> bytes:
    """Return a PDF of these pages.

    Args:
        sheets: The pages.
        trailer: More for the trailer dictionary.
        extra: More objects; the first has the number 10 + 2 * pages.
        catalog: More for the catalog.
        pack: Deflate the pages' contents.
    """
    objects: dict[int, bytes] = {
        1: b"<< /Type /Catalog /Pages 2 0 R " + catalog + b" >>",
        3: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        4: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
        5: make_stream(b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray"
                   b" /BitsPerComponent 8", b"\x80"),
    }  # fmt: skip
    kids = []
    for i, sheet in enumerate(sheets):
        number = 10 + 2 * i
        kids.append(b"%d 0 R" % number)
        content = _draw(sheet)
        objects[number] = (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R /F2 4 0 R >> /XObject << /P 5 0 R >> >> >>"
            % (WIDTH, HEIGHT, number + 1)
        )
        head = b"<< /Filter /FlateDecode" if pack else b"<<"
        objects[number + 1] = make_stream(head, zlib.compress(content) if pack else content)
    objects[2] = b"<< /Type /Pages /Kids [" + b" ".join(kids) + b"] /Count %d >>" % len(sheets)
    for i, body in enumerate(extra):
        objects[10 + 2 * len(sheets) + i] = body
    return assemble(objects, trailer=trailer)


def assemble(objects: dict[int, bytes], *, trailer: bytes = b"") -> bytes:
    """Return the file of these objects."""
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number in sorted(objects):
        places[number] = len(out)
        out += b"%d 0 obj\n" % number + objects[number] + b"\nendobj\n"
    start = len(out)
    size = max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 65535 f \n"
    out += b"trailer\n<< /Size %d /Root 1 0 R " % size + trailer + b" >>\nstartxref\n%d\n%%%%EOF\n" % start
    return bytes(out)


def wrap(text: str, width: float, *, size: float = 10) -> list[str]:
    """Return the text in lines of about this width."""
    lines, line = [], ""
    for word in text.split():
        if line and measure(f"{line} {word}", size=size) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return [*lines, line]


def measure(text: str, *, size: float) -> float:
    """Return about how wide a text is."""
    return size * sum(0.28 if c in NARROW else 0.85 if c in WIDE else 0.68 if c.isupper() else 0.54 for c in text)


def make_stream(head: bytes, content: bytes) -> bytes:
    """Return a stream object; its dictionary is open at the end."""
    return head + b" /Length %d >>\nstream\n" % len(content) + content + b"\nendstream"


def _draw(sheet: Sheet) -> bytes:
    parts = [b"q %d 0 0 %d 0 0 cm /P Do Q" % (WIDTH, HEIGHT)] if sheet.has_picture else []
    for put in sheet.puts:
        text = put.text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        place = b"%.2f %.2f" % (put.x, HEIGHT - put.y)
        parts.append(b"BT /%s %.2f Tf %d Tr %s Td (%s) Tj ET" % (put.font.encode(), put.size, put.mode, place, text))
    return b"\n".join(parts)
