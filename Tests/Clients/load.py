"""Load, and clients that mean no good: 64 connections and 16 chats at the same time, then 1,000 slow ones.

Usage: OPENAI_API_KEY=… python3 load.py BASE_URL PID MODEL SECONDS
"""
import asyncio
import http.client
import json
import multiprocessing
import os
import resource
import sys
import time
from urllib.parse import urlparse

base, pid, model, seconds = sys.argv[1], int(sys.argv[2]), sys.argv[3], float(sys.argv[4])
host, port = urlparse(base).hostname, urlparse(base).port
HEAD = f"Host: {host}:{port}\r\nAuthorization: Bearer {os.environ['OPENAI_API_KEY']}\r\n"
QUESTION = json.dumps({
    "model": model, "messages": [{"role": "user", "content": "Count."}], "max_tokens": 16, "stream": True,
    "temperature": 0, "stream_options": {"include_usage": True}})
resource.setrlimit(resource.RLIMIT_NOFILE, (4096, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
bad = []


def state():
    """Resident memory in MB, and open files."""
    fields = dict(line.split(":", 1) for line in open(f"/proc/{pid}/status"))
    return int(fields["VmRSS"].split()[0]) / 1024, len(os.listdir(f"/proc/{pid}/fd"))


async def request(reader, writer, text):
    """Status and body of one request."""
    writer.write(text.encode())
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    status = int(head.split()[1])
    body = b""
    if "content-length" in head.lower():
        length = next(int(line.split(":")[1]) for line in head.split("\r\n") if line.lower().startswith("content-length"))
        body = await reader.readexactly(length)
    else:
        while size := int(await reader.readline(), 16):
            body += await reader.readexactly(size)
            await reader.readline()
        await reader.readline()
    if status >= 500:
        bad.append((status, body[:200]))
    return status, body


async def look(until, times, path):
    reader, writer = await asyncio.open_connection(host, port)
    while time.time() < until:
        start = time.time()
        status, _ = await request(reader, writer, f"GET {path} HTTP/1.1\r\n{HEAD}\r\n")
        assert status == 200, status
        times.append(time.time() - start)
    writer.close()


async def chat(until, answers):
    reader, writer = await asyncio.open_connection(host, port)
    while time.time() < until:
        text = f"POST /v1/chat/completions HTTP/1.1\r\n{HEAD}Content-Length: {len(QUESTION)}\r\n\r\n{QUESTION}"
        status, body = await request(reader, writer, text)
        events = [event for event in body.decode().split("\n\n") if event]
        assert status == 200 and events[-1] == "data: [DONE]", (status, events[-1:])
        usage = json.loads(events[-2][6:])["usage"]
        answers.append(("".join(
            json.loads(event[6:])["choices"][0]["delta"].get("content") or "" for event in events[:-2]
        ), usage["completion_tokens"]))
    writer.close()


def percentile(times, share):
    times.sort()
    return times[min(len(times) - 1, int(len(times) * share))] * 1000


async def load():
    # Caches fill up first.
    await chat(time.time() + 1, [])
    await asyncio.gather(*[chat(time.time() + 2, []) for _ in range(16)])
    before = state()
    until, times, answers = time.time() + seconds, [], []
    await asyncio.gather(
        *[look(until, times, "/v1/models") for _ in range(64)], *[chat(until, answers) for _ in range(16)])
    await asyncio.sleep(1)
    after = state()
    assert not bad, bad[:5]
    assert len(set(answers)) == 1, f"greedy answers differ: {set(answers)}"
    print(f"load: {len(times) / seconds:.0f} lists/s, p99 {percentile(times, 0.99):.0f} ms; "
          f"{sum(count for _, count in answers) / seconds:.0f} tokens/s of {len(answers)} chats; "
          f"memory {before[0]:.0f} -> {after[0]:.0f} MB, files {before[1]} -> {after[1]}")
    assert after[0] < before[0] * 1.05 + 8, "memory grew"
    assert after[1] <= before[1] + 4, "files stayed open"


async def slow(kind, until):
    """Takes up a place, and another one soon after the server has ended that."""
    while time.time() < until:
        try:
            reader, writer = await asyncio.open_connection(host, port)
            if kind == "head":
                writer.write(f"GET /health HTTP/1.1\r\n{HEAD}".encode())
            elif kind == "body":
                writer.write(f"POST /v1/completions HTTP/1.1\r\n{HEAD}Content-Length: 1000000\r\n\r\n".encode())
            else:
                writer.write(f"GET /v1/models HTTP/1.1\r\n{HEAD}\r\n".encode() * 200)
            while time.time() < until and not writer.is_closing() and not reader.at_eof():
                await asyncio.sleep(1)
                writer.write(b"x" if kind == "body" else b"X: y\r\n" if kind == "head" else b"")
                await writer.drain()
            writer.close()
        except (ConnectionError, OSError):
            pass
        await asyncio.sleep(2)


def good(until, queue):
    """In a process of its own, which the many do not hold up."""
    times, failures = [], 0
    while time.time() < until:
        start = time.time()
        connection = http.client.HTTPConnection(host, port, timeout=10)
        try:
            connection.request("GET", "/health")
            failures += connection.getresponse().status != 200
        except (OSError, http.client.HTTPException):
            failures += 1
        connection.close()
        times.append(time.time() - start)
        time.sleep(0.02)
    queue.put((times, failures))


async def crowd(length):
    """Times of a good client beside 1,000 slow ones, and how often it was sent away."""
    until, queue = time.time() + length, multiprocessing.Queue()
    watcher = multiprocessing.Process(target=good, args=[until, queue])
    watcher.start()
    kinds = ["head", "body", "read"]
    await asyncio.gather(*[slow(kinds[number % 3], until) for number in range(1_000)])
    found = queue.get(timeout=30)
    watcher.join()
    return found


async def settled(files):
    """The server's state once it has seen that the clients have gone."""
    for _ in range(40):
        now = state()
        if now[1] <= files * 1.1 + 2:
            break
        await asyncio.sleep(1)
    return now


async def slow_clients():
    files = state()[1]
    # What a thousand connections need at once is taken the first time, and kept.
    await crowd(5)
    before = await settled(files)
    times, failures = await crowd(max(seconds, 10))
    after = await settled(files)
    worst = percentile(times, 0.99)
    print(f"slow clients: 1,000 of them; /health p99 {worst:.0f} ms of {len(times)}, {failures} failed; "
          f"memory {before[0]:.0f} -> {after[0]:.0f} MB, files {files} -> {after[1]}")
    assert failures <= len(times) / 100, "a good client was sent away"
    assert worst < 250, "a good client had to wait"
    assert after[1] <= files * 1.1 + 2, "files stayed open"
    assert after[0] <= before[0] * 1.1, "memory grew"


asyncio.run(load())
asyncio.run(slow_clients())
assert not bad, bad[:5]
