// Searches over bytes, many at a time. Every function gives the same on every CPU.
#pragma once
#include <stddef.h>
#include <stdint.h>

// The first place from `from` on that holds a quote, a backslash or a byte below 0x20; `count` when there is none.
// `high` gathers the high bits of the bytes before it: 0x80 and more when one of them is above 0x7f.
size_t tt_json_plain(const uint8_t *bytes, size_t from, size_t count, uint8_t *high);

// The first place from `from` on that holds a quote, a backslash, a solidus, 0xed or a byte below 0x20; or `count`.
size_t tt_text_plain(const uint8_t *bytes, size_t from, size_t count);

// The first place from `from` on that holds a byte below 0x20 or above 0x7e; or `count`.
size_t tt_printable(const uint8_t *bytes, size_t from, size_t count);

// The first place from `from` on that holds a byte above 0x7f; or `count`.
size_t tt_ascii(const uint8_t *bytes, size_t from, size_t count);

// Adds the capitals and the small letters of ASCII; returns 0x80 or more when a byte is above 0x7f.
uint8_t tt_letters(const uint8_t *bytes, size_t count, size_t *upper, size_t *lower);
