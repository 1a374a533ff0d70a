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
# Questions to a model that is there, with answers that are short: it is the protocol that is looked at.
schemas = document["components"]["schemas"]
schemas["Sampling"]["properties"]["model"] = {"enum": [model, "nobody"]}
schemas["Sampling"]["properties"]["n"]["maximum"] = 2
for name, key in [("ChatQuestion", "max_tokens"), ("ChatQuestion", "max_completion_tokens"),
                  ("CompletionQuestion", "max_tokens")]:
    parts = schemas[name]["allOf"][1]
    parts["properties"][key] = {"type": "integer", "minimum": 1, "maximum": 3}
    parts["required"].append(key)
schemas["CompletionQuestion"]["allOf"][1]["properties"]["best_of"]["maximum"] = 2
# Following goes on until a job ends.
for path, operations in document["paths"].items():
    for operation in operations.values():
        operation["parameters"] = [p for p in operation.get("parameters", []) if p["name"] != "stream"]
with tempfile.TemporaryDirectory() as folder:
    Path(folder, "openapi.json").write_text(json.dumps(document))
    done = subprocess.run([
        str(Path(sys.executable).parent / "schemathesis"), "run", str(Path(folder, "openapi.json")), "--url",
        root, "--header", f"Authorization: Bearer {key}", "--checks", "not_a_server_error,status_code_conformance,content_type_conformance,"
        "response_schema_conformance", "--max-examples", examples, "--workers", "4", "--seed", "1",
        "--request-timeout", "60", "--suppress-health-check", "all", "--continue-on-failure", "--no-color"])
sys.exit(done.returncode)
