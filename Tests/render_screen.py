#!/usr/bin/env python3
"""Turns a terminal screen, as tmux prints it, into a picture.

Usage:  tmux capture-pane -e -p | python3 Tests/render_screen.py OUT.png [--light] [--size 18]
        python3 Tests/render_screen.py OUT.png SCREEN.txt

Needs Pillow (pip install pillow) and the fonts DejaVu Sans Mono and Noto Sans CJK
(apt-get install fonts-dejavu-core fonts-noto-cjk); other fonts can be given with --font PATH, first found first used.
"""
import argparse
import functools
import glob
import re
import sys
import unicodedata

from PIL import Image, ImageDraw, ImageFont

FONT_PATTERNS = [
    "/usr/share/fonts/**/DejaVuSansMono.ttf", "/usr/share/fonts/**/NotoSansMonoCJK*Regular*",
    "/usr/share/fonts/**/NotoSansCJK-Regular.ttc", "/usr/share/fonts/**/DejaVuSans.ttf",
    "/usr/share/fonts/**/unifont.*",
    "/Library/Fonts/Menlo.ttc", "/System/Library/Fonts/Menlo.ttc", "/System/Library/Fonts/PingFang.ttc",
]
# The sixteen colours of a calm dark and a calm light terminal.
DARK = ["#1d1f21", "#cc6666", "#8cb36a", "#e0b565", "#6a9fd4", "#b294bb", "#7fc1b8", "#c5c8c6",
        "#70757c", "#e88c8c", "#b5d68f", "#f4d58a", "#94c0ec", "#d2b5db", "#a2dcd4", "#f3f4f5"]
LIGHT = ["#2b2d30", "#b3372f", "#3f7d20", "#8d6708", "#22639e", "#8a3f92", "#1b7a74", "#5c6066",
         "#8b9097", "#cf4b42", "#54992f", "#a97d10", "#2f7cc0", "#a455ad", "#249690", "#17191b"]
TOKEN = re.compile(r"\x1b\[([0-9;:]*)m|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b\[[0-9;?]*[A-Za-z]|[\x0e\x0f]|(.)", re.S)


class Pen:
    """The colours and attributes that the next glyph is drawn with."""

    def __init__(self, palette, foreground, background):
        self.palette, self.defaults = palette, (foreground, background)
        self.clear()

    def clear(self):
        self.foreground = self.background = None
        self.bold = self.dim = self.italic = self.underline = self.reverse = False

    def colors(self):
        foreground = self.foreground or self.defaults[0]
        background = self.background or self.defaults[1]
        if self.reverse:
            foreground, background = background, foreground
        if self.dim:
            foreground = tuple((3 * f + 2 * b) // 5 for f, b in zip(foreground, background))
        return foreground, background

    def apply(self, parameters):
        codes = [int(code or 0) for code in re.split("[;:]", parameters)] if parameters else [0]
        while codes:
            code = codes.pop(0)
            if code == 0:
                self.clear()
            elif code in (1, 2, 3, 4, 7):
                setattr(self, {1: "bold", 2: "dim", 3: "italic", 4: "underline", 7: "reverse"}[code], True)
            elif code == 22:
                self.bold = self.dim = False
            elif code in (23, 24, 27):
                setattr(self, {23: "italic", 24: "underline", 27: "reverse"}[code], False)
            elif code in (38, 48):
                self.set(code == 38, self.extended(codes))
            elif code in (39, 49):
                self.set(code == 39, None)
            elif 30 <= code <= 37 or 90 <= code <= 97:
                self.set(True, self.palette[code - 30 if code < 90 else code - 82])
            elif 40 <= code <= 47 or 100 <= code <= 107:
                self.set(False, self.palette[code - 40 if code < 100 else code - 92])

    def set(self, is_foreground, color):
        setattr(self, "foreground" if is_foreground else "background", color)

    def extended(self, codes):
        kind = codes.pop(0) if codes else 0
        if kind == 2 and len(codes) >= 3:
            return codes.pop(0), codes.pop(0), codes.pop(0)
        if kind == 5 and codes:
            index = codes.pop(0)
            if index < 16:
                return self.palette[index]
            if index < 232:
                levels = (0, 95, 135, 175, 215, 255)
                return levels[(index - 16) // 36], levels[(index - 16) // 6 % 6], levels[(index - 16) % 6]
            return (8 + 10 * (index - 232),) * 3
        return None


def columns(character):
    if character == "\u200d" or unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def cells(text, pen):
    """Yields (row, column, glyph, columns, foreground, background, bold, underline) for each glyph of a screen."""
    for row, line in enumerate(text.rstrip("\n").split("\n")):
        column, last = 0, None
        for match in TOKEN.finditer(line):
            if match.group(1) is not None:
                pen.apply(match.group(1))
            elif match.group(2) is not None:
                width = columns(match.group(2))
                if width == 0 and last is not None:
                    last[2] += match.group(2)
                    continue
                if last is not None:
                    yield last
                last = [row, column, match.group(2), width, *pen.colors(), pen.bold, pen.underline]
                column += width
        if last is not None:
            yield last


class Fonts:
    """The first font of several that has a glyph."""

    def __init__(self, paths, size):
        self.fonts = [ImageFont.truetype(path, size) for path in paths]
        self.missing = [bytes(font.getmask("\U0010ffff")) for font in self.fonts]

    @functools.lru_cache(maxsize=None)
    def having(self, character):
        for font, missing in zip(self.fonts, self.missing):
            if bytes(font.getmask(character)) != missing:
                return font
        return self.fonts[0]


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("picture")
    parser.add_argument("screen", nargs="?")
    parser.add_argument("--light", action="store_true")
    parser.add_argument("--size", type=int, default=18)
    parser.add_argument("--font", action="append", default=[])
    options = parser.parse_args()

    data = open(options.screen, "rb").read() if options.screen else sys.stdin.buffer.read()
    text = data.decode("utf-8", "replace")
    paths = options.font + [path for pattern in FONT_PATTERNS for path in sorted(glob.glob(pattern, recursive=True))]
    if not paths:
        sys.exit("no font found: apt-get install fonts-dejavu-core fonts-noto-cjk, or give one with --font")
    fonts = Fonts(tuple(paths), options.size)
    rgb = [tuple(int(color[i:i + 2], 16) for i in (1, 3, 5)) for color in (LIGHT if options.light else DARK)]
    foreground, background = ((43, 45, 48), (250, 250, 248)) if options.light else ((197, 200, 198), (22, 24, 26))

    glyphs = list(cells(text, Pen(rgb, foreground, background)))
    if not glyphs:
        sys.exit("the screen is empty")
    base = fonts.fonts[0]
    width = round(base.getlength("M"))
    ascent, descent = base.getmetrics()
    height = ascent + descent
    size = (max(g[1] + g[3] for g in glyphs) * width, (max(g[0] for g in glyphs) + 1) * height)
    margin = width
    image = Image.new("RGB", (size[0] + 2 * margin, size[1] + 2 * margin), background)
    draw = ImageDraw.Draw(image)
    for row, column, glyph, count, front, back, bold, underline in glyphs:
        x, y = margin + column * width, margin + row * height
        if back != background:
            draw.rectangle((x, y, x + count * width - 1, y + height - 1), fill=back)
        if glyph != " ":
            font = fonts.having(glyph[0])
            # Fonts differ in size: a glyph from another one is centred in its cells, on the common baseline.
            shift = (count * width - font.getlength(glyph)) / 2 if font is not base else 0
            draw.text((x + shift, y + ascent), glyph, font=font, fill=front, anchor="ls", stroke_width=0)
            if bold:
                draw.text((x + shift + 1, y + ascent), glyph, font=font, fill=front, anchor="ls")
        if underline:
            draw.line((x, y + ascent + 2, x + count * width - 1, y + ascent + 2), fill=front)
    image.save(options.picture)
    print(f"{options.picture}: {image.width} x {image.height}")


main()
