#!/usr/bin/env python3
"""Writes Pinyin+Data.swift: the characters of GB2312 under the first letters of their readings.

Needs `pip install pypinyin` (0.55). A character with several readings stands under each of their letters.
"""
import collections
import pathlib

from pypinyin import Style, pinyin

groups = collections.defaultdict(list)
count = 0
for high in range(0xB0, 0xF8):
    for low in range(0xA1, 0xFF):
        try:
            character = bytes([high, low]).decode("gb2312")
        except UnicodeDecodeError:
            continue
        count += 1
        readings = pinyin(character, style=Style.FIRST_LETTER, heteronym=True)[0]
        for letter in sorted({reading[:1] for reading in readings if reading[:1].isascii() and reading[:1].isalpha()}):
            groups[letter].append(character)

lines = [
    "// Written by make_pinyin.py; not to be changed by hand.",
    "extension Pinyin {",
    f"    /// The {count:,} characters of GB2312 by the first letters of their readings.",
    "    static let table: [(letter: Character, characters: String)] = [",
]
for letter in sorted(groups):
    lines += ["        (", f'            "{letter}",', '            """']
    text = "".join(sorted(groups[letter]))
    rows = [text[start : start + 100] for start in range(0, len(text), 100)]
    lines += ["            " + row + ("\\" if row is not rows[-1] else "") for row in rows]
    lines += ['            """', "        ),"]
lines += ["    ]", "}", ""]
pathlib.Path(__file__).with_name("Pinyin+Data.swift").write_text("\n".join(lines), encoding="utf-8")
