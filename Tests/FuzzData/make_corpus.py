"""Makes the corpus and the dictionaries that the fuzzer of the dataset readers begins with.

Run: python3 Tests/FuzzData/make_corpus.py
"""

import gzip
import io
import os
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))


def put(reader, name, data):
    with open(os.path.join(HERE, "Corpus", reader, name), "wb") as file:
        file.write(data if isinstance(data, bytes) else data.encode())


def dictionary(reader, words):
    lines = ['"' + "".join(f"\\x{byte:02x}" for byte in word.encode()) + '"' for word in words]
    with open(os.path.join(HERE, "Dictionaries", reader + ".dict"), "w") as file:
        file.write("\n".join(lines) + "\n")


completion = '{"prompt":"a \\u00e9","completion":" b"}\n'
chat = '{"messages":[{"role":"user","content":"q"},{"role":"assistant","content":[{"type":"text","text":"a"}],"weight":1}]}\n'
preference = '{"input":{"messages":[{"role":"user","content":"q"}]},"preferred_output":[{"role":"assistant","content":"a"}],"non_preferred_output":[{"role":"assistant","content":"b"}]}\n'
odd = '\ufeff{"prompt":1.0,"completion":null}\r\n\r\n{"prompt":"\\ud83d","prompt":[1,{"x":true}],"completion":"\x1b[1m"}'
for name, text in [("completion", completion * 3), ("chat", chat), ("preference", preference), ("odd", odd)]:
    put("lines", name, text)
    put("gzip", name, gzip.compress(text.encode(), mtime=0))
put("gzip", "members", gzip.compress(b'{"prompt":"a",', mtime=0) + gzip.compress(b'"completion":"b"}', mtime=0) + bytes(8))
put("gzip", "stored", gzip.compress(completion.encode(), 0, mtime=0))
put("document", "list", "[" + completion.strip() + ",\n " + completion.strip() + "]")
put("document", "columns", '{"prompt": ["a", "b"], "completion": [1, null]}')
put("document", "record", '{\n "messages": []\n}')
put("document", "lines", completion * 2)
put("table", "plain", "prompt,completion\na,b\nc,d\n")
put("table", "quoted", '\ufeffprompt,completion,prompt\r\n"a,""b""\n",x,\r\n"",NA')
put("text", "plain", "one\r\n\ntwo")

main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
sheet = (
    f'<?xml version="1.0"?><worksheet xmlns="{main}"><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    '<row r="3"><c r="A3" t="inlineStr"><is><r><t>a</t></r><rPh><t>x</t></rPh></is></c><c r="B3" s="1"><v>44000.5</v></c></row>'
    '<row><c t="b"><v>1</v></c><c t="e"><v>#REF!</v></c><c t="d"><v>2020-01-31T12:30:00Z</v></c></row>'
    '<row><c s="2"><v>1.25</v></c><c t="str"><v>&lt;&#x6f;<![CDATA[x]]></v></c></row><!-- --></sheetData></worksheet>'
)
strings = f'<sst xmlns="{main}"><si><t>prompt</t></si><si><t xml:space="preserve">completion</t></si></sst>'
styles = '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="[h]:mm"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="22"/><xf numFmtId="164"/></cellXfs></styleSheet>'
put("sheet", "whole", "\0".join([sheet, strings, styles]))
put("sheet", "plain", '<w><row><c t="str"><v>prompt</v></c><c t="str"><v>completion</v></c></row><row><c><v>1</v></c><c><v>2e3</v></c></row></w>')

kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
relations = lambda parts: "<Relationships>" + "".join(
    f'<Relationship Id="r{i}" Type="{kind}/{type}" Target="{target}"/>' for i, (type, target) in enumerate(parts)
) + "</Relationships>"
for method, name in [(zipfile.ZIP_STORED, "stored"), (zipfile.ZIP_DEFLATED, "packed")]:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as file:
        for part, text in [
            ("_rels/.rels", relations([("officeDocument", "xl/workbook.xml")])),
            ("xl/workbook.xml", '<workbook><sheets><sheet name="a" r:id="r0"/></sheets></workbook>'),
            ("xl/_rels/workbook.xml.rels", relations([("worksheet", "s.xml"), ("sharedStrings", "t.xml")])),
            ("xl/s.xml", sheet),
            ("xl/t.xml", strings),
        ]:
            info = zipfile.ZipInfo(part)
            info.compress_type = method
            file.writestr(info, text)
    put("workbook", name, buffer.getvalue())

json_words = ['{"', '":', "[", "]", "}", ",", "null", "true", "\\u", "\\ud83d\\ude00", '"prompt"', '"completion"', '"messages"', '"role"', '"content"', '"assistant"', '"weight"', '"preferred_output"', "\r\n", "\ufeff", "1e400", "-0.0"]
dictionary("lines", json_words)
dictionary("document", json_words)
dictionary("table", ["prompt", "completion", '"', '""', ",", "\r\n", "\r", "\n", "\ufeff"])
xml_words = ["<row", "<c ", ' r="', ' s="', ' t="', '"s"', '"inlineStr"', '"str"', '"b"', '"e"', '"d"', "<v>", "</v>", "<is>", "<t>", "</t>", "<r>", "<rPh>", "</c>", "</row>", "/>", "<![CDATA[", "]]>", "<!--", "-->", "<?", "?>", "&amp;", "&#x", "&#", ";", "<si>", "</si>", "_x000D_", "<xf numFmtId='14'/>", "1048576", "XFD", "44000.5", "\0", "<!DOCTYPE"]
dictionary("sheet", xml_words)
dictionary("workbook", ["PK\x01\x02", "PK\x03\x04", "PK\x05\x06", "xl/", ".xml"])
