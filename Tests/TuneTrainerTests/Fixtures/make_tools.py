"""Makes tools.json: chat templates that write functions and their calls, and the text that transformers makes of them.

usage: python make_tools.py        (needs transformers and jinja2)

templates   each with its cases: `variables` as the template sees them, and `text`, or `refusal` in its own words
"""
import datetime
import json
import os
import pathlib

os.environ["HF_HUB_OFFLINE"] = "1"
from jinja2.exceptions import TemplateError
from transformers.utils import chat_template_utils

HERE = pathlib.Path(__file__).parent


class OneDay(datetime.datetime):
    """The day that TuneDeck takes for every day."""

    @classmethod
    def now(cls, tz=None):
        return datetime.datetime(2024, 7, 26, 12)


chat_template_utils.datetime = OneDay
S = lambda content: {"role": "system", "content": content}
U = lambda content: {"role": "user", "content": content}
A = lambda content, **more: {"role": "assistant", "content": content, **more}
T = lambda content: {"role": "tool", "name": "weather", "content": content}
CALLS = [
    {"id": "c00000001", "type": "function", "function": {
        "name": "weather", "arguments": {"city": "Zürich", "days": 2, "parts": [1, {"deep": None, "yes": True, "x": 1.5}]}}},
    {"id": "c00000002", "type": "function", "function": {"name": "now", "arguments": {}}},
]
TOOLS = [
    {"type": "function", "function": {
        "name": "weather", "description": "Tells the \"weather\" of a place; 天气.",
        "parameters": {"type": "object", "required": ["city"], "properties": {
            "city": {"type": "string", "description": "Where"},
            "days": {"type": ["integer", "null"], "enum": [1, 2], "default": 1},
            "parts": {"type": "array", "items": {"type": "object", "properties": {"deep": {"type": "boolean"}}}}}}}},
    {"type": "function", "function": {"name": "now", "description": "", "parameters": {"type": "object", "properties": {}}}},
]
PLAIN = [U("What now?")]
LONG = [S("Be short."), U("Weather?"), A("", tool_calls=CALLS), T("{\"t\": 3}"), T("12:00"), A("3 at noon."), U("And?")]
LISTED = """{%- if tools %}
    {{- '<|im_start|>system\\n' }}
    {%- if messages[0].role == 'system' %}{{- messages[0].content + '\\n\\n' }}{%- endif %}
    {{- "You may call functions:\\n<functions>" }}
    {%- for tool in tools %}
        {{- "\\n" }}
        {{- tool | tojson }}
    {%- endfor %}
    {{- "\\n</functions><|im_end|>\\n" }}
{%- elif messages[0].role == 'system' %}
    {{- '<|im_start|>system\\n' + messages[0].content + '<|im_end|>\\n' }}
{%- endif %}
{%- for message in messages %}
    {%- if message.role == "user" or (message.role == "system" and not loop.first) %}
        {{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>' + '\\n' }}
    {%- elif message.role == "assistant" %}
        {{- '<|im_start|>' + message.role }}
        {%- if message.content %}{{- '\\n' + message.content }}{%- endif %}
        {%- for tool_call in message.tool_calls %}
            {%- if tool_call.function is defined %}{%- set tool_call = tool_call.function %}{%- endif %}
            {{- '\\n<call>\\n{"name": "' }}{{- tool_call.name }}{{- '", "arguments": ' }}
            {{- tool_call.arguments | tojson }}{{- '}\\n</call>' }}
        {%- endfor %}
        {{- '<|im_end|>\\n' }}
    {%- elif message.role == "tool" %}
        {%- if (loop.index0 == 0) or (messages[loop.index0 - 1].role != "tool") %}{{- '<|im_start|>user' }}{%- endif %}
        {{- '\\n<answer>\\n' }}{{- message.content }}{{- '\\n</answer>' }}
        {%- if loop.last or (messages[loop.index0 + 1].role != "tool") %}{{- '<|im_end|>\\n' }}{%- endif %}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|im_start|>assistant\\n' }}
    {%- if enable_thinking is defined and enable_thinking is false %}{{- '<think>\\n\\n</think>\\n\\n' }}{%- endif %}
{%- endif %}
"""
TYPED = """{%- macro type_of(schema, nullable=false) -%}
    {%- if schema.type is string -%}
        {%- if schema.type == "array" -%}list[{{ type_of(schema['items']) }}]
        {%- elif schema.type == "object" -%}
            {%- if schema.properties %}{ {%- for key, value in schema.properties.items() %}{{ key }}: {{ type_of(value) }}{{ ", " if not loop.last }}{%- endfor %} }{% else %}dict{% endif -%}
        {%- else -%}{{ {"string": "str", "integer": "int", "number": "float", "boolean": "bool"}.get(schema.type, "any") }}
        {%- endif -%}
    {%- elif schema.type is iterable -%}
        {%- set names = namespace(list=[]) -%}
        {%- for name in schema.type if name != "null" -%}{%- set names.list = names.list + [type_of({"type": name})] -%}{%- endfor -%}
        {{ names.list | join(" | ") }}{{ "?" if "null" in schema.type }}
    {%- endif -%}
{%- endmacro -%}
{{- bos_token -}}
{%- if tools is not none and tools | length > 0 -%}
{{- "Today is " ~ strftime_now("%A, %d %B %Y") ~ ".\\n" -}}
{%- for tool in tools | selectattr("type", "equalto", "function") | map(attribute="function") -%}
def {{ tool.name }}(
{%- for key, value in tool.parameters.properties | items -%}
{{ key }}: {{ type_of(value) }}{% if key not in tool.parameters.required | default([]) %} = {{ value.default | default(none) }}{% endif %}{{ ", " if not loop.last else "" }}
{%- endfor -%}
)
{%- if tool.description %}  # {{ tool.description | trim }}{% endif %}
{{ "\\n" }}
{%- endfor -%}
{{- tools | tojson(indent=4) ~ "\\n" -}}
{%- endif -%}
{%- set loop_messages = messages | rejectattr("role", "equalto", "system") | list -%}
{%- for message in loop_messages -%}
    {%- if message.role not in ["user", "assistant", "tool"] -%}
        {{- raise_exception("Unknown role: " ~ message.role) -}}
    {%- endif -%}
    {%- if message.tool_calls is defined and message.tool_calls -%}
        {%- for call in message.tool_calls -%}
            {%- if call.id | length != 9 -%}{{- raise_exception("Call ids have 9 characters.") -}}{%- endif -%}
[CALL {{ call.id }}] {{ call.function.name }}({% for key, value in call.function.arguments.items() %}{{ key }}={{ value | tojson }}{% if not loop.last %}, {% endif %}{% endfor %})
{% endfor -%}
        {%- continue -%}
    {%- endif -%}
    [{{ message.role | upper }}] {{ message.content | trim | replace("\\n", " ") }}
{% endfor -%}
{%- if add_generation_prompt %}[ASSISTANT]{% endif -%}
"""
DATED = """{%- if tools is defined and tools %}{%- set kind = "ipython" %}{%- else %}{%- set kind = "none" %}{%- endif %}
{%- if messages[0]["role"] == "system" %}
    {%- set system_message = messages[0]["content"] | trim %}
    {%- set messages = messages[1:] %}
{%- else %}
    {%- set system_message = "" %}
{%- endif %}
{{- bos_token + "<|start_header_id|>system<|end_header_id|>\\n\\n" }}
{{- "Environment: " + kind + "\\nToday Date: " + strftime_now("%d %b %Y") + "\\n\\n" + system_message + "<|eot_id|>" }}
{%- if kind != "none" %}
    {%- set first_user_message = messages[0]["content"] | trim %}
    {%- set messages = messages[1:] %}
    {{- "<|start_header_id|>user<|end_header_id|>\\n\\nFunctions:\\n\\n" }}
    {%- for t in tools %}{{- t | tojson(indent=2) }}{{- "\\n\\n" }}{%- endfor %}
    {{- first_user_message + "<|eot_id|>" }}
{%- endif %}
{%- for message in messages %}
    {%- if not (message.role == "ipython" or message.role == "tool" or "tool_calls" in message) %}
        {{- "<|start_header_id|>" + message["role"] + "<|end_header_id|>\\n\\n" + message["content"] | trim + "<|eot_id|>" }}
    {%- elif "tool_calls" in message %}
        {%- if not message.tool_calls | length == 1 %}{{- raise_exception("One call at a time!") }}{%- endif %}
        {%- set call = message.tool_calls[0].function %}
        {{- "<|start_header_id|>assistant<|end_header_id|>\\n\\n" + '{"name": "' + call.name + '", ' + '"parameters": ' }}
        {{- call.arguments | tojson }}
        {{- "}<|eot_id|>" }}
    {%- else %}
        {{- "<|start_header_id|>ipython<|end_header_id|>\\n\\n" }}
        {%- if message.content is mapping or (message.content is iterable and message.content is not string) %}
            {{- message.content | tojson }}
        {%- else %}
            {{- message.content }}
        {%- endif %}
        {{- "<|eot_id|>" }}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}{{- "<|start_header_id|>assistant<|end_header_id|>\\n\\n" }}{%- endif %}
"""
ONE = [U(" Weather? "), A("", tool_calls=CALLS[:1]), T([{"t": 3, "é": None}]), A("3.")]
CASES = [
    {"messages": PLAIN, "add_generation_prompt": True}, {"messages": PLAIN, "add_generation_prompt": False, "tools": TOOLS},
    {"messages": PLAIN, "add_generation_prompt": True, "tools": TOOLS, "enable_thinking": False},
    {"messages": [S(" s "), *PLAIN], "add_generation_prompt": True, "tools": TOOLS},
    {"messages": LONG, "add_generation_prompt": True, "tools": TOOLS}, {"messages": LONG, "add_generation_prompt": False},
    {"messages": ONE, "add_generation_prompt": True, "tools": TOOLS[:1]},
    {"messages": [U("a"), {"role": "critic", "content": "no"}], "add_generation_prompt": True},
    {"messages": [U("a"), A("", tool_calls=[{**CALLS[0], "id": "x"}])], "add_generation_prompt": True},
]
SPECIALS = {"bos_token": "<s>", "eos_token": "</s>"}


def main():
    templates = []
    for name, source in [("listed", LISTED), ("typed", TYPED), ("dated", DATED)]:
        cases = []
        for case in CASES:
            rest = {key: value for key, value in case.items() if key != "messages" and key != "tools"}
            row = {"variables": case}
            try:
                row["text"] = chat_template_utils.render_jinja_template(
                    [json.loads(json.dumps(case["messages"]))], tools=case.get("tools"), chat_template=source, **rest,
                    **SPECIALS)[0][0]
            except TemplateError as error:
                row["refusal"] = str(error)
            except TypeError:
                # What Python cannot add is no text of a template's.
                continue
            cases.append(row)
        templates.append({"name": name, "source": source, "cases": cases})
        print(name, len(cases), sum("refusal" in row for row in cases))
    rows = ",\n".join(json.dumps(row, ensure_ascii=False) for row in templates)
    (HERE / "tools.json").write_text(f'[\n{rows}\n]\n', encoding="utf-8")


if __name__ == "__main__":
    main()
