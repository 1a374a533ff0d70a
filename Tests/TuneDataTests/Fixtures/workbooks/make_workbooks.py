"""Makes the workbooks of this folder, and what pandas reads from them.

Run: python3 -m venv venv && venv/bin/pip install openpyxl==3.1.5 pandas==2.2.3 && venv/bin/python make_workbooks.py

kinds.xlsx has every kind of cell, kinds.expected.json the texts of its first sheet as pandas reads them with dtype=str
(a list of rows, the heading first). Cells in which TuneDeck differs on purpose are in kinds.differs.json: row, column,
and what TuneDeck reads; null stands for an error such as #REF!.
"""

import datetime
import io
import json
import re
import zipfile

import openpyxl
import pandas
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import PatternFill

STAMP = datetime.datetime(2026, 11, 22, 21, 27)


def save(book, name, change=None, extra=()):
    """Saves with a fixed time, so that the file is the same each time; `change` may rewrite parts, `extra` adds some."""
    buffer = io.BytesIO()
    book.properties.created = book.properties.modified = STAMP
    book.save(buffer)
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(name, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            data = old.read(item)
            if item.filename == "docProps/core.xml":
                data = re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+Z", b"2026-11-22T21:27:00Z", data)
            if change:
                data = change(item.filename, data)
            if item.filename.startswith("xl/theme"):
                continue
            info = zipfile.ZipInfo(item.filename, (2026, 11, 22, 21, 27, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, data)
        for part, data in extra:
            info = zipfile.ZipInfo(part, (2026, 11, 22, 21, 27, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, data)


def kinds():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Ärger & <mehr>"
    sheet.append(["prompt", "completion"])
    values = [
        "plain", "漢字 😀 é", "a\nb", "  spaces  ", "<&>\"'", "quote \"x\"", "/slash\\", 1, 1.0, -3, 0.1, 1e-7, 1e16, 1.5e300,
        123456789012345678, 3.14159265358979, True, False, "NA", "null", "", None, "=1+1",
        datetime.datetime(2020, 1, 31), datetime.datetime(2020, 1, 31, 12, 30, 15), datetime.datetime(2020, 1, 31, 1, 2, 3, 500000),
        datetime.date(1999, 12, 31), datetime.time(12, 30), datetime.timedelta(hours=30), datetime.timedelta(days=1, minutes=5),
        datetime.datetime(1900, 1, 1), datetime.datetime(1900, 2, 28), datetime.datetime(1900, 3, 1), datetime.datetime(9999, 12, 31),
        CellRichText("rich ", TextBlock(InlineFont(b=True), "bold"), " tail"), "#REF!", "_x000D_ literal",
    ]
    for value in values:
        sheet.append(["p", value])
    # A percentage, and formats that look like dates and are none.
    for number, format in [(0.5, "0%"), (0.5, '0.00" days"'), (44000, "[Red]0.0"), (44000, "yyyy\\-mm"), (1.25, "[h]:mm"), (0.75, "h:mm AM/PM"), (44000.5, "m/d/yy h:mm")]:
        sheet.append(["p", number])
        sheet.cell(sheet.max_row, 2).number_format = format
    # A row far below, a cell far right, and a row of style alone.
    sheet.cell(100, 1, "far"), sheet.cell(100, 2, "below")
    sheet.cell(101, 5, "aside")
    sheet.cell(110, 1).fill = PatternFill("solid", fgColor="FF0000")
    other = book.create_sheet("second")
    other.append(["not", "read"])
    save(book, "kinds.xlsx")
    frame = pandas.read_excel("kinds.xlsx", dtype=str, keep_default_na=False, header=None)
    rows = frame.fillna("").values.tolist()
    json.dump(rows, open("kinds.expected.json", "w"), ensure_ascii=False, indent=0)
    differs = []
    for row, (_, value, *_rest) in enumerate(rows):
        if value == "_x000D_ literal":
            differs.append([row, 1, "\r literal"])
    for row, cells in enumerate(sheet.iter_rows(values_only=True)):
        if cells[1] == "#REF!":
            differs.append([row, 1, None])
        # Of equal values in a column pandas takes the text of the first.
        if cells[1] is True:
            differs.append([row, 1, "True"])
    json.dump(differs, open("kinds.differs.json", "w"), ensure_ascii=False)


def shared():
    """As spreadsheet programs write: shared texts, phonetic runs, no cell names, days from 1904, prefixed tags."""
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active.append(["x"])
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

    def change(name, data):
        if name == "xl/worksheets/sheet1.xml":
            return (
                f'<?xml version="1.0"?><!-- a > comment --><x:worksheet xmlns:x="{main}"><x:sheetData>'
                '<x:row><x:c t="s"><x:v>0</x:v></x:c><x:c t="s"><x:v>1</x:v></x:c></x:row>'
                '<x:row><x:c t="s"><x:v>2</x:v></x:c><x:c t="s"><x:v>3</x:v></x:c></x:row>'
                '<x:row/><x:row><x:c/><x:c t="str"><x:f>A1&amp;"x"</x:f><x:v>f&#x6f;rmula</x:v></x:c></x:row>'
                '<x:row r="9"><x:c r="B9" t="inlineStr"><x:is><x:t><![CDATA[in<line]]></x:t></x:is></x:c><x:c r="A9" t="d"><x:v>2020-01-31T12:30:00Z</x:v></x:c></x:row>'
                "</x:sheetData></x:worksheet>"
            ).encode()
        if name == "xl/_rels/workbook.xml.rels":
            kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
            relation = f'<Relationship Id="rId99" Type="{kind}" Target="sharedStrings.xml"/></Relationships>'
            return data.replace(b"</Relationships>", relation.encode())
        return data

    strings = (
        f'<sst xmlns="{main}"><si><t>prompt</t></si><si><t>completion</t></si>'
        '<si><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh><phoneticPr fontId="1"/></si>'
        '<si><r><rPr><b/></rPr><t xml:space="preserve"> Tok</t></r><r><t>yo_x000A_!</t></r></si></sst>'
    )
    save(book, "shared.xlsx", change, [("xl/sharedStrings.xml", strings.encode())])


kinds()
shared()
