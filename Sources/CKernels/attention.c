#include "kernels.h"

// Products of attention: small, one side of them a head's few channels, and half of each left out.

#if defined(__x86_64__)
#define LANES 16
#define ROWS 6
#define TARGET __attribute__((target("avx512f")))
#define NAME(word) wide_##word
#include "small_product_tile.h"

#define LANES 8
#define ROWS 6
#define TARGET __attribute__((target("avx2,fma")))
#define NAME(word) narrow_##word
#include "small_product_tile.h"
#endif

// Registers that every CPU has, and the yardstick of the two above.
#define LANES 4
#define ROWS 4
#define TARGET
#define NAME(word) plain_##word
#include "small_product_tile.h"

// Rows that see the same keys, nearly: as many as are worked on at once.
enum { group = 6 };

typedef void Product(
    float *c, size_t c_stride, const float *a, size_t a_row, size_t a_step, const float *b, size_t b_stride,
    size_t rows, size_t columns, size_t inner, int accumulate);

static Product *product_of(int level) {
#if defined(__x86_64__)
    if (level == 2) return wide_product;
    if (level == 1) return narrow_product;
#endif
    return plain_product;
}

int tk_float_level(void) {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f")) return 2;
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return 1;
#endif
    return 0;
}

static inline size_t least(size_t a, size_t b) { return a < b ? a : b; }

void tk_turn_heads(
    float *restrict turned, size_t stride, const float *restrict x, size_t x_stride, size_t rows, size_t size) {
    size_t t = 0;
    // Four at a time, so that what is written together lies together.
    for (; t + 4 <= rows; t += 4)
        for (size_t i = 0; i < size; i++)
            for (size_t u = 0; u < 4; u++) turned[i * stride + t + u] = x[(t + u) * x_stride + i];
    for (; t < rows; t++)
        for (size_t i = 0; i < size; i++) turned[i * stride + t] = x[t * x_stride + i];
}

void tk_causal_scores(
    float *s, size_t stride, const float *q, size_t q_stride, const float *turned, size_t turned_stride, size_t rows,
    size_t columns, size_t size, size_t first, int level) {
    Product *product = product_of(level);
    for (size_t t = 0; t < rows; t += group) {
        size_t count = least(group, rows - t), seen = least(first + t + count, columns);
        // Whole registers, where the rows have room for them.
        size_t whole = (seen + 15) / 16 * 16;
        if (whole <= stride && whole <= turned_stride) seen = whole;
        product(s + t * stride, stride, q + t * q_stride, q_stride, 1, turned, turned_stride, count, seen, size, 0);
    }
}

void tk_causal_mix(
    float *o, size_t o_stride, const float *p, size_t stride, const float *v, size_t v_stride, size_t rows,
    size_t columns, size_t size, size_t first, int level) {
    Product *product = product_of(level);
    for (size_t t = 0; t < rows; t += group) {
        size_t count = least(group, rows - t), seen = least(first + t + count, columns);
        product(o + t * o_stride, o_stride, p + t * stride, stride, 1, v, v_stride, count, size, seen, 0);
    }
}

void tk_causal_gather(
    float *d, size_t d_stride, const float *p, size_t stride, const float *x, size_t x_stride, size_t rows,
    size_t columns, size_t size, size_t first, int level) {
    Product *product = product_of(level);
    for (size_t j = 0; j < columns; j += group) {
        size_t count = least(group, columns - j), from = j > first ? j - first : 0;
        if (from >= rows) break;
        product(
            d + j * d_stride, d_stride, p + from * stride + j, 1, stride, x + from * x_stride, x_stride, count, size,
            rows - from, 1);
    }
}
