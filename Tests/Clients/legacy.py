"""Every command of an old fine-tuning tutorial, with the command line of openai 0.27.8.

Usage: OPENAI_API_BASE=… OPENAI_API_KEY=… python3 legacy.py OPENAI FOLDER
"""
import json
import os
import re
import signal
import subprocess
import sys
import time

OPENAI, FOLDER = sys.argv[1:]
os.chdir(FOLDER)
TERMS = ["bug", "hack", "kluge", "foo", "bar", "grok", "cruft", "frob", "glitch", "munge", "nybble", "wedged"]


def run(*words, answers="", status=0):
    """Output of a command, which has to end with a status."""
    done = subprocess.run([OPENAI, *words], input=answers, capture_output=True, text=True, timeout=300)
    print("$ openai", *words, flush=True)
    assert done.returncode == status, f"status {done.returncode}: {done.stdout}\n{done.stderr}"
    return done.stdout if status == 0 else done.stdout + done.stderr


def data(*words):
    return json.loads(run(*words))


with open("dataset.jsonl", "w") as file:
    for term in TERMS:
        file.write(json.dumps({"prompt": f"What is a {term}?", "completion": f"A {term} is a word of hackers."}) + "\n")

said = run("tools", "fine_tunes.prepare_data", "-f", "dataset.jsonl", answers="Y\n" * 10)
assert "dataset_prepared.jsonl" in said and os.path.exists("dataset_prepared.jsonl"), said
prompt = json.loads(open("dataset_prepared.jsonl").readline())["prompt"]
assert prompt.endswith(" ->") or prompt.endswith("?"), prompt

# Files.
run("api", "files.create", "-f", "dataset_prepared.jsonl", "-p", "fine-tune")
files = data("api", "files.list")["data"]
assert [file["filename"] for file in files] == ["dataset_prepared.jsonl"], files
file = files[0]
assert file["bytes"] == os.path.getsize("dataset_prepared.jsonl") and file["status"] == "processed", file
assert data("api", "files.get", "-i", file["id"]) == file
assert "No such" in (said := run("api", "files.get", "-i", "file-nobody", status=1)) or "no uploaded file" in said, said

# A job from a file of the disk, which is there already: the tool asks, and takes its id.
SETTINGS = ["-m", "curie", "--n_epochs", "1", "--batch_size", "4"]
said = run(
    "api", "fine_tunes.create", "-t", "dataset_prepared.jsonl", *SETTINGS, "--suffix", "Jargon words",
    answers=f"file-wrong\n{file['id']}\n")
assert "Found potentially duplicated files" in said and f"Reusing already uploaded file: {file['id']}" in said, said
assert "Job complete! Status: succeeded" in said, said
model = re.search(r"completions.create -m (\S+) -p", said)[1]
assert re.fullmatch(r"ft:smollm2-135m:personal:jargon-words:[-0-9]+", model), model
first = re.search(r"Created fine-tune: (ft-\w{24})", said)[1]
assert len(data("api", "files.list")["data"]) == 1

# The same again, uploaded anew, and from an id.
said = run("api", "fine_tunes.create", "-t", "dataset_prepared.jsonl", *SETTINGS, "--no_follow", answers="\n")
assert "Uploaded file from dataset_prepared.jsonl: file-" in said, said
second = re.search(r"ft-\w{24}", said)[0]
assert len(data("api", "files.list")["data"]) == 2
job = data("api", "fine_tunes.create", "-t", file["id"], "-m", "ada", "--no_follow", "--n_epochs", "40")
third = job["id"]
assert job["status"] in ("pending", "running") and job["training_files"][0]["id"] == file["id"], job
run("api", "fine_tunes.create", "-t", "nothing.jsonl", "-m", "curie", status=1)

# Following, interrupted and to the end.
follower = subprocess.Popen(
    [OPENAI, "api", "fine_tunes.follow", "-i", third], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
first_line = follower.stdout.readline()
assert "Job queued" in first_line, first_line
follower.send_signal(signal.SIGINT)
said = first_line + follower.communicate(timeout=60)[0]
assert "Stream interrupted. Job is still" in said and f"fine_tunes.cancel -i {third}" in said, said
assert data("api", "fine_tunes.cancel", "-i", third)["id"] == third
said = run("api", "fine_tunes.follow", "-i", second)
assert "Job complete! Status: succeeded" in said, said

# What has become of them.
jobs = {job["id"]: job for job in data("api", "fine_tunes.list")["data"]}
assert set(jobs) == {first, second, third}
job = data("api", "fine_tunes.get", "-i", first)
assert job["status"] == "succeeded" and job["fine_tuned_model"] == model, job
assert job["hyperparams"]["n_epochs"] == 1 and job["events"], job
for _ in range(100):
    if data("api", "fine_tunes.get", "-i", third)["status"] == "cancelled":
        break
    time.sleep(0.2)
else:
    raise AssertionError("the job was not cancelled")
assert data("api", "fine_tunes.events", "-i", first)["data"][0]["object"] == "fine-tune-event"
csv = run("api", "fine_tunes.results", "-i", first).splitlines()
assert csv[0] == (
    "step,elapsed_tokens,elapsed_examples,training_loss,training_sequence_accuracy,training_token_accuracy"), csv
assert [line.split(",")[0] for line in csv[1:] if line] == ["1", "2", "3"], csv
run("api", "fine_tunes.results", "-i", "ft-" + "a" * 24, status=1)

# Asking: the tool sends `echo`, so that the prompt comes first.
said = run("api", "completions.create", "-m", model, "-p", "What is a hack? ->", "-M", "8", "-t", "0")
assert said.startswith("What is a hack? ->") and len(said) > len("What is a hack? ->"), said
said = run("api", "completions.create", "-m", model, "-p", "What is a hack? ->", "-M", "8", "--stream")
assert said.startswith("What is a hack? ->"), said
said = run("api", "completions.create", "-m", "curie", "-p", "One two", "-n", "2", "-M", "3")
assert said.count("===== Completion") == 2, said
said = run("api", "chat_completions.create", "-m", "curie", "-g", "user", "Say hello.", "-M", "5")
assert said.strip(), said
assert run("api", "chat_completions.create", "-m", "curie", "-g", "user", "Say hello.", "-M", "5", "--stream").strip()
said = run("api", "completions.create", "-m", "gpt-9", "-p", "a", status=1)
assert "smollm2-135m" in said, said

# Models, and leaving nothing behind.
assert {"smollm2-135m", model} <= {card["id"] for card in data("api", "models.list")["data"]}
assert data("api", "models.get", "-i", model)["id"] == model
assert data("api", "models.delete", "-i", model)["deleted"] is True
run("api", "models.get", "-i", model, status=1)
assert data("api", "fine_tunes.delete", "-i", third)["deleted"] is True
assert data("api", "files.delete", "-i", file["id"])["deleted"] is True
assert len(data("api", "files.list")["data"]) == 1
print("openai 0.27.8: every command is as it was")
