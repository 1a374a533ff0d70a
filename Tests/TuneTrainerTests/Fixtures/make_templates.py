"""Makes templates.json: chat templates of the families' kinds, and the text that transformers makes of conversations.

usage: python make_templates.py        (needs transformers and jinja2)

templates       each with its special tokens and, for each conversation, `text`, `prompt` (the same with the prompt for
                an answer) and `learned` (what the model would write, its ends included), or `refusal`, in the
                template's words
expressions     small templates with what they come to, one for each thing that the language does
"""
import json
import os
import pathlib

os.environ["HF_HUB_OFFLINE"] = "1"
from jinja2.exceptions import TemplateError
from transformers.utils.chat_template_utils import render_jinja_template

HERE = pathlib.Path(__file__).parent
S = lambda content: {"role": "system", "content": content}
U = lambda content: {"role": "user", "content": content}
A = lambda content: {"role": "assistant", "content": content}
CONVERSATIONS = [
    [U("Hello")], [U("Hello"), A("Hi there.")], [S("Be short."), U("What is 2 + 2?"), A("4")],
    [U("  spaces  "), A("  kept or not  "), U("再说一次 👍\n"), A("好的。\n\nSecond part.")],
    [S("You are a pirate.\n"), U("a"), A("b"), U("c"), A("d"), U("e")],
    [U("first"), U("second")], [A("I begin."), U("You do.")], [S("Only a system message.")], [],
]
CHATML = """{% for message in messages %}{{'<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n'}}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"""
DEFAULTED = """{%- if messages and messages[0]['role'] == 'system' -%}
    {{- '<|im_start|>system\\n' + messages[0].content + '<|im_end|>\\n' -}}
{%- else -%}
    {{- '<|im_start|>system\\nYou are a helpful assistant.<|im_end|>\\n' -}}
{%- endif -%}
{%- for message in messages -%}
    {%- if (message.role == "user") or (message.role == "system" and not loop.first) or (message.role == "assistant" and not message.tool_calls) -%}
        {{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>' + '\\n' -}}
    {%- elif message.role == "assistant" -%}
        {{- raise_exception('No tools here.') -}}
    {%- endif -%}
{%- endfor -%}
{%- if add_generation_prompt -%}{{- '<|im_start|>assistant\\n' -}}{%- endif -%}"""
THINKING = """{%- if messages and messages[0].role == 'system' %}
    {{- '<|im_start|>system\\n' + messages[0].content + '<|im_end|>\\n' }}
{%- endif %}
{%- set ns = namespace(searching=true, last=messages|length - 1) %}
{%- for message in messages[::-1] %}
    {%- set index = (messages|length - 1) - loop.index0 %}
    {%- if ns.searching and message.role == "user" %}
        {%- set ns.searching = false %}
        {%- set ns.last = index %}
    {%- endif %}
{%- endfor %}
{%- for message in messages %}
    {%- if message.role == "user" or (message.role == "system" and not loop.first) %}
        {{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>' + '\\n' }}
    {%- elif message.role == "assistant" %}
        {%- set content = message.content %}
        {%- set thought = '' %}
        {%- if '</think>' in content %}
            {%- set thought = content.split('</think>')[0].rstrip('\\n').split('<think>')[-1].lstrip('\\n') %}
            {%- set content = content.split('</think>')[-1].lstrip('\\n') %}
        {%- endif %}
        {{- '<|im_start|>assistant\\n' }}
        {%- if loop.index0 > ns.last and (loop.last or thought) %}
            {{- '<think>\\n' + thought.strip('\\n') + '\\n</think>\\n\\n' }}
        {%- endif %}
        {{- content + '<|im_end|>\\n' }}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|im_start|>assistant\\n' }}
{%- endif %}"""
LLAMA2 = """{% if messages and messages[0]['role'] == 'system' %}{% set loop_messages = messages[1:] %}{% set system_message = messages[0]['content'] %}{% else %}{% set loop_messages = messages %}{% set system_message = false %}{% endif %}{% for message in loop_messages %}{% if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}{{ raise_exception('Conversation roles must alternate user/assistant/user/assistant/...') }}{% endif %}{% if loop.index0 == 0 and system_message != false %}{% set content = '<<SYS>>\\n' + system_message + '\\n<</SYS>>\\n\\n' + message['content'] %}{% else %}{% set content = message['content'] %}{% endif %}{% if message['role'] == 'user' %}{{ bos_token + '[INST] ' + content.strip() + ' [/INST]' }}{% elif message['role'] == 'assistant' %}{{ ' '  + content.strip() + ' ' + eos_token }}{% endif %}{% endfor %}"""
LLAMA3 = """{% set loop_messages = messages %}{% for message in loop_messages %}{% set content = '<|start_header_id|>' + message['role'] + '<|end_header_id|>\\n\\n'+ message['content'] | trim + '<|eot_id|>' %}{% if loop.index0 == 0 %}{% set content = bos_token + content %}{% endif %}{{ content }}{% endfor %}{% if add_generation_prompt %}{{ '<|start_header_id|>assistant<|end_header_id|>\\n\\n' }}{% endif %}"""
DATED = """{{- bos_token }}
{%- if not date_string is defined %}
    {%- if strftime_now is defined %}
        {%- set date_string = strftime_now("%d %b %Y") %}
    {%- else %}
        {%- set date_string = "26 Jul 2024" %}
    {%- endif %}
{%- endif %}

{#- The system message comes first, whether there is one or not. #}
{%- if messages and messages[0]['role'] == 'system' %}
    {%- set system_message = messages[0]['content']|trim %}
    {%- set messages = messages[1:] %}
{%- else %}
    {%- set system_message = "" %}
{%- endif %}
{{- "<|start_header_id|>system<|end_header_id|>\\n\\n" }}
{{- "Today Date: " + date_string + "\\n\\n" }}
{{- system_message }}
{{- "<|eot_id|>" }}
{%- for message in messages %}
    {%- if not (message.role == 'ipython' or message.role == 'tool' or 'tool_calls' in message) %}
        {{- '<|start_header_id|>' + message['role'] + '<|end_header_id|>\\n\\n'+ message['content'] | trim + '<|eot_id|>' }}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|start_header_id|>assistant<|end_header_id|>\\n\\n' }}
{%- endif %}
"""
MISTRAL = """{%- if messages and messages[0]["role"] == "system" %}
    {%- set system_message = messages[0]["content"] %}
    {%- set loop_messages = messages[1:] %}
{%- else %}
    {%- set loop_messages = messages %}
{%- endif %}
{%- set ns = namespace(index=0) %}
{%- for message in loop_messages %}
    {%- if (message["role"] == "user") != (ns.index % 2 == 0) %}
        {{- raise_exception("After the optional system message, conversation roles must alternate") }}
    {%- endif %}
    {%- set ns.index = ns.index + 1 %}
{%- endfor %}
{{- bos_token }}
{%- for message in loop_messages %}
    {%- if message["role"] == "user" %}
        {%- if loop.last and system_message is defined %}
            {{- "[INST] " + system_message + "\\n\\n" + message["content"] + "[/INST]" }}
        {%- else %}
            {{- "[INST] " + message["content"] + "[/INST]" }}
        {%- endif %}
    {%- elif message["role"] == "assistant" %}
        {{- " " + message["content"]|trim + eos_token}}
    {%- endif %}
{%- endfor %}
"""
ZEPHYR = """{% for message in messages %}
{% if message['role'] == 'user' %}
{{ '<|user|>\\n' + message['content'] + eos_token }}
{% elif message['role'] == 'system' %}
{{ '<|system|>\\n' + message['content'] + eos_token }}
{% elif message['role'] == 'assistant' %}
{{ '<|assistant|>\\n'  + message['content'] + eos_token }}
{% endif %}
{% if loop.last and add_generation_prompt %}
{{ '<|assistant|>' }}
{% endif %}
{% endfor %}"""
IM = {"eos_token": "<|im_end|>"}
SP = {"bos_token": "<s>", "eos_token": "</s>"}
HEADERS = {"bos_token": "<|begin_of_text|>", "eos_token": "<|eot_id|>"}
TEMPLATES = [("chatml", CHATML, IM), ("defaulted", DEFAULTED, IM), ("thinking", THINKING, IM),
             ("llama2", LLAMA2, SP), ("llama3", LLAMA3, HEADERS), ("dated", DATED, HEADERS),
             ("mistral", MISTRAL, SP), ("zephyr", ZEPHYR, SP)]
EXPRESSIONS = [
    "{{ 1 + 2 * 3 }} {{ (1 + 2) * 3 }} {{ 7 // 2 }} {{ -7 // 2 }} {{ 7 % 3 }} {{ -7 % 3 }} {{ 2 ** 3 }} {{ 7 / 2 }}",
    "{{ 'a' ~ 1 ~ 'b' }} {{ 'a' 'b' }} {{ 'ab' * 2 }} {{ [1] + [2] }} {{ 'x' in 'axb' }} {{ 1 not in [2] }}",
    "{{ true and 'x' }} {{ none or 'y' }} {{ not '' }} {{ 1 if false }}{{ 1 if false else 2 }} {{ 1 < 2 < 3 }}",
    "{{ [1, 'two', none, true, 1.5] }} {{ {'a': 1, 'b': [2]} }} {{ none }} {{ nothing }} {{ ['it\\'s'] }}",
    "{{ 'abcdef'[1:3] }} {{ 'abcdef'[::-1] }} {{ [1,2,3][-1] }} {{ [1,2,3][:-1] }} {{ [1,2,3][5] }} {{ 'abc'[::2] }}",
    "{{ {'a': 1}.a }} {{ {'a': 1}['a'] }} {{ {'a': 1}.get('b', 3) }} {{ {'a': 1}.get('b') }} {{ {'a': 1}.b is defined }}",
    "{% for k, v in {'a': 1, 'b': 2}.items() %}{{ k }}={{ v }};{% endfor %}{% for x in [] %}x{% else %}empty{% endfor %}",
    "{% for x in [1,2,3,4] if x is even %}{{ loop.index }}/{{ loop.length }}:{{ x }}{{ ',' if not loop.last }}{% endfor %}",
    "{% for x in 'abc' %}{{ loop.index0 }}{{ loop.first }}{{ loop.revindex }}{{ loop.previtem }}{{ loop.nextitem }} {% endfor %}",
    "{% for x in range(5) %}{% if x == 1 %}{% continue %}{% endif %}{% if x == 3 %}{% break %}{% endif %}{{ x }}{% endfor %}",
    "{% set x = 1 %}{% for i in [1,2] %}{% set x = x + i %}{{ x }}{% endfor %}{{ x }}",
    "{% set ns = namespace(x=1) %}{% for i in [1,2] %}{% set ns.x = ns.x + i %}{% endfor %}{{ ns.x }}",
    "{% set x %}a{{ 1 }}b{% endset %}[{{ x }}] {% set a, b = 1, 2 %}{{ a + b }} {% set c = 1, 2 %}{{ c|length }}",
    "{% macro f(a, b='x') %}<{{ a }}{{ b }}>{% endmacro %}{{ f(1) }}{{ f(1, b=2) }}{{ f(b=3, a=4) }}{{ f() }}",
    "{{ '  x  ' | trim }}|{{ ' x '.strip() }}|{{ 'xxaxx'.strip('x') }}|{{ ' a b  c '.split() }}|{{ 'a,b,,c'.split(',') }}",
    "{{ 'a,b,c'.split(',', 1) }} {{ 'abc'.startswith('ab') }} {{ 'abc'.endswith(('x', 'bc')) }} {{ 'aba'.replace('a', 'c', 1) }}",
    "{{ 'hello world'.title() }} {{ 'hELLO'|capitalize }} {{ 'a' | upper }} {{ 'ABC'.lower() }} {{ 'a\\nb'.splitlines() }}",
    "{{ {'a': [1, 'ü', none], 'b': {'c': true}} | tojson }} {{ [1, {'a': 2}] | tojson(indent=2) }} {{ [] | tojson(indent=2) }}",
    "{{ '\\t\\\"\\u4f60' | tojson }} {{ 'a' | default('b') }} {{ nothing | default('b') }} {{ '' | default('b', true) }}",
    "{{ [1,2,3] | join('-') }} {{ [{'n': 1}, {'n': 2}] | join('+', attribute='n') }} {{ [3,1] | first }} {{ [3,1] | last }}",
    "{{ [{'r': 'a', 'x': 1}, {'r': 'b', 'x': 2}] | selectattr('r', 'equalto', 'b') | map(attribute='x') | list }}",
    "{{ [{'r': 1}, {}] | selectattr('r') | list }} {{ [0, 1, 2] | select | list }} {{ [1, 2, 3] | reject('odd') | list }}",
    "{{ [1,2,2,1] | unique | list }} {{ [1,2] | sum }} {{ '3' | int + 1 }} {{ '2.5' | float }} {{ 'abc' | reverse }} {{ -3 | abs }}",
    "{{ 'a\\nb\\n\\nc' | indent(2) }}|{{ 'a\\nb' | indent(2, true) }}",
    "{{ 'x' is string }} {{ 1 is number }} {{ {} is mapping }} {{ [] is iterable }} {{ none is none }} {{ 1 is not none }}",
    "{{ 1 is integer }} {{ 1.0 is float }} {{ true is boolean }} {{ true is integer }} {{ 4 is divisibleby 2 }} {{ 'a' is in ['a'] }}",
    "{{ x is defined and x.y }} {{ not x is defined }} {{ [1, 2] == [1, 2] }} {{ 1 == 1.0 }} {{ 'a' < 'b' }} {{ {'a': 1} == {'a': 1} }}",
    "a  \n  {% if true %}  \n  b\n  {% endif %}\n c\n",
    "a  \n  {%- if true -%}  \n  b\n  {%- endif %}\n c\n",
    "a {{- ' b ' -}} c {{ 'd' }}\n{{ 'e' }}\n",
    "  {%+ if true %}x{% endif +%}\ny{# note #}\nz  {#- more -#}  w",
    "{% if false %}a{% elif true %}b{% else %}c{% endif %}{% if false %}a{% elif false %}b{% else %}c{% endif %}\n\n",
    "{{ messages | length }} {{ messages[0].role }} {{ messages[0]['content'] }} {{ tools is none }} {{ bos_token is defined }}",
    "{{ '%' }} {{ '}}' }} {{ {'a': {'b': 1}}.a.b }} {{ \"double 'quotes'\" }} {{ 'a' if 'b' == 'c' else 'd' if true else 'e' }}",
    "{{ ('a', 'b')[1] }} {{ 1_000 }} {{ 1.50 }} {{ 10 / 5 }} {{ 'x' ~ none }} {{ [none] | first is none }}",
    "{{ {'é': ['👍', 1]} | tojson(ensure_ascii=true) }} {{ {'é': 1} | tojson(ensure_ascii=false, indent=1) }} {{ [1, 'é'] | tojson(2) }}",
    "{{ [3, 1, 2] | min }} {{ [3, 1, 2] | max }} {{ ['b', 'a'] | min }} {% for k, v in {'b': 1, 'A': 2, 'a': 3} | dictsort %}{{ k }}{{ v }} {% endfor %}",
    "{{ none | selectattr('a') | list }} {{ none | map(attribute='a') | list }} {{ none | rejectattr('a') | list }}",
    "{{ dict(a=1, b=2) }} {{ range(1, 7, 2) | list }} {{ range(3, 0, -1) | list }} {{ 'a-b'.find('-') }} {{ ', '.join(['a', 'b']) }}",
]


def render(template, messages, prompts=False, **specials):
    return render_jinja_template([messages], chat_template=template, add_generation_prompt=prompts, **specials)[0][0]


def learned(template, messages, specials):
    """What the model would write, or null where the template does not continue its own prompts."""
    whole, parts = render(template, messages, **specials), []
    for i, message in enumerate(messages):
        if message["role"] != "assistant":
            continue
        try:
            before = render(template, messages[:i], True, **specials)
        except TemplateError:
            return None
        after = render(template, messages[:i + 1], **specials)
        if not (before and whole.startswith(before) and whole.startswith(after)):
            return None
        end = after.rindex(specials["eos_token"]) + len(specials["eos_token"])
        parts.append(after[len(before):end])
    return parts


def main():
    templates = []
    for name, template, specials in TEMPLATES:
        fixed = template.replace('strftime_now is defined', 'false')
        results = []
        for messages in CONVERSATIONS:
            row = {"messages": messages}
            try:
                row["text"] = render(fixed, messages, **specials)
                row["prompt"] = render(fixed, messages, True, **specials)
                row["learned"] = learned(fixed, messages, specials)
            except TemplateError as error:
                row["refusal"] = str(error)
            results.append(row)
        templates.append({"name": name, "source": template, "specials": specials, "results": results})
    messages = CONVERSATIONS[2]
    expressions = [{"source": source, "text": render(source, messages, **SP)} for source in EXPRESSIONS]
    encode = lambda rows: ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    (HERE / "templates.json").write_text(
        f'{{"templates":[\n{encode(templates)}\n],\n"expressions":[\n{encode(expressions)}\n],\n'
        f'"messages":{json.dumps(messages)}}}\n', encoding="utf-8")
    for name, template, specials in TEMPLATES:
        print(name)


if __name__ == "__main__":
    main()
