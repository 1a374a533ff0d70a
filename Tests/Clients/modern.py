"""The newest openai SDK: files, jobs, events, checkpoints, answers, errors.

Usage: OPENAI_BASE_URL=… OPENAI_API_KEY=… python modern.py
"""
import json
import threading
import time

import openai

client = openai.OpenAI(max_retries=0, timeout=120)
MODEL = "smollm2-135m"
ASK = [{"role": "user", "content": "Count from one to five."}]


def raises(kind, work, *needles):
    """The error of a class that work has to end with."""
    try:
        work()
    except kind as error:
        assert type(error) is kind, error
        for needle in needles:
            assert needle in str(error), error
        return error
    raise AssertionError(f"no {kind.__name__}")


def lines(count):
    return "".join(
        json.dumps({"messages": [
            {"role": "user", "content": f"What follows {n}?"}, {"role": "assistant", "content": f"{n + 1}"}]}) + "\n"
        for n in range(count)).encode()


# Models.
assert MODEL in [model.id for model in client.models.list()]
assert client.models.retrieve("curie").id == MODEL

# Files, paged by the SDK.
made = [client.files.create(file=(f"{n}.jsonl", lines(12)), purpose="fine-tune") for n in range(3)]
assert all(file.status == "processed" and file.object == "file" for file in made)
mine = [file.id for file in client.files.list(limit=1, purpose="fine-tune")]
assert mine[:3] == [file.id for file in reversed(made)], mine
assert client.files.retrieve(made[0].id) == made[0]
assert client.files.content(made[0].id).read() == lines(12)
bad = client.files.create(file=("bad.jsonl", b"no json\n"), purpose="fine-tune")
assert bad.status == "error" and "bad.jsonl" in bad.status_details, bad
raises(openai.BadRequestError, lambda: client.files.create(file=("a", b"x"), purpose="evil"), "purpose")
assert client.files.delete(made[2].id).deleted
raises(openai.NotFoundError, lambda: client.files.retrieve(made[2].id), made[2].id)

# A file in parts.
big = lines(3_000)
upload = client.uploads.upload_file_chunked(
    file=big, filename="big.jsonl", bytes=len(big), mime_type="text/jsonl", purpose="fine-tune", part_size=50_000)
assert upload.status == "completed" and client.files.content(upload.file.id).read() == big
upload = client.uploads.create(bytes=9, filename="a", mime_type="text/jsonl", purpose="fine-tune")
assert client.uploads.cancel(upload.id).status == "cancelled"

# A job to its end.
job = client.fine_tuning.jobs.create(
    model="curie", training_file=made[0].id, validation_file=made[1].id, suffix="count", seed=7,
    metadata={"who": "sdk"},
    method={"type": "supervised", "supervised": {"hyperparameters": {"n_epochs": 1, "batch_size": 4}}})
assert job.object == "fine_tuning.job" and job.status in ("queued", "running"), job
# Two behind it: paused, gone on with, cancelled.
other = client.fine_tuning.jobs.create(model=MODEL, training_file=made[1].id, hyperparameters={"n_epochs": 50})
third = client.fine_tuning.jobs.create(model=MODEL, training_file=made[1].id)
assert client.fine_tuning.jobs.pause(third.id).status == "paused"
assert client.fine_tuning.jobs.resume(third.id).status in ("queued", "running")
assert client.fine_tuning.jobs.cancel(third.id).status in ("cancelled", "running")
client.fine_tuning.jobs.cancel(other.id)
ids = [found.id for found in client.fine_tuning.jobs.list(limit=1)]
assert ids[:3] == [third.id, other.id, job.id] and len(set(ids)) == len(ids), ids
assert [found.id for found in client.fine_tuning.jobs.list(metadata={"who": "sdk"})] == [job.id]
deadline = time.time() + 240
while (job := client.fine_tuning.jobs.retrieve(job.id)).status not in ("succeeded", "failed", "cancelled"):
    assert time.time() < deadline, job
    time.sleep(0.5)
assert job.status == "succeeded" and job.trained_tokens > 0 and job.error is None, job
assert job.fine_tuned_model.startswith(f"ft:{MODEL}:personal:count:"), job
events = list(client.fine_tuning.jobs.list_events(job.id, limit=2))
assert len({event.id for event in events}) == len(events) > 4
assert events[0].message.startswith("Job succeeded") and events[-1].message == "Job queued."
steps = [event.data for event in events if event.type == "metrics"]
assert [step["step"] for step in steps] == [3, 2, 1] and steps[0]["valid_loss"] > 0, steps
for point in client.fine_tuning.jobs.checkpoints.list(job.id):
    assert point.fine_tuning_job_id == job.id and point.metrics.step == point.step_number, point
results = client.files.content(job.result_files[0]).text
assert results.startswith("step,elapsed_tokens,") and "validation_loss" in results.splitlines()[0], results
raises(openai.BadRequestError, lambda: client.fine_tuning.jobs.cancel(job.id), "already ended")
raises(openai.NotFoundError, lambda: client.fine_tuning.jobs.retrieve("ftjob-" + "x" * 24))
raises(
    openai.BadRequestError, lambda: client.fine_tuning.jobs.create(model=MODEL, training_file=bad.id), "bad.jsonl")
raises(
    openai.BadRequestError, lambda: client.fine_tuning.jobs.create(model=MODEL, training_file="/etc/passwd"),
    "no uploaded file")
raises(openai.NotFoundError, lambda: client.fine_tuning.jobs.create(model="gpt-9", training_file=made[0].id), MODEL)

# Chat, whole and streamed.
whole = client.chat.completions.create(
    model=MODEL, messages=ASK, max_tokens=12, temperature=0, logprobs=True, top_logprobs=3, seed=1)
choice = whole.choices[0]
assert choice.message.role == "assistant" and choice.message.content, whole
assert whole.usage.total_tokens == whole.usage.prompt_tokens + whole.usage.completion_tokens
assert "".join(token.token for token in choice.logprobs.content).startswith(choice.message.content)
for token in choice.logprobs.content:
    assert token.logprob <= 0 and len(token.top_logprobs) == 3 and token.logprob == token.top_logprobs[0].logprob
chunks = list(client.chat.completions.create(
    model=MODEL, messages=ASK, max_tokens=12, temperature=0, stream=True, stream_options={"include_usage": True}))
text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)
assert text == choice.message.content, (text, choice.message.content)
assert chunks[-1].choices == [] and chunks[-1].usage.completion_tokens == whole.usage.completion_tokens
assert chunks[-2].choices[0].finish_reason in ("stop", "length")
with client.chat.completions.stream(model=MODEL, messages=ASK, max_tokens=5) as stream:
    assert any(event.type == "content.delta" and event.delta for event in stream)
several = client.chat.completions.create(model=MODEL, messages=ASK, max_tokens=6, n=3, seed=5, temperature=1)
again = client.chat.completions.create(model=MODEL, messages=ASK, max_tokens=6, n=3, seed=5, temperature=1)
assert len(several.choices) == 3
assert [c.message.content for c in several.choices] == [c.message.content for c in again.choices]
tuned = client.chat.completions.create(model=job.fine_tuned_model, messages=ASK, max_tokens=4)
assert tuned.model == job.fine_tuned_model
# 64 answers from 16 clients at the same time.
failures = []


def ask(number):
    try:
        for _ in range(4):
            answer = client.chat.completions.create(model=MODEL, messages=ASK, max_tokens=4, seed=number)
            assert answer.usage.completion_tokens <= 4
    except Exception as error:
        failures.append(error)


threads = [threading.Thread(target=ask, args=[number]) for number in range(16)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert not failures, failures

# Completions.
plain = client.completions.create(model=MODEL, prompt=["One, two,", "A, B,"], max_tokens=4, logprobs=2, temperature=0)
assert [choice.index for choice in plain.choices] == [0, 1]
logs = plain.choices[0].logprobs
assert len(logs.tokens) == len(logs.token_logprobs) == len(logs.top_logprobs) == len(logs.text_offset)
echo = client.completions.create(model=MODEL, prompt="One, two,", max_tokens=0, echo=True, logprobs=1)
assert echo.choices[0].text == "One, two," and echo.choices[0].logprobs.token_logprobs[0] is None, echo
best = client.completions.create(model=MODEL, prompt="One, two,", max_tokens=4, n=1, best_of=3, seed=1)
assert len(best.choices) == 1
stop = client.completions.create(model=MODEL, prompt="1, 2, 3, 4,", max_tokens=20, stop=[" 6"], temperature=0)
assert " 6" not in stop.choices[0].text
streamed = "".join(
    chunk.choices[0].text for chunk in client.completions.create(
        model=MODEL, prompt="One, two,", max_tokens=4, temperature=0, stream=True))
assert streamed == plain.choices[0].text, (streamed, plain.choices[0].text)

# Answers that are held to a form.
form = client.chat.completions.create(
    model=MODEL, messages=ASK, max_tokens=60, temperature=0, response_format={"type": "json_schema", "json_schema": {
        "name": "count", "schema": {"type": "object", "properties": {"n": {"type": "integer", "minimum": 1, "maximum": 9}},
                                    "required": ["n"], "additionalProperties": False}}})
assert form.choices[0].finish_reason == "stop", form
assert 1 <= json.loads(form.choices[0].message.content)["n"] <= 9, form

# Errors have the SDK's classes.
raises(openai.NotFoundError, lambda: client.chat.completions.create(model="gpt-9", messages=ASK), MODEL)
error = raises(
    openai.BadRequestError, lambda: client.chat.completions.create(model=MODEL, messages=ASK, temperature=11))
assert error.param == "temperature" and error.type == "invalid_request_error", error
error = raises(
    openai.BadRequestError,
    lambda: client.completions.create(model=MODEL, prompt="word " * 20_000, max_tokens=1))
assert error.code == "context_length_exceeded" and "too many" in str(error), error
error = raises(
    openai.BadRequestError,
    lambda: client.chat.completions.create(
        model=MODEL, messages=[{"role": "user", "content": "word " * 20_000}], stream=True))
assert error.code == "context_length_exceeded", error
raises(openai.BadRequestError, lambda: client.completions.create(model=MODEL, prompt="a", suffix="b"), "suffix")
stranger = openai.OpenAI(api_key="sk-wrong", max_retries=0)
raises(openai.AuthenticationError, lambda: stranger.models.list(), "not the right one")
raises(openai.PermissionDeniedError, lambda: client.models.delete(MODEL), "base model")
raises(openai.NotFoundError, lambda: client.models.retrieve("a/b"))
raises(openai.NotFoundError, lambda: client.images.generate(model="x", prompt="y"), "nothing at this address")
assert client.models.delete(job.fine_tuned_model).deleted
print(f"openai {openai.__version__}: files, jobs, answers and errors are as it expects them")
