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

// q8_0: f16 scale, 32 signed bytes. 34 bytes a block.
CLONES void tk_dequantize_q8_0(float *restrict y, const uint8_t *restrict x, size_t n) {
    for (size_t b = 0; b < n / block; b++, x += 34, y += block) {
        float d = half_to_float(x);
        const int8_t *q = (const int8_t *)(x + 2);
        for (int i = 0; i < block; i++) y[i] = d * q[i];
    }
}

// q4_0: f16 scale, 16 bytes; low nibbles are values 0–15, high nibbles 16–31, each less 8. 18 bytes a block.
CLONES void tk_dequantize_q4_0(float *restrict y, const uint8_t *restrict x, size_t n) {
    for (size_t b = 0; b < n / block; b++, x += 18, y += block) {
        float d = half_to_float(x);
        const uint8_t *q = x + 2;
        for (int i = 0; i < 16; i++) y[i] = d * ((int)(q[i] & 15) - 8);
        for (int i = 0; i < 16; i++) y[i + 16] = d * ((int)(q[i] >> 4) - 8);
    }
}

// q4_1: f16 scale, f16 minimum, nibbles as in q4_0. 20 bytes a block.
CLONES void tk_dequantize_q4_1(float *restrict y, const uint8_t *restrict x, size_t n) {
    for (size_t b = 0; b < n / block; b++, x += 20, y += block) {
        float d = half_to_float(x), m = half_to_float(x + 2);
        const uint8_t *q = x + 4;
        for (int i = 0; i < 16; i++) y[i] = d * (int)(q[i] & 15) + m;
        for (int i = 0; i < 16; i++) y[i + 16] = d * (int)(q[i] >> 4) + m;
    }
}

// MARK: Dot products

// Sixteen running sums: enough to keep one AVX-512 or two AVX2 multiply-add chains busy, and a fixed order of adding.
enum { lanes = 16 };

static inline float sum_of_lanes(const float *s) {
    float pairs[8], fours[4];
    for (int i = 0; i < 8; i++) pairs[i] = s[i] + s[i + 8];
    for (int i = 0; i < 4; i++) fours[i] = pairs[i] + pairs[i + 4];
    return (fours[0] + fours[2]) + (fours[1] + fours[3]);
}

CLONES float tk_dot_f32(const float *restrict w, const float *restrict x, size_t n) {
    float s[lanes] = {0}, tail = 0;
    size_t i = 0;
    for (; i + lanes <= n; i += lanes)
        for (int j = 0; j < lanes; j++) s[j] += w[i + j] * x[i + j];
    for (; i < n; i++) tail += w[i] * x[i];
    return sum_of_lanes(s) + tail;
}

CLONES float tk_dot_q8_0(const uint8_t *restrict w, const float *restrict x, size_t n) {
    float s[lanes] = {0};
    for (size_t b = 0; b < n / block; b++, w += 34, x += block) {
        float d = half_to_float(w);
        const int8_t *q = (const int8_t *)(w + 2);
        for (int j = 0; j < lanes; j++) s[j] += d * ((float)q[j] * x[j] + (float)q[j + 16] * x[j + 16]);
    }
    return sum_of_lanes(s);
}

CLONES float tk_dot_q4_0(const uint8_t *restrict w, const float *restrict x, size_t n) {
    float s[lanes] = {0};
    for (size_t b = 0; b < n / block; b++, w += 18, x += block) {
        float d = half_to_float(w);
        const uint8_t *q = w + 2;
        for (int j = 0; j < lanes; j++)
            s[j] += d * ((float)((int)(q[j] & 15) - 8) * x[j] + (float)((int)(q[j] >> 4) - 8) * x[j + 16]);
    }
    return sum_of_lanes(s);
}

CLONES float tk_dot_q4_1(const uint8_t *restrict w, const float *restrict x, size_t n) {
    float s[lanes] = {0};
    for (size_t b = 0; b < n / block; b++, w += 20, x += block) {
        float d = half_to_float(w), m = half_to_float(w + 2);
        const uint8_t *q = w + 4;
        for (int j = 0; j < lanes; j++)
            s[j] += d * ((float)(int)(q[j] & 15) * x[j] + (float)(int)(q[j] >> 4) * x[j + 16]) + m * (x[j] + x[j + 16]);
    }
    return sum_of_lanes(s);
}
