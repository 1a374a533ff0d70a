#include "clones.h"
#include "kernels.h"
#include <math.h>

// The largest |x ⊙ columns|, in lanes so that it vectorizes; NaN when any of them is not finite.
static inline __attribute__((always_inline)) float
largest_size(const float *restrict x, const float *restrict columns, size_t n) {
    enum { lanes = 32 };
    // Nothing times a finite number adds nothing; times another it is NaN, and stays.
    float top[lanes] = {0}, fault[lanes] = {0}, all = 0, faults = 0;
    size_t i = 0;
    for (; i + lanes <= n; i += lanes)
        for (int j = 0; j < lanes; j++) {
            float size = fabsf(x[i + j] * columns[i + j]);
            top[j] = size > top[j] ? size : top[j];
            fault[j] += size * 0.0f;
        }
    for (; i < n; i++) {
        float size = fabsf(x[i] * columns[i]);
        all = size > all ? size : all;
        faults += size * 0.0f;
    }
    for (int j = 0; j < lanes; j++) {
        all = top[j] > all ? top[j] : all;
        faults += fault[j];
    }
    return all + faults;
}

CLONES void tk_quantize_weights(
    int8_t *restrict q, float *restrict scale, const float *restrict w, const float *restrict columns, size_t rows,
    size_t n) {
    for (size_t r = 0; r < rows; r++, w += n, q += n) {
        float top = largest_size(w, columns, n), inverse = top > 0 ? 127.0f / top : 0;
        scale[r] = top / 127.0f;
        for (size_t i = 0; i < n; i++) q[i] = (int8_t)((int32_t)(w[i] * columns[i] * inverse + 128.5f) - 128);
    }
}

CLONES void tk_quantize_rest(
    uint8_t *restrict rest, float *restrict rest_scale, const uint8_t *restrict q, size_t q_stride,
    const float *restrict scale, const float *restrict x, const float *restrict columns, size_t rows, size_t n) {
    for (size_t r = 0; r < rows; r++, x += n, q += q_stride, rest += q_stride) {
        float whole = scale[r], finer = whole / 254.0f, inverse = finer > 0 ? 1.0f / finer : 0;
        for (size_t i = 0; i < n; i++) {
            float left = x[i] * columns[i] - (float)((int32_t)q[i] - 128) * whole;
            rest[i] = (uint8_t)(int32_t)(left * inverse + 128.5f);
        }
        rest_scale[r] = finer;
    }
}

CLONES void tk_quantize_rows(
    uint8_t *restrict q, size_t q_stride, float *restrict scale, const float *restrict x,
    const float *restrict columns, size_t rows, size_t n) {
    for (size_t r = 0; r < rows; r++, x += n, q += q_stride) {
        float top = largest_size(x, columns, n), inverse = top > 0 ? 127.0f / top : 0;
        // A row that is not finite has a scale of NaN, which carries the fault into the product.
        scale[r] = top / 127.0f;
        for (size_t i = 0; i < n; i++) q[i] = (uint8_t)(int32_t)(x[i] * columns[i] * inverse + 128.5f);
    }
}
