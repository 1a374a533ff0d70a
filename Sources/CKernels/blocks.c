#include "blocks.h"
#include "clones.h"
#include <string.h>

// One block at a time becomes floats, on the stack where only their product with x is wanted.
#define INLINE static inline __attribute__((always_inline))

INLINE float half_at(const uint8_t *bytes) {
    _Float16 half;
    memcpy(&half, bytes, 2);
    return (float)half;
}

INLINE uint32_t word_at(const uint8_t *bytes) {
    uint32_t word;
    memcpy(&word, bytes, 4);
    return word;
}

// MARK: 32 numbers with one scale

// f16 scale, 32 fifth bits, 16 bytes as in q4_0. y = d (q − 16)
INLINE void expand_q5_0(float *restrict y, const uint8_t *restrict x) {
    float d = half_at(x);
    uint32_t fifth = word_at(x + 2);
    for (int i = 0; i < 16; i++) {
        y[i] = d * (float)((int)((x[6 + i] & 15) | (fifth >> i & 1) << 4) - 16);
        y[i + 16] = d * (float)((int)((uint32_t)(x[6 + i] >> 4) | (fifth >> (i + 16) & 1) << 4) - 16);
    }
}

// f16 scale, f16 minimum, then as q5_0. y = d q + m
INLINE void expand_q5_1(float *restrict y, const uint8_t *restrict x) {
    float d = half_at(x), m = half_at(x + 2);
    uint32_t fifth = word_at(x + 4);
    for (int i = 0; i < 16; i++) {
        y[i] = d * (float)(int)((x[8 + i] & 15) | (fifth >> i & 1) << 4) + m;
        y[i + 16] = d * (float)(int)((uint32_t)(x[8 + i] >> 4) | (fifth >> (i + 16) & 1) << 4) + m;
    }
}

// What the sixteen numbers of four bits stand for in iq4_nl and iq4_xs.
static const float table_iq4[16] = {-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113};

INLINE void expand_table(float *restrict y, const uint8_t *restrict q, float d) {
    for (int i = 0; i < 16; i++) {
        y[i] = d * table_iq4[q[i] & 15];
        y[i + 16] = d * table_iq4[q[i] >> 4];
    }
}

// f16 scale, 16 bytes as in q4_0. y = d table[q]
INLINE void expand_iq4_nl(float *restrict y, const uint8_t *restrict x) { expand_table(y, x + 2, half_at(x)); }

// MARK: 256 numbers with scales of their own for each 32 or 16

// 16 scales and minima of four bits, 64 bytes of two-bit numbers, f16 d and dmin. y = d s q − dmin m
INLINE void expand_q2_k(float *restrict y, const uint8_t *restrict x) {
    float d = half_at(x + 80), dmin = half_at(x + 82);
    for (int group = 0; group < 16; group++) {
        float scale = d * (float)(x[group] & 15), minimum = dmin * (float)(x[group] >> 4);
        const uint8_t *q = x + 16 + group / 8 * 32 + group % 2 * 16;
        int shift = group % 8 / 2 * 2;
        for (int i = 0; i < 16; i++) y[group * 16 + i] = scale * (float)(q[i] >> shift & 3) - minimum;
    }
}

// 32 bytes of third bits (set: keep, unset: less 4), 64 bytes of two-bit numbers, 12 bytes of 16 scales, f16 d.
INLINE void expand_q3_k(float *restrict y, const uint8_t *restrict x) {
    float d = half_at(x + 108);
    const uint8_t *scales = x + 96;
    for (int group = 0; group < 16; group++) {
        int low = group < 8 ? scales[group] & 15 : scales[group - 8] >> 4;
        int high = scales[8 + group % 4] >> (group / 4 * 2) & 3;
        float scale = d * (float)((low | high << 4) - 32);
        const uint8_t *third = x + group % 2 * 16, *q = x + 32 + group / 8 * 32 + group % 2 * 16;
        int shift = group % 8 / 2 * 2, bit = group / 2;
        for (int i = 0; i < 16; i++) {
            y[group * 16 + i] = scale * (float)((q[i] >> shift & 3) - ((third[i] >> bit & 1) ? 0 : 4));
        }
    }
}

// The scale and minimum of a group of 32 in q4_k and q5_k; six bits each in the twelve bytes after d and dmin.
INLINE void scale_and_minimum(float *scale, float *minimum, const uint8_t *x, int group) {
    const uint8_t *packed = x + 4;
    int s, m;
    if (group < 4) {
        s = packed[group] & 63;
        m = packed[group + 4] & 63;
    } else {
        s = (packed[group + 4] & 15) | packed[group - 4] >> 6 << 4;
        m = packed[group + 4] >> 4 | packed[group] >> 6 << 4;
    }
    *scale = half_at(x) * (float)s;
    *minimum = half_at(x + 2) * (float)m;
}

// f16 d and dmin, 12 bytes of scales and minima, 128 bytes: 32 low halves, then their high halves, and so on.
INLINE void expand_q4_k(float *restrict y, const uint8_t *restrict x) {
    for (int group = 0; group < 8; group++) {
        float scale, minimum;
        scale_and_minimum(&scale, &minimum, x, group);
        const uint8_t *q = x + 16 + group / 2 * 32;
        int shift = group % 2 * 4;
        for (int i = 0; i < 32; i++) y[group * 32 + i] = scale * (float)(q[i] >> shift & 15) - minimum;
    }
}

// As q4_k, with 32 bytes of fifth bits before the numbers.
INLINE void expand_q5_k(float *restrict y, const uint8_t *restrict x) {
    for (int group = 0; group < 8; group++) {
        float scale, minimum;
        scale_and_minimum(&scale, &minimum, x, group);
        const uint8_t *fifth = x + 16, *q = x + 48 + group / 2 * 32;
        int shift = group % 2 * 4;
        for (int i = 0; i < 32; i++) {
            y[group * 32 + i] = scale * (float)((q[i] >> shift & 15) | (fifth[i] >> group & 1) << 4) - minimum;
        }
    }
}

// 128 bytes of lower halves, 64 of upper bit pairs, 16 signed scales, f16 d; in two halves. y = d s (q − 32)
INLINE void expand_q6_k(float *restrict y, const uint8_t *restrict x) {
    float d = half_at(x + 208);
    for (int group = 0; group < 16; group++) {
        int half = group / 8, quarter = group % 8 / 2, place = group % 2 * 16;
        float scale = d * (float)(int8_t)x[192 + group];
        const uint8_t *low = x + half * 64 + quarter % 2 * 32 + place, *high = x + 128 + half * 32 + place;
        int shift = quarter / 2 * 4, pair = quarter * 2;
        for (int i = 0; i < 16; i++) {
            y[group * 16 + i] = scale * (float)(((low[i] >> shift & 15) | (high[i] >> pair & 3) << 4) - 32);
        }
    }
}

// f16 d, upper bit pairs and lower halves of 8 scales, 128 bytes as in iq4_nl. y = d (s − 32) table[q]
INLINE void expand_iq4_xs(float *restrict y, const uint8_t *restrict x) {
    float d = half_at(x);
    unsigned upper = x[2] | (unsigned)x[3] << 8;
    for (int group = 0; group < 8; group++) {
        int scale = (x[4 + group / 2] >> (group % 2 * 4) & 15) | (int)(upper >> (group * 2) & 3) << 4;
        expand_table(y + group * 32, x + 8 + group * 16, d * (float)(scale - 32));
    }
}

// MARK: Rows of blocks

// Sixteen sums side by side, added in pairs from far to near: a fixed order, the same for every CPU.
INLINE void dot_block(float sum[16], const float *restrict w, const float *restrict x, int n) {
    for (int i = 0; i < n; i += 16) {
        for (int lane = 0; lane < 16; lane++) sum[lane] += w[i + lane] * x[i + lane];
    }
}

INLINE float sum_of(const float *s) {
    float pairs[8], fours[4];
    for (int i = 0; i < 8; i++) pairs[i] = s[i] + s[i + 8];
    for (int i = 0; i < 4; i++) fours[i] = pairs[i] + pairs[i + 4];
    return (fours[0] + fours[2]) + (fours[1] + fours[3]);
}

#define ROWS(name, numbers, bytes)                                                                                 \
    CLONES void tk_dequantize_##name(float *restrict y, const uint8_t *restrict x, size_t n) {                     \
        for (size_t b = 0; b < n / numbers; b++, x += bytes, y += numbers) expand_##name(y, x);                    \
    }                                                                                                              \
    CLONES float tk_dot_##name(const uint8_t *restrict w, const float *restrict x, size_t n) {                     \
        float sum[16] = {0}, block[numbers];                                                                       \
        for (size_t b = 0; b < n / numbers; b++, w += bytes, x += numbers) {                                       \
            expand_##name(block, w);                                                                               \
            dot_block(sum, block, x, numbers);                                                                     \
        }                                                                                                          \
        return sum_of(sum);                                                                                        \
    }

ROWS(q5_0, 32, 22)
ROWS(q5_1, 32, 24)
ROWS(iq4_nl, 32, 18)
ROWS(q2_k, 256, 84)
ROWS(q3_k, 256, 110)
ROWS(q4_k, 256, 144)
ROWS(q5_k, 256, 176)
ROWS(q6_k, 256, 210)
ROWS(iq4_xs, 256, 136)

// MARK: Halves

CLONES float tk_dot_f16(const uint8_t *restrict w, const float *restrict x, size_t n) {
    float sum[16] = {0}, tail = 0;
    size_t i = 0;
    for (; i + 16 <= n; i += 16) {
        for (int lane = 0; lane < 16; lane++) sum[lane] += half_at(w + 2 * (i + lane)) * x[i + lane];
    }
    for (; i < n; i++) tail += half_at(w + 2 * i) * x[i];
    return sum_of(sum) + tail;
}

INLINE float brain_at(const uint8_t *bytes) {
    uint32_t wide = (uint32_t)bytes[0] << 16 | (uint32_t)bytes[1] << 24;
    float value;
    memcpy(&value, &wide, 4);
    return value;
}

CLONES float tk_dot_bf16(const uint8_t *restrict w, const float *restrict x, size_t n) {
    float sum[16] = {0}, tail = 0;
    size_t i = 0;
    for (; i + 16 <= n; i += 16) {
        for (int lane = 0; lane < 16; lane++) sum[lane] += brain_at(w + 2 * (i + lane)) * x[i + lane];
    }
    for (; i < n; i++) tail += brain_at(w + 2 * i) * x[i];
    return sum_of(sum) + tail;
}
