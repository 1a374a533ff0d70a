#!/usr/bin/env python3
"""Writes Sources/TuneCanvas/Text/GlyphTable+Data.swift from Unicode data.

Usage: pip install wcwidth==0.9.4 && python3 .ci/glyph_table.py

The East Asian widths, zero-width characters and emoji that a variation selector widens are read from the tables of
the wcwidth package (Unicode 18); general categories of the few invisible characters come from Python's unicodedata.
"""
import pathlib
import unicodedata

from wcwidth.table_ambiguous import AMBIGUOUS_EASTASIAN
from wcwidth.table_mc import CATEGORY_MC
from wcwidth.table_vs16 import VS16_NARROW_TO_WIDE
from wcwidth.table_wide import WIDE_EASTASIAN
from wcwidth.table_zero import ZERO_WIDTH

ZERO, NARROW, WIDE, AMBIGUOUS, HIDDEN, NARROW_EMOJI, AMBIGUOUS_EMOJI = range(7)

# Invisible characters that are not joiners or marks: fillers, separators, and signs that only a renderer sees.
INVISIBLE = {0x115F, 0x1160, 0x180E, 0x2028, 0x2029, 0x3164, 0xFFA0}
# Format characters that shape the text around them; Sanitizer looks at their neighbours.
SHAPING = {0x200C, 0x200D, *range(0xE0020, 0xE0080)}
# Format characters with a glyph of their own: Arabic and Kaithi number signs.
VISIBLE_FORMAT = {*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD}


def newest(table):
    """The ranges of the newest Unicode version in a table, as a set of code points."""
    ranges = table[max(table, key=lambda version: [int(part) for part in version.split(".")])]
    return {point for low, high in ranges for point in range(low, high + 1)}


wide, zero, ambiguous = newest(WIDE_EASTASIAN), newest(ZERO_WIDTH), newest(AMBIGUOUS_EASTASIAN)
emoji, spacing = newest(VS16_NARROW_TO_WIDE), newest(CATEGORY_MC)


def kind(point):
    category = unicodedata.category(chr(point))
    if point in VISIBLE_FORMAT:
        return NARROW
    if point in SHAPING:
        return ZERO
    if point in INVISIBLE or category in ("Cc", "Cf", "Cs", "Zl", "Zp") or 0xE0000 <= point < 0xE0100:
        return HIDDEN
    if point & 0xFFFE == 0xFFFE or 0xFDD0 <= point <= 0xFDEF:
        return HIDDEN
    if 0x1F1E6 <= point <= 0x1F1FF:
        return NARROW
    if point in wide:
        return WIDE
    if (point in zero or category in ("Mn", "Me")) and point not in spacing:
        return ZERO
    # Private use is where icon fonts live; every terminal gives those one column.
    if 0xE000 <= point <= 0xF8FF or point >= 0xF0000:
        return NARROW
    if point in ambiguous:
        return AMBIGUOUS_EMOJI if point in emoji else AMBIGUOUS
    return NARROW_EMOJI if point in emoji else NARROW


changes = []
for point in range(0x110000):
    if not changes or kind(point) != changes[-1] & 7:
        changes.append(point << 3 | kind(point))

numbers = [f"0x{change:X}," for change in changes]
lines, line = [], "   "
for number in numbers:
    if len(line) + 1 + len(number) > 120:
        lines.append(line)
        line = "   "
    line += " " + number
lines.append(line)

target = pathlib.Path(__file__).parent.parent / "Sources/TuneCanvas/Text/GlyphTable+Data.swift"
target.write_text(
    "// Made by .ci/glyph_table.py from Unicode 18; change the script, not this file.\n\n"
    "/// Where each stretch of code points of one kind begins, in order: the first code point times 8, plus the kind.\n"
    "let glyphKindStarts: [UInt32] = [\n" + "\n".join(lines) + "\n]\n",
    encoding="utf-8")
print(f"{target}: {len(changes)} stretches")
