#include "clones.h"
#include "kernels.h"
#include <string.h>

// Products with a side that is only a few numbers long, as an adapter's are: bound by how often the long side is read.

enum { lanes = 16 };
typedef float Floats __attribute__((vector_size(64), aligned(4)));

#define LOAD(from) (*(const Floats *)(from))
#define INLINE static inline __attribute__((always_inline))

// Sixteen numbers added in pairs from far to near: the same order on every CPU.
INLINE float sum_of(const float *s) {
    float pairs[8], fours[4];
    for (int i = 0; i < 8; i++) pairs[i] = s[i] + s[i + 8];
    for (int i = 0; i < 4; i++) fours[i] = pairs[i] + pairs[i + 4];
    return (fours[0] + fours[2]) + (fours[1] + fours[3]);
}

INLINE void dot_corner(
    float *restrict h, size_t h_stride, const float *restrict x, size_t x_stride, const float *restrict a,
    size_t a_stride, size_t n, float alpha, const int rows, const int ranks) {
    Floats sums[4][4];
    float tails[4][4];
    for (int t = 0; t < rows; t++)
        for (int r = 0; r < ranks; r++) {
            sums[t][r] = (Floats){0};
            tails[t][r] = 0;
        }
    size_t i = 0;
    for (; i + lanes <= n; i += lanes)
        for (int t = 0; t < rows; t++)
            for (int r = 0; r < ranks; r++) sums[t][r] += LOAD(x + t * x_stride + i) * LOAD(a + r * a_stride + i);
    for (; i < n; i++)
        for (int t = 0; t < rows; t++)
            for (int r = 0; r < ranks; r++) tails[t][r] += x[t * x_stride + i] * a[r * a_stride + i];
    for (int t = 0; t < rows; t++)
        for (int r = 0; r < ranks; r++) {
            float lane[lanes];
            memcpy(lane, &sums[t][r], sizeof lane);
            h[t * h_stride + r] = alpha * (sum_of(lane) + tails[t][r]);
        }
}

CLONES void tk_thin_product(
    float *restrict h, const float *restrict x, size_t x_stride, const float *restrict a, size_t a_stride, size_t rows,
    size_t n, size_t rank, float alpha) {
    for (size_t t = 0; t < rows; t += 4) {
        int isWhole = t + 4 <= rows;
        for (size_t r = 0; r < rank; r += 4) {
            if (isWhole && r + 4 <= rank) {
                dot_corner(
                    h + t * rank + r, rank, x + t * x_stride, x_stride, a + r * a_stride, a_stride, n, alpha, 4, 4);
            } else {
                for (size_t u = t; u < rows && u < t + 4; u++)
                    for (size_t s = r; s < rank && s < r + 4; s++)
                        dot_corner(
                            h + u * rank + s, rank, x + u * x_stride, x_stride, a + s * a_stride, a_stride, n, alpha, 1,
                            1);
            }
        }
    }
}

// Adds `rows` rows' part to `ranks` by `vectors` registers of the sum.
INLINE void outer_corner(
    float *restrict g, size_t g_stride, const float *restrict h, size_t h_stride, const float *restrict x,
    size_t x_stride, size_t rows, float alpha, const int ranks, const int vectors) {
    Floats sums[4][2];
    for (int r = 0; r < ranks; r++)
        for (int v = 0; v < vectors; v++) sums[r][v] = (Floats){0};
    for (size_t t = 0; t < rows; t++)
        for (int r = 0; r < ranks; r++)
            for (int v = 0; v < vectors; v++) sums[r][v] += h[t * h_stride + r] * LOAD(x + t * x_stride + v * lanes);
    for (int r = 0; r < ranks; r++)
        for (int v = 0; v < vectors; v++) *(Floats *)(g + r * g_stride + v * lanes) += alpha * sums[r][v];
}

CLONES void tk_thin_outer(
    float *restrict g, size_t g_stride, const float *restrict h, size_t h_stride, const float *restrict x,
    size_t x_stride, size_t rows, size_t n, size_t rank, float alpha) {
    // So few rows at a time that what is read of x stays in the nearest cache.
    enum { block = 32 };
    for (size_t t = 0; t < rows; t += block, h += block * h_stride, x += block * x_stride) {
        size_t count = rows - t < block ? rows - t : block;
        size_t i = 0;
        for (; i + 2 * lanes <= n; i += 2 * lanes) {
            size_t r = 0;
            for (; r + 4 <= rank; r += 4)
                outer_corner(g + r * g_stride + i, g_stride, h + r, h_stride, x + i, x_stride, count, alpha, 4, 2);
            for (; r < rank; r++)
                outer_corner(g + r * g_stride + i, g_stride, h + r, h_stride, x + i, x_stride, count, alpha, 1, 2);
        }
        for (; i < n; i++)
            for (size_t r = 0; r < rank; r++) {
                float sum = 0;
                for (size_t u = 0; u < count; u++) sum += h[u * h_stride + r] * x[u * x_stride + i];
                g[r * g_stride + i] += alpha * sum;
            }
    }
}
