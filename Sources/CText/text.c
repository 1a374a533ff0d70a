#include "text.h"

#if defined(__x86_64__)
#include <immintrin.h>

// A search is compiled for 32 and for 16 bytes at a time, and chosen when the program is loaded.
#define WIDE __attribute__((target("avx2")))

static int has_avx2;

__attribute__((constructor)) static void look_at_cpu(void) { has_avx2 = __builtin_cpu_supports("avx2") != 0; }

#define EQ16(v, c) _mm_cmpeq_epi8(v, _mm_set1_epi8((char)(c)))
#define EQ32(v, c) _mm256_cmpeq_epi8(v, _mm256_set1_epi8((char)(c)))
// Bytes below 0x20: those that the smaller of themselves and 0x1f leaves as they are.
#define LOW16(v) _mm_cmpeq_epi8(_mm_min_epu8(v, _mm_set1_epi8(0x1f)), v)
#define LOW32(v) _mm256_cmpeq_epi8(_mm256_min_epu8(v, _mm256_set1_epi8(0x1f)), v)
#define OR16 _mm_or_si128
#define OR32 _mm256_or_si256

#define JSON16(v) OR16(OR16(EQ16(v, '"'), EQ16(v, '\\')), LOW16(v))
#define JSON32(v) OR32(OR32(EQ32(v, '"'), EQ32(v, '\\')), LOW32(v))
#define TEXT16(v) OR16(JSON16(v), OR16(EQ16(v, '/'), EQ16(v, 0xed)))
#define TEXT32(v) OR32(JSON32(v), OR32(EQ32(v, '/'), EQ32(v, 0xed)))
// The sign bit of a byte above 0x7f stands as it is.
#define PRINT16(v) OR16(OR16(LOW16(v), EQ16(v, 0x7f)), v)
#define PRINT32(v) OR32(OR32(LOW32(v), EQ32(v, 0x7f)), v)
#define ASCII16(v) (v)
#define ASCII32(v) (v)

#define SEARCH(name, hit16, hit32)                                                                                   \
    WIDE static size_t name##_wide(const uint8_t *bytes, size_t at, size_t count) {                                  \
        for (; at + 32 <= count; at += 32) {                                                                         \
            __m256i v = _mm256_loadu_si256((const __m256i *)(bytes + at));                                           \
            unsigned hits = (unsigned)_mm256_movemask_epi8(hit32(v));                                                \
            if (hits) return at + (size_t)__builtin_ctz(hits);                                                       \
        }                                                                                                            \
        return at;                                                                                                   \
    }                                                                                                                \
    static size_t name##_narrow(const uint8_t *bytes, size_t at, size_t count) {                                     \
        for (; at + 16 <= count; at += 16) {                                                                         \
            __m128i v = _mm_loadu_si128((const __m128i *)(bytes + at));                                              \
            unsigned hits = (unsigned)_mm_movemask_epi8(hit16(v));                                                   \
            if (hits) return at + (size_t)__builtin_ctz(hits);                                                       \
        }                                                                                                            \
        return at;                                                                                                   \
    }

// A hit stops both before the rest that no vector fills, where the plain search finds it again at once.
#define BEGIN(name, bytes, at, count) (has_avx2 ? name##_wide : name##_narrow)(bytes, at, count)

#define CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define SEARCH(name, hit16, hit32)
#define BEGIN(name, bytes, at, count) (at)
#define CLONES
#endif

SEARCH(text, TEXT16, TEXT32)
SEARCH(printable, PRINT16, PRINT32)
SEARCH(ascii, ASCII16, ASCII32)

size_t tt_text_plain(const uint8_t *bytes, size_t from, size_t count) {
    size_t at = BEGIN(text, bytes, from, count);
    while (at < count && bytes[at] != '"' && bytes[at] != '\\' && bytes[at] != '/' && bytes[at] != 0xed
           && bytes[at] >= 0x20)
        at++;
    return at;
}

size_t tt_printable(const uint8_t *bytes, size_t from, size_t count) {
    size_t at = BEGIN(printable, bytes, from, count);
    while (at < count && bytes[at] >= 0x20 && bytes[at] < 0x7f) at++;
    return at;
}

size_t tt_ascii(const uint8_t *bytes, size_t from, size_t count) {
    size_t at = BEGIN(ascii, bytes, from, count);
    while (at < count && bytes[at] < 0x80) at++;
    return at;
}

#if defined(__x86_64__)
WIDE static size_t json_wide(const uint8_t *bytes, size_t at, size_t count, uint8_t *high) {
    unsigned seen = 0;
    for (; at + 32 <= count; at += 32) {
        __m256i v = _mm256_loadu_si256((const __m256i *)(bytes + at));
        unsigned hits = (unsigned)_mm256_movemask_epi8(JSON32(v));
        unsigned signs = (unsigned)_mm256_movemask_epi8(v);
        if (hits) {
            unsigned step = (unsigned)__builtin_ctz(hits);
            if (seen | (signs & ((1u << step) - 1))) *high |= 0x80;
            return at + step;
        }
        seen |= signs;
    }
    if (seen) *high |= 0x80;
    return at;
}

static size_t json_narrow(const uint8_t *bytes, size_t at, size_t count, uint8_t *high) {
    unsigned seen = 0;
    for (; at + 16 <= count; at += 16) {
        __m128i v = _mm_loadu_si128((const __m128i *)(bytes + at));
        unsigned hits = (unsigned)_mm_movemask_epi8(JSON16(v));
        unsigned signs = (unsigned)_mm_movemask_epi8(v);
        if (hits) {
            unsigned step = (unsigned)__builtin_ctz(hits);
            if (seen | (signs & ((1u << step) - 1))) *high |= 0x80;
            return at + step;
        }
        seen |= signs;
    }
    if (seen) *high |= 0x80;
    return at;
}
#endif

size_t tt_json_plain(const uint8_t *bytes, size_t from, size_t count, uint8_t *high) {
    size_t at = from;
#if defined(__x86_64__)
    at = has_avx2 ? json_wide(bytes, at, count, high) : json_narrow(bytes, at, count, high);
#endif
    while (at < count && bytes[at] != '"' && bytes[at] != '\\' && bytes[at] >= 0x20) *high |= bytes[at++];
    return at;
}

CLONES uint8_t tt_letters(const uint8_t *bytes, size_t count, size_t *upper, size_t *lower) {
    uint8_t high = 0;
    // Sums of bytes, each for fewer bytes than a byte can count.
    for (size_t start = 0; start < count; start += 128) {
        size_t end = start + 128 < count ? start + 128 : count;
        uint8_t capitals = 0, small = 0;
        for (size_t at = start; at < end; at++) {
            high |= bytes[at];
            capitals += (uint8_t)(bytes[at] - 'A') < 26;
            small += (uint8_t)(bytes[at] - 'a') < 26;
        }
        *upper += capitals;
        *lower += small;
    }
    return high;
}
