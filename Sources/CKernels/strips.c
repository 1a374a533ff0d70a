#include "strips.h"
#include "clones.h"
#include <math.h>
#include <string.h>

static inline float half_to_float(const uint8_t *bytes) {
    _Float16 half;
    memcpy(&half, bytes, 2);
    return (float)half;
}

static inline void float_to_half(uint8_t *bytes, float x) {
    _Float16 half = (_Float16)x;
    memcpy(bytes, &half, 2);
}

// MARK: Laying out

// Sixteen bytes of nibbles as ggml has them: low ones are inputs 0–15, high ones 16–31.
static inline void put_nibbles(uint8_t *block, const uint8_t *q, size_t output) {
    uint8_t n[tk_block];
    for (int i = 0; i < 16; i++) {
        n[i] = q[i] & 15;
        n[i + 16] = q[i] >> 4;
    }
    for (int j = 0; j < 4; j++)
        for (int i = 0; i < 4; i++)
            block[j * 4 * tk_strip + 4 * output + i] = (uint8_t)(n[8 * j + i] | n[8 * j + 4 + i] << 4);
}

static inline void put_bytes(uint8_t *block, const uint8_t *q, size_t output) {
    for (int j = 0; j < 8; j++) memcpy(block + j * 4 * tk_strip + 4 * output, q + 4 * j, 4);
}

void tk_strip_from_q4_1(uint8_t *strip, const uint8_t *const *rows, size_t count, size_t blocks) {
    memset(strip, 0, blocks * tk_nibble_block);
    for (size_t o = 0; o < count; o++) {
        const uint8_t *from = rows[o];
        uint8_t *to = strip;
        for (size_t b = 0; b < blocks; b++, from += 20, to += tk_nibble_block) {
            put_nibbles(to, from + 4, o);
            memcpy(to + 512 + 2 * o, from, 2);
            memcpy(to + 512 + 2 * tk_strip + 2 * o, from + 2, 2);
        }
    }
}

void tk_strip_from_q4_0(uint8_t *strip, const uint8_t *const *rows, size_t count, size_t blocks) {
    memset(strip, 0, blocks * tk_nibble_block);
    for (size_t o = 0; o < count; o++) {
        const uint8_t *from = rows[o];
        uint8_t *to = strip;
        for (size_t b = 0; b < blocks; b++, from += 18, to += tk_nibble_block) {
            put_nibbles(to, from + 2, o);
            memcpy(to + 512 + 2 * o, from, 2);
            float_to_half(to + 512 + 2 * tk_strip + 2 * o, -8 * half_to_float(from));
        }
    }
}

void tk_strip_from_q8_0(uint8_t *strip, const uint8_t *const *rows, size_t count, size_t blocks) {
    memset(strip, 0, blocks * tk_byte_block);
    for (size_t o = 0; o < count; o++) {
        const uint8_t *from = rows[o];
        uint8_t *to = strip;
        for (size_t b = 0; b < blocks; b++, from += 34, to += tk_byte_block) {
            uint8_t q[tk_block];
            for (int i = 0; i < tk_block; i++) q[i] = from[2 + i] ^ 0x80;
            put_bytes(to, q, o);
            memcpy(to + 1024 + 2 * o, from, 2);
        }
    }
}

CLONES void tk_strip_from_floats(uint8_t *restrict strip, const float *restrict x, size_t count, size_t n) {
    size_t blocks = (n + tk_block - 1) / tk_block;
    memset(strip, 0, blocks * tk_byte_block);
    for (size_t o = 0; o < count; o++, x += n) {
        uint8_t *to = strip;
        for (size_t b = 0; b < blocks; b++, to += tk_byte_block) {
            float w[tk_block] = {0}, top = 0;
            size_t left = n - b * tk_block;
            memcpy(w, x + b * tk_block, (left < tk_block ? left : tk_block) * sizeof *w);
            for (int i = 0; i < tk_block; i++) top = fabsf(w[i]) > top ? fabsf(w[i]) : top;
            // The scale as it will be read; one that rounds down must not push the largest over the edge.
            float_to_half(to + 1024 + 2 * o, top / 127);
            float d = half_to_float(to + 1024 + 2 * o), inverse = d > 0 ? 1 / d : 0;
            uint8_t q[tk_block];
            for (int i = 0; i < tk_block; i++) {
                float level = w[i] * inverse;
                // Also what is no number has to become one.
                level = level > -127 ? level : -127;
                q[i] = (uint8_t)(int32_t)((level < 127 ? level : 127) + 128.5f);
            }
            put_bytes(to, q, o);
        }
    }
}

void tk_strip_row(float *restrict y, const uint8_t *restrict strip, tk_strip_form form, size_t output, size_t blocks) {
    for (size_t b = 0; b < blocks; b++, y += tk_block) {
        if (form == tk_nibbles) {
            float d = half_to_float(strip + 512 + 2 * output);
            float m = half_to_float(strip + 512 + 2 * tk_strip + 2 * output);
            for (int j = 0; j < 4; j++)
                for (int i = 0; i < 4; i++) {
                    uint8_t pair = strip[j * 4 * tk_strip + 4 * output + i];
                    y[8 * j + i] = d * (float)(pair & 15) + m;
                    y[8 * j + 4 + i] = d * (float)(pair >> 4) + m;
                }
            strip += tk_nibble_block;
        } else {
            float d = half_to_float(strip + 1024 + 2 * output);
            for (int j = 0; j < 8; j++)
                for (int i = 0; i < 4; i++)
                    y[4 * j + i] = d * (float)((int32_t)strip[j * 4 * tk_strip + 4 * output + i] - 128);
            strip += tk_byte_block;
        }
    }
}

// MARK: Cutting rows

// Half a block: one AVX-512 register, two of AVX2, four of SSE. The compiler splits them as the clone allows.
typedef float Floats __attribute__((vector_size(64), aligned(4)));
typedef int32_t Ints __attribute__((vector_size(64), aligned(4)));
typedef int8_t SignedBytes __attribute__((vector_size(16), aligned(1)));

// Macros, because vectors may not be passed between functions that are compiled for different CPUs.
#define WHOLE(floats, middle) \
    (__builtin_convertvector((floats) * inverse + (float)(middle) + 0.5f, Ints) - (int32_t)(middle))
#define STORE(to, ints) (*(SignedBytes *)(to) = __builtin_convertvector(ints, SignedBytes))

static inline float from_bits(int32_t bits) {
    float x;
    memcpy(&x, &bits, 4);
    return x;
}

static inline __attribute__((always_inline)) void cut_block(
    int8_t *restrict high, int8_t *restrict low, float *restrict scale, int32_t *restrict sum,
    const float *restrict x, const int is_wide) {
    const float most = is_wide ? 16192.0f : 127.0f;
    Floats left = *(const Floats *)x, right = *(const Floats *)(x + 16);
    // Sizes are ordered as their bits are, and what is not finite is above all that is.
    Ints a = (Ints)left & INT32_MAX, b = (Ints)right & INT32_MAX;
    int32_t bits = __builtin_reduce_max(__builtin_elementwise_max(a, b));
    float top = bits < 0x7F800000 ? from_bits(bits) : NAN;
    float inverse = top > 0 ? most / top : 0;
    *scale = top / most;
    if (is_wide) {
        Ints first = WHOLE(left, 16384), second = WHOLE(right, 16384);
        Ints first_high = (first + 64) >> 7, second_high = (second + 64) >> 7;
        STORE(high, first_high);
        STORE(high + 16, second_high);
        STORE(low, first - 128 * first_high);
        STORE(low + 16, second - 128 * second_high);
        *sum = __builtin_reduce_add(first + second);
    } else {
        Ints first = WHOLE(left, 128), second = WHOLE(right, 128);
        STORE(high, first);
        STORE(high + 16, second);
        *sum = __builtin_reduce_add(first + second);
    }
}

static inline __attribute__((always_inline)) void cut_rows(
    int8_t *restrict high, int8_t *restrict low, size_t q_stride, float *restrict scales, int32_t *restrict sums,
    size_t blocks_stride, const float *restrict x, size_t x_stride, size_t rows, size_t n, const int is_wide) {
    for (size_t t = 0; t < rows; t++) {
        int8_t *h = high + t * q_stride, *l = is_wide ? low + t * q_stride : h;
        size_t b = 0;
        for (; (b + 1) * tk_block <= n; b++)
            cut_block(h + b * tk_block, l + b * tk_block, scales + b, sums + b, x + b * tk_block, is_wide);
        if (b * tk_block < n) {
            float rest[tk_block] = {0};
            memcpy(rest, x + b * tk_block, (n - b * tk_block) * sizeof *rest);
            cut_block(h + b * tk_block, l + b * tk_block, scales + b, sums + b, rest, is_wide);
        }
        scales += blocks_stride;
        sums += blocks_stride;
        x += x_stride;
    }
}

CLONES void tk_cut_rows(
    int8_t *high, int8_t *low, size_t q_stride, float *scales, int32_t *sums, size_t blocks_stride, const float *x,
    size_t x_stride, size_t rows, size_t n) {
    if (low)
        cut_rows(high, low, q_stride, scales, sums, blocks_stride, x, x_stride, rows, n, 1);
    else
        cut_rows(high, high, q_stride, scales, sums, blocks_stride, x, x_stride, rows, n, 0);
}

// MARK: Adapters

CLONES void tk_add_thin(
    float *restrict y, size_t y_stride, const float *restrict h, size_t h_stride, const float *restrict b,
    size_t b_stride, size_t rows, size_t rank, size_t columns) {
    for (size_t t = 0; t < rows; t++, y += y_stride, h += h_stride)
        for (size_t k = 0; k < rank; k++) {
            float share = h[k];
            const float *row = b + k * b_stride;
            for (size_t i = 0; i < columns; i++) y[i] += share * row[i];
        }
}
