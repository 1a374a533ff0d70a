#include "heads.h"
#include "clones.h"

CLONES void tk_norm_backward_in_place(
    float *restrict dy, const float *restrict x, const float *restrict w, const float *restrict r, size_t rows,
    size_t n) {
    for (size_t t = 0; t < rows; t++, dy += n, x += n) {
        float sum = 0;
        {
            REASSOCIATE
            for (size_t i = 0; i < n; i++) sum += w[i] * dy[i] * x[i];
        }
        float share = sum / (float)n * r[t] * r[t];
        for (size_t i = 0; i < n; i++) dy[i] = r[t] * (w[i] * dy[i] - x[i] * share);
    }
}

CLONES void tk_add_to_rows(float *restrict y, const float *restrict b, size_t rows, size_t n) {
    for (size_t t = 0; t < rows; t++, y += n) {
        for (size_t i = 0; i < n; i++) y[i] += b[i];
    }
}

CLONES void tk_turn_head(
    float *restrict x, size_t stride, const int32_t *restrict positions, const float *restrict cosines,
    const float *restrict sines, size_t rows, size_t size) {
    size_t half = size / 2;
    for (size_t t = 0; t < rows; t++, x += stride) {
        const float *c = cosines + (size_t)positions[t] * half, *s = sines + (size_t)positions[t] * half;
        float *a = x, *b = x + half;
        for (size_t i = 0; i < half; i++) {
            float turned = a[i] * c[i] - b[i] * s[i];
            b[i] = b[i] * c[i] + a[i] * s[i];
            a[i] = turned;
        }
    }
}
