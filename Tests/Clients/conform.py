"""Made-up requests by the server's own OpenAPI document; none may be answered by a 5xx.

Usage: python conform.py BASE_URL EXAMPLES MODEL KEY
"""
import json
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

base, examples, model, key = sys.argv[1:]
root = base.removesuffix("/v1")
ask = urllib.request.Request(root + "/openapi.json", headers={"Authorization": f"Bearer {key}"})
document = json.load(urllib.request.urlopen(ask))
# The key goes along with every request; made-up ones would all be sent away at the door.
document.pop("security", None)
document["components"].pop("securitySchemes", None)
for operations in document["paths"].values():
    for operation in operations.values():
        operation.pop("security", None)
# Questions to a model that is there, with answers that are short: it is the protocol that is looked at.
schemas = document["components"]["schemas"]
common = schemas.pop("Sampling")
common["properties"]["model"] = {"enum": [model, "nobody"]}
common["properties"]["n"]["maximum"] = 2
for name, lengths in [("ChatQuestion", ["max_tokens", "max_completion_tokens"]), ("CompletionQuestion", ["max_tokens"])]:
    own = schemas[name]["allOf"][1]
    own["properties"] |= {length: {"type": "integer", "minimum": 1, "maximum": 3} for length in lengths}
    schemas[name] = {
        "type": "object", "required": common["required"] + own["required"] + lengths,
        "properties": common["properties"] | own["properties"]}
schemas["CompletionQuestion"]["properties"]["best_of"]["maximum"] = 2
# Following goes on until a job ends.
for path, operations in document["paths"].items():
    for operation in operations.values():
        operation["parameters"] = [p for p in operation.get("parameters", []) if p["name"] != "stream"]
with tempfile.TemporaryDirectory() as folder:
    Path(folder, "openapi.json").write_text(json.dumps(document))
    words = [
        str(Path(sys.executable).parent / "schemathesis"), "run", "openapi.json", "--url", root,
        "--header", f"Authorization: Bearer {key}", "--checks",
        "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance",
        "--max-examples", examples, "--seed", "1", "--request-timeout", "60", "--suppress-health-check", "all",
        "--continue-on-failure", "--no-color"]
    # It leaves what it learned where it works.
    done = subprocess.run(words, cwd=folder)
sys.exit(done.returncode)
