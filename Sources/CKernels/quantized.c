#include "clones.h"
#include "kernels.h"
#include <string.h>

enum { block = 32 };

static inline float half_to_float(const uint8_t *bytes) {
    _Float16 half;
    memcpy(&half, bytes, 2);
    return (float)half;
}

// MARK: To f32

CLONES void tk_dequantize_f16(float *restrict y, const uint8_t *restrict x, size_t n) {
    for (size_t i = 0; i < n; i++) y[i] = half_to_float(x + 2 * i);
}

CLONES void tk_dequantize_bf16(float *restrict y, const uint8_t *restrict x, size_t n) {
    for (size_t i = 0; i < n; i++) {
        uint16_t bits;
        memcpy(&bits, x + 2 * i, 2);
        uint32_t wide = (uint32_t)bits << 16;
        memcpy(y + i, &wide, 4);
    }
}

// Sixteen numbers: one AVX-512 register, two of AVX2, four of SSE. The compiler splits them as the clone allows.
typedef float Floats __attribute__((vector_size(64), aligned(4)));
typedef uint8_t Bytes __attribute__((vector_size(16), aligned(1)));
typedef int8_t SignedBytes __attribute__((vector_size(16), aligned(1)));

#define TO_FLOATS(bytes) __builtin_convertvector(bytes, Floats)
// Macros, because vectors may not be passed between functions that are compiled for different CPUs.
#define LOAD(type, from) ({ type loaded_; memcpy(&loaded_, (from), sizeof loaded_); loaded_; })
#define STORE(to, floats) do { Floats stored_ = (floats); memcpy((to), &stored_, sizeof stored_); } while (0)
#define SUM(floats) ({ float lanes_[16]; STORE(lanes_, floats); sum_of(lanes_); })

// Sixteen numbers added in pairs from far to near: a fixed order, the same for every CPU.
static inline float sum_of(const float *s) {
    float pairs[8], fours[4];
    for (int i = 0; i < 8; i++) pairs[i] = s[i] + s[i + 8];
    for (int i = 0; i < 4; i++) fours[i] = pairs[i] + pairs[i + 4];
    return (fours[0] + fours[2]) + (fours[1] + fours[3]);
}

// q8_0: f16 scale, 32 signed bytes. 34 bytes a block.
CLONES void tk_dequantize_q8_0(float *restrict y, const uint8_t *restrict x, size_t n) {
    for (size_t b = 0; b < n / block; b++, x += 34, y += block) {
        float d = half_to_float(x);
        STORE(y, d * TO_FLOATS(LOAD(SignedBytes, x + 2)));
        STORE(y + 16, d * TO_FLOATS(LOAD(SignedBytes, x + 18)));
    }
}

// q4_0: f16 scale, 16 bytes; low nibbles are values 0–15, high nibbles 16–31, each less 8. 18 bytes a block.
CLONES void tk_dequantize_q4_0(float *restrict y, const uint8_t *restrict x, size_t n) {
    for (size_t b = 0; b < n / block; b++, x += 18, y += block) {
        float d = half_to_float(x);
        Bytes q = LOAD(Bytes, x + 2);
        STORE(y, d * (TO_FLOATS(q & 15) - 8.0f));
        STORE(y + 16, d * (TO_FLOATS(q >> 4) - 8.0f));
    }
}

// q4_1: f16 scale, f16 minimum, nibbles as in q4_0. 20 bytes a block.
CLONES void tk_dequantize_q4_1(float *restrict y, const uint8_t *restrict x, size_t n) {
    for (size_t b = 0; b < n / block; b++, x += 20, y += block) {
        float d = half_to_float(x), m = half_to_float(x + 2);
        Bytes q = LOAD(Bytes, x + 4);
        STORE(y, d * TO_FLOATS(q & 15) + m);
        STORE(y + 16, d * TO_FLOATS(q >> 4) + m);
    }
}

// MARK: Dot products

CLONES float tk_dot_f32(const float *restrict w, const float *restrict x, size_t n) {
    Floats s = {0}, t = {0};
    float tail = 0;
    size_t i = 0;
    for (; i + 32 <= n; i += 32) {
        s += LOAD(Floats, w + i) * LOAD(Floats, x + i);
        t += LOAD(Floats, w + i + 16) * LOAD(Floats, x + i + 16);
    }
    for (; i < n; i++) tail += w[i] * x[i];
    return SUM(s + t) + tail;
}

CLONES float tk_dot_q8_0(const uint8_t *restrict w, const float *restrict x, size_t n) {
    Floats s = {0};
    for (size_t b = 0; b < n / block; b++, w += 34, x += block) {
        Floats low = TO_FLOATS(LOAD(SignedBytes, w + 2)) * LOAD(Floats, x);
        s += half_to_float(w) * (low + TO_FLOATS(LOAD(SignedBytes, w + 18)) * LOAD(Floats, x + 16));
    }
    return SUM(s);
}

CLONES float tk_dot_q4_0(const uint8_t *restrict w, const float *restrict x, size_t n) {
    Floats s = {0};
    for (size_t b = 0; b < n / block; b++, w += 18, x += block) {
        Bytes q = LOAD(Bytes, w + 2);
        Floats low = (TO_FLOATS(q & 15) - 8.0f) * LOAD(Floats, x);
        s += half_to_float(w) * (low + (TO_FLOATS(q >> 4) - 8.0f) * LOAD(Floats, x + 16));
    }
    return SUM(s);
}

CLONES float tk_dot_q4_1(const uint8_t *restrict w, const float *restrict x, size_t n) {
    Floats s = {0}, t = {0};
    for (size_t b = 0; b < n / block; b++, w += 20, x += block) {
        Bytes q = LOAD(Bytes, w + 4);
        Floats x0 = LOAD(Floats, x), x1 = LOAD(Floats, x + 16);
        s += half_to_float(w) * (TO_FLOATS(q & 15) * x0 + TO_FLOATS(q >> 4) * x1);
        t += half_to_float(w + 2) * (x0 + x1);
    }
    return SUM(s + t);
}
