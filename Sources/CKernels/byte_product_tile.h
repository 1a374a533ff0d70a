// One tile of a product in bytes for one width of vector register. Included by byte_product.c once for each width, with
// LANES (int32 numbers in a register), ROWS and VECTORS (a tile's accumulators, so many that registers suffice), TARGET
// (what the CPU has to have), DOT(sums, unsigned, signed) and NAME(word) defined.

typedef int32_t NAME(Ints) __attribute__((vector_size(4 * LANES), aligned(4)));
typedef float NAME(Floats) __attribute__((vector_size(4 * LANES), aligned(4)));

// The epilogue of `rows` rows by `vectors` registers from their sums: scales, the thin product, what is added to.
static inline __attribute__((always_inline, target(TARGET))) void NAME(finish)(
    NAME(Ints) sums[ROWS][VECTORS], const tk_byte_product *p, size_t row, size_t lane, const int rows,
    const int vectors) {
    NAME(Floats) y[ROWS][VECTORS];
    for (int v = 0; v < vectors; v++) {
        NAME(Floats) columns = *(const NAME(Floats) *)(p->column_scales + lane + v * LANES);
        for (int r = 0; r < rows; r++)
            y[r][v] = __builtin_convertvector(sums[r][v], NAME(Floats)) * (columns * p->row_scales[row + r]);
    }
    for (size_t k = 0; k < p->rank; k++)
        for (int v = 0; v < vectors; v++) {
            NAME(Floats) thin = *(const NAME(Floats) *)(p->thin + k * p->thin_stride + lane + v * LANES);
            for (int r = 0; r < rows; r++) y[r][v] += p->inner[(row + r) * p->rank + k] * thin;
        }
    for (int r = 0; r < rows; r++)
        for (int v = 0; v < vectors; v++) {
            size_t place = (row + r) * p->y_stride + lane + v * LANES;
            if (lane + (v + 1) * LANES <= p->columns) {
                if (p->added) y[r][v] += *(const NAME(Floats) *)(p->added + place);
                *(NAME(Floats) *)(p->y + place) = y[r][v];
            } else {
                for (int i = 0; lane + v * LANES + i < p->columns; i++)
                    p->y[place + i] = y[r][v][i] + (p->added ? p->added[place + i] : 0);
            }
        }
}

static inline __attribute__((always_inline, target(TARGET))) void NAME(tile)(
    const tk_byte_product *p, size_t row, size_t lane, const int rows, const int vectors) {
    NAME(Ints) sums[ROWS][VECTORS];
    for (int r = 0; r < rows; r++)
        for (int v = 0; v < vectors; v++) sums[r][v] = *(const NAME(Ints) *)(p->starts + lane + v * LANES);
    const int8_t *w = p->panel + 4 * lane;
    const uint8_t *x = p->x + row * p->x_stride;
    for (size_t k = 0; k < p->inputs; k += 4, w += 4 * tk_panel) {
        NAME(Ints) weights[VECTORS];
        for (int v = 0; v < vectors; v++) weights[v] = *(const NAME(Ints) *)(w + 4 * v * LANES);
        for (int r = 0; r < rows; r++) {
            int32_t four;
            memcpy(&four, x + r * p->x_stride + k, 4);
            NAME(Ints) same = (NAME(Ints)){0} + four;
            for (int v = 0; v < vectors; v++) sums[r][v] = DOT(sums[r][v], same, weights[v]);
        }
    }
    NAME(finish)(sums, p, row, lane, rows, vectors);
}

static __attribute__((target(TARGET), noinline)) void NAME(product)(const tk_byte_product *p) {
    for (size_t lane = 0; lane < tk_panel && lane < p->columns; lane += LANES * VECTORS) {
        size_t row = 0;
        for (; row + ROWS <= p->rows; row += ROWS) NAME(tile)(p, row, lane, ROWS, VECTORS);
        for (; row + 4 <= p->rows; row += 4) NAME(tile)(p, row, lane, 4, VECTORS);
        for (; row < p->rows; row++) NAME(tile)(p, row, lane, 1, VECTORS);
    }
}

#undef LANES
#undef ROWS
#undef VECTORS
#undef TARGET
#undef DOT
#undef NAME
