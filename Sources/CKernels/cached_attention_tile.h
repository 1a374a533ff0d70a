// Attention of a few queries for one width of vector register. Included by cached_attention.c once for each, with LANES
// (floats in a register), VECTORS (registers of keys or values at a time), ROWS (queries at a time), TARGET (an attribute
// for what the CPU has to have), HALVES(from) and NAME(word) defined.

typedef float NAME(Floats) __attribute__((vector_size(4 * LANES), aligned(4)));
#define INLINE static inline __attribute__((always_inline)) TARGET
#define WIDTH (LANES * VECTORS)

// s = q·k for the 64 tokens of a block.
INLINE void NAME(scores)(
    float s[ROWS][tk_cached_tokens], const float *const *q, const uint16_t *keys, size_t size, const int rows) {
    for (size_t first = 0; first < tk_cached_tokens; first += WIDTH) {
        NAME(Floats) sums[ROWS][VECTORS];
        for (int r = 0; r < rows; r++)
            for (int v = 0; v < VECTORS; v++) sums[r][v] = (NAME(Floats)){0};
        for (size_t i = 0; i < size; i++) {
            NAME(Floats) channel[VECTORS];
            for (int v = 0; v < VECTORS; v++) channel[v] = HALVES(keys + i * tk_cached_tokens + first + v * LANES);
            for (int r = 0; r < rows; r++)
                for (int v = 0; v < VECTORS; v++) sums[r][v] += q[r][i] * channel[v];
        }
        for (int r = 0; r < rows; r++)
            for (int v = 0; v < VECTORS; v++) *(NAME(Floats) *)(s[r] + first + v * LANES) = sums[r][v];
    }
}

// o = share · o + p·v for the first `count` tokens of a block, some channels at a time.
INLINE void NAME(mix)(
    float *const *o, const float *shares, float p[ROWS][tk_cached_tokens], const uint16_t *values, size_t count,
    size_t size, const int rows) {
    const size_t stride = padded(size);
    for (size_t first = 0; first < size; first += WIDTH) {
        NAME(Floats) sums[ROWS][VECTORS];
        const size_t width = size - first < WIDTH ? size - first : WIDTH, vectors = (width + LANES - 1) / LANES;
        for (int r = 0; r < rows; r++) {
            float part[WIDTH] = {0};
            memcpy(part, o[r] + first, width * sizeof *part);
            for (int v = 0; v < VECTORS; v++) sums[r][v] = *(NAME(Floats) *)(part + v * LANES) * shares[r];
        }
        if (vectors == VECTORS) {
            for (size_t j = 0; j < count; j++) {
                NAME(Floats) token[VECTORS];
                for (int v = 0; v < VECTORS; v++) token[v] = HALVES(values + j * stride + first + v * LANES);
                for (int r = 0; r < rows; r++)
                    for (int v = 0; v < VECTORS; v++) sums[r][v] += p[r][j] * token[v];
            }
        } else {
            for (size_t v = 0; v < vectors; v++)
                for (size_t j = 0; j < count; j++) {
                    NAME(Floats) token = HALVES(values + j * stride + first + v * LANES);
                    for (int r = 0; r < rows; r++) sums[r][v] += p[r][j] * token;
                }
        }
        for (int r = 0; r < rows; r++) {
            float part[WIDTH];
            for (int v = 0; v < VECTORS; v++) *(NAME(Floats) *)(part + v * LANES) = sums[r][v];
            memcpy(o[r] + first, part, width * sizeof *part);
        }
    }
}

// Queries `item` and following, counted head by head within a row.
INLINE void NAME(tile)(const tk_cached_attention *a, size_t item, const int rows) {
    const float *q[ROWS];
    float *o[ROWS], top[ROWS], total[ROWS], shares[ROWS], p[ROWS][tk_cached_tokens];
    size_t seen[ROWS], most = 0;
    for (int r = 0; r < rows; r++) {
        size_t row = (item + r) / a->heads, head = (item + r) % a->heads;
        q[r] = a->q + row * a->q_stride + head * a->size;
        o[r] = a->o + row * a->o_stride + head * a->size;
        memset(o[r], 0, a->size * sizeof *o[r]);
        top[r] = -INFINITY;
        total[r] = 0;
        seen[r] = a->first + row + 1;
        most = seen[r];
    }
    for (size_t first = 0; first < most; first += tk_cached_tokens) {
        const uint16_t *block = a->blocks[first / tk_cached_tokens];
        NAME(scores)(p, q, block + a->keys, a->size, rows);
        for (int r = 0; r < rows; r++) {
            size_t count = seen[r] <= first ? 0 : seen[r] - first;
            shares[r] = soften(p[r], count < tk_cached_tokens ? count : tk_cached_tokens, a->scale, top + r, total + r);
        }
        size_t count = most - first < tk_cached_tokens ? most - first : tk_cached_tokens;
        NAME(mix)(o, shares, p, block + a->values, count, a->size, rows);
    }
    for (int r = 0; r < rows; r++) {
        float share = 1 / total[r];
        for (size_t i = 0; i < a->size; i++) o[r][i] *= share;
    }
}

static __attribute__((noinline)) TARGET void NAME(attend)(const tk_cached_attention *a) {
    size_t count = a->rows * a->heads, item = 0;
    for (; item + ROWS <= count; item += ROWS) NAME(tile)(a, item, ROWS);
    for (; item + 3 <= count; item += 3) NAME(tile)(a, item, 3);
    for (; item < count; item++) NAME(tile)(a, item, 1);
}

#undef LANES
#undef VECTORS
#undef ROWS
#undef TARGET
#undef HALVES
#undef NAME
#undef INLINE
#undef WIDTH
