#include "clones.h"
#include "exponential.h"
#include "kernels.h"
#include <math.h>
#include <string.h>

// MARK: RMSNorm

CLONES void tk_rms_norm(
    float *restrict y, float *restrict r, const float *restrict x, const float *restrict w, size_t rows, size_t n,
    float eps) {
    REASSOCIATE
    for (size_t t = 0; t < rows; t++, x += n, y += n) {
        float sum = 0;
        for (size_t i = 0; i < n; i++) sum += x[i] * x[i];
        float scale = 1.0f / sqrtf(sum / (float)n + eps);
        r[t] = scale;
        for (size_t i = 0; i < n; i++) y[i] = w[i] * (x[i] * scale);
    }
}

CLONES void tk_rms_norm_backward(
    float *restrict dx, const float *restrict dy, const float *restrict x, const float *restrict w,
    const float *restrict r, size_t rows, size_t n) {
    REASSOCIATE
    for (size_t t = 0; t < rows; t++, x += n, dx += n, dy += n) {
        float sum = 0, scale = r[t];
        for (size_t i = 0; i < n; i++) sum += w[i] * dy[i] * x[i];
        float pull = sum / (float)n * scale * scale;
        for (size_t i = 0; i < n; i++) dx[i] += scale * (w[i] * dy[i] - x[i] * pull);
    }
}

// MARK: RoPE

CLONES void tk_rope(
    float *restrict x, const int32_t *restrict positions, const float *restrict cosines, const float *restrict sines,
    size_t rows, size_t heads, size_t size, float direction) {
    size_t half = size / 2;
    for (size_t t = 0; t < rows; t++) {
        const float *c = cosines + (size_t)positions[t] * half, *s = sines + (size_t)positions[t] * half;
        for (size_t h = 0; h < heads; h++, x += size) {
            float *a = x, *b = x + half;
            for (size_t i = 0; i < half; i++) {
                float turned = a[i] * c[i] - b[i] * s[i] * direction;
                b[i] = b[i] * c[i] + a[i] * s[i] * direction;
                a[i] = turned;
            }
        }
    }
}

// MARK: SwiGLU

CLONES void tk_swiglu(float *restrict y, const float *restrict gate, const float *restrict up, size_t n) {
    for (size_t i = 0; i < n; i++) y[i] = gate[i] / (1.0f + exponential(-gate[i])) * up[i];
}

CLONES void tk_swiglu_backward(
    float *dgate, float *dup, const float *restrict dy, const float *gate, const float *up, size_t n) {
#pragma clang loop vectorize(assume_safety)
    for (size_t i = 0; i < n; i++) {
        float g = gate[i], u = up[i], s = 1.0f / (1.0f + exponential(-g));
        dgate[i] = dy[i] * u * s * (1.0f + g * (1.0f - s));
        dup[i] = dy[i] * g * s;
    }
}

// MARK: Softmax

// The largest of n values, −∞ for none; a NaN is passed over. In lanes, since a float maximum in order does not vectorize.
static inline __attribute__((always_inline)) float largest(const float *restrict x, size_t n) {
    enum { lanes = 32 };
    float top[lanes], all = -INFINITY;
    for (int j = 0; j < lanes; j++) top[j] = -INFINITY;
    size_t i = 0;
    for (; i + lanes <= n; i += lanes)
        for (int j = 0; j < lanes; j++) top[j] = x[i + j] > top[j] ? x[i + j] : top[j];
    for (; i < n; i++) all = x[i] > all ? x[i] : all;
    for (int j = 0; j < lanes; j++) all = top[j] > all ? top[j] : all;
    return all;
}

CLONES void tk_causal_softmax(
    float *restrict scores, size_t rows, size_t columns, size_t stride, size_t first, float scale) {
    REASSOCIATE
    for (size_t i = 0; i < rows; i++, scores += stride) {
        size_t seen = first + i + 1 < columns ? first + i + 1 : columns;
        float top = largest(scores, seen), sum = 0;
        for (size_t j = 0; j < seen; j++) {
            scores[j] = exponential((scores[j] - top) * scale);
            sum += scores[j];
        }
        float share = 1.0f / sum;
        for (size_t j = 0; j < seen; j++) scores[j] *= share;
        for (size_t j = seen; j < columns; j++) scores[j] = 0;
    }
}

CLONES void tk_causal_softmax_backward(
    float *restrict dp, const float *restrict p, size_t rows, size_t columns, size_t stride, size_t first,
    float scale) {
    REASSOCIATE
    for (size_t i = 0; i < rows; i++, dp += stride, p += stride) {
        size_t seen = first + i + 1 < columns ? first + i + 1 : columns;
        float sum = 0;
        for (size_t j = 0; j < seen; j++) sum += p[j] * dp[j];
        for (size_t j = 0; j < seen; j++) dp[j] = scale * p[j] * (dp[j] - sum);
        for (size_t j = seen; j < columns; j++) dp[j] = 0;
    }
}

CLONES void tk_cross_entropy(
    float *restrict logits, float *restrict loss, int32_t *restrict best, const int32_t *restrict targets,
    const float *weights, size_t rows, size_t n) {
    REASSOCIATE
    for (size_t t = 0; t < rows; t++, logits += n) {
        float top = largest(logits, n);
        size_t first = 0;
        while (first + 1 < n && logits[first] != top) first++;
        best[t] = (int32_t)first;
        float chosen = logits[targets[t]], sum = 0;
        if (weights) {
            for (size_t i = 0; i < n; i++) {
                logits[i] = exponential(logits[i] - top);
                sum += logits[i];
            }
            float share = weights[t] / sum;
            for (size_t i = 0; i < n; i++) logits[i] *= share;
            logits[targets[t]] -= weights[t];
        } else {
            for (size_t i = 0; i < n; i++) sum += exponential(logits[i] - top);
        }
        loss[t] = logf(sum) + top - chosen;
    }
}

CLONES void tk_cut_softmax(
    uint8_t *restrict q, size_t q_stride, float *restrict scale, float *restrict top, float *restrict sum,
    int32_t *restrict best, float *restrict logits, size_t stride, const float *restrict columns, size_t rows,
    size_t n) {
    REASSOCIATE
    for (size_t t = 0; t < rows; t++, logits += stride, q += q_stride) {
        float most = largest(logits, n), all = 0;
        size_t first = 0;
        while (first + 1 < n && logits[first] != most) first++;
        for (size_t i = 0; i < n; i++) {
            float e = exponential(logits[i] - most);
            all += e;
            logits[i] = e * columns[i];
        }
        float tallest = largest(logits, n), inverse = tallest > 0 ? 255.0f / tallest : 0;
        for (size_t i = 0; i < n; i++) q[i] = (uint8_t)(int32_t)(logits[i] * inverse + 0.5f);
        scale[t] = tallest / 255.0f;
        top[t] = most;
        sum[t] = all;
        best[t] = (int32_t)first;
    }
}

// MARK: Vectors

CLONES uint64_t tk_read(const uint8_t *x, size_t n) {
    typedef uint64_t Words __attribute__((vector_size(64), aligned(8)));
    Words all[4] = {{0}};
    for (size_t i = 0; i + 256 <= n; i += 256)
        for (int j = 0; j < 4; j++) all[j] ^= *(const Words *)(x + i + 64 * j);
    Words one = all[0] ^ all[1] ^ all[2] ^ all[3];
    uint64_t joined = 0;
    for (int j = 0; j < 8; j++) joined ^= one[j];
    return joined;
}

CLONES void tk_add(float *restrict y, const float *restrict x, size_t n) {
    for (size_t i = 0; i < n; i++) y[i] += x[i];
}

CLONES double tk_sum_of_squares(const float *restrict x, size_t n) {
    REASSOCIATE
    double sum = 0;
    for (size_t i = 0; i < n; i++) sum += (double)x[i] * (double)x[i];
    return sum;
}

CLONES void tk_adamw(
    float *restrict w, float *restrict m, float *restrict v, const float *restrict g, size_t n, float rate,
    float beta1, float beta2, float eps, float decay, float scale, float correction1, float correction2) {
    for (size_t i = 0; i < n; i++) {
        float gradient = g[i] * scale;
        m[i] = beta1 * m[i] + (1.0f - beta1) * gradient;
        v[i] = beta2 * v[i] + (1.0f - beta2) * gradient * gradient;
        float step = (m[i] / correction1) / (sqrtf(v[i] / correction2) + eps);
        w[i] -= rate * (step + decay * w[i]);
    }
}
