// Small products in f32 for one width of vector register. Included by attention.c once for each width, with LANES (floats
// in a register), ROWS (of a tile), TARGET (an attribute for what the CPU has to have) and NAME(word) defined. A tile is as wide as four
// registers at LANES 16, where there are thirty-two of them, and as two elsewhere.

typedef float NAME(Floats) __attribute__((vector_size(4 * LANES), aligned(4)));

static inline __attribute__((always_inline)) TARGET void NAME(tile)(
    float *c, size_t c_stride, const float *a, size_t a_row, size_t a_step, const float *b, size_t b_stride,
    size_t inner, int accumulate, const int rows, const int vectors) {
    NAME(Floats) sums[ROWS][4];
    for (int r = 0; r < rows; r++)
        for (int v = 0; v < vectors; v++)
            sums[r][v] = accumulate ? *(const NAME(Floats) *)(c + r * c_stride + v * LANES) : (NAME(Floats)){0};
    for (size_t k = 0; k < inner; k++, a += a_step, b += b_stride) {
        NAME(Floats) row[4];
        for (int v = 0; v < vectors; v++) row[v] = *(const NAME(Floats) *)(b + v * LANES);
        for (int r = 0; r < rows; r++)
            for (int v = 0; v < vectors; v++) sums[r][v] += a[r * a_row] * row[v];
    }
    for (int r = 0; r < rows; r++)
        for (int v = 0; v < vectors; v++) *(NAME(Floats) *)(c + r * c_stride + v * LANES) = sums[r][v];
}

// A strip of columns as wide as `vectors` registers.
static inline __attribute__((always_inline)) TARGET void NAME(strip)(
    float *c, size_t c_stride, const float *a, size_t a_row, size_t a_step, const float *b, size_t b_stride,
    size_t rows, size_t inner, int accumulate, const int vectors) {
    size_t r = 0;
    for (; r + ROWS <= rows; r += ROWS)
        NAME(tile)(
            c + r * c_stride, c_stride, a + r * a_row, a_row, a_step, b, b_stride, inner, accumulate, ROWS, vectors);
    for (; r + 2 <= rows; r += 2)
        NAME(tile)(
            c + r * c_stride, c_stride, a + r * a_row, a_row, a_step, b, b_stride, inner, accumulate, 2, vectors);
    for (; r < rows; r++)
        NAME(tile)(
            c + r * c_stride, c_stride, a + r * a_row, a_row, a_step, b, b_stride, inner, accumulate, 1, vectors);
}

static __attribute__((noinline)) TARGET void NAME(product)(
    float *c, size_t c_stride, const float *a, size_t a_row, size_t a_step, const float *b, size_t b_stride,
    size_t rows, size_t columns, size_t inner, int accumulate) {
    size_t i = 0;
#if LANES == 16
    for (; i + 4 * LANES <= columns; i += 4 * LANES)
        NAME(strip)(c + i, c_stride, a, a_row, a_step, b + i, b_stride, rows, inner, accumulate, 4);
#endif
    for (; i + 2 * LANES <= columns; i += 2 * LANES)
        NAME(strip)(c + i, c_stride, a, a_row, a_step, b + i, b_stride, rows, inner, accumulate, 2);
    for (; i + LANES <= columns; i += LANES)
        NAME(strip)(c + i, c_stride, a, a_row, a_step, b + i, b_stride, rows, inner, accumulate, 1);
    for (; i < columns; i++)
        for (size_t r = 0; r < rows; r++) {
            float sum = accumulate ? c[r * c_stride + i] : 0;
            for (size_t k = 0; k < inner; k++) sum += a[r * a_row + k * a_step] * b[k * b_stride + i];
            c[r * c_stride + i] = sum;
        }
}

#undef LANES
#undef ROWS
#undef TARGET
#undef NAME
