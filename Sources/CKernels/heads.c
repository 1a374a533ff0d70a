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
