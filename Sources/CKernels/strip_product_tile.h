// One tile of a product with a strip for one width of vector register. Included by strip_product.c once for each CPU, with
// LANES (int32 numbers in a register), ROWS (of a tile), TARGET (what the CPU has to have), DOT(sums, unsigned, signed,
// isSmall), where small unsigned bytes are at most 15, HALVES(from) and NAME(word) defined. A tile is two registers wide.

typedef int32_t NAME(Ints) __attribute__((vector_size(4 * LANES), aligned(4)));
typedef uint32_t NAME(Words) __attribute__((vector_size(4 * LANES), aligned(4)));
typedef float NAME(Floats) __attribute__((vector_size(4 * LANES), aligned(4)));

#define INLINE static inline __attribute__((always_inline, target(TARGET)))

INLINE void NAME(store)(
    NAME(Floats) sums[ROWS][2], const tk_strip_product *p, size_t row, size_t lane, const int rows) {
    for (int r = 0; r < rows; r++)
        for (int v = 0; v < 2; v++) {
            size_t first = lane + v * LANES, place = (row + r) * p->y_stride + first;
            if (first + LANES <= p->columns) {
                if (p->added) sums[r][v] += *(const NAME(Floats) *)(p->added + place);
                *(NAME(Floats) *)(p->y + place) = sums[r][v];
            } else {
                for (size_t i = 0; first + i < p->columns; i++)
                    p->y[place + i] = sums[r][v][i] + (p->added ? p->added[place + i] : 0);
            }
        }
}

// Adds one block's products with the rows' bytes at x to whole sums.
INLINE void NAME(dot)(
    NAME(Ints) dots[ROWS][2], const uint8_t *w, const int8_t *x, size_t x_stride, const int rows, const int form) {
    if (form == tk_nibbles) {
#pragma clang loop unroll(full)
        for (int j = 0; j < 4; j++, w += 4 * tk_strip) {
            NAME(Words) low[2], high[2];
            for (int v = 0; v < 2; v++) {
                NAME(Words) both = *(const NAME(Words) *)(w + 4 * v * LANES);
                low[v] = both & 0x0F0F0F0Fu;
                high[v] = both >> 4 & 0x0F0F0F0Fu;
            }
            for (int r = 0; r < rows; r++) {
                int32_t four, next;
                memcpy(&four, x + r * x_stride + 8 * j, 4);
                memcpy(&next, x + r * x_stride + 8 * j + 4, 4);
                NAME(Ints) same = (NAME(Ints)){0} + four, other = (NAME(Ints)){0} + next;
                for (int v = 0; v < 2; v++) {
                    dots[r][v] = DOT(dots[r][v], (NAME(Ints))low[v], same, 1);
                    dots[r][v] = DOT(dots[r][v], (NAME(Ints))high[v], other, 1);
                }
            }
        }
    } else {
#pragma clang loop unroll(full)
        for (int j = 0; j < 8; j++, w += 4 * tk_strip) {
            NAME(Ints) weights[2];
            for (int v = 0; v < 2; v++) weights[v] = *(const NAME(Ints) *)(w + 4 * v * LANES);
            for (int r = 0; r < rows; r++) {
                int32_t four;
                memcpy(&four, x + r * x_stride + 4 * j, 4);
                NAME(Ints) same = (NAME(Ints)){0} + four;
                for (int v = 0; v < 2; v++) dots[r][v] = DOT(dots[r][v], weights[v], same, form != tk_bytes);
            }
        }
    }
}

// The sums of each block are whole numbers, exact at every width; they are added up in f32 in the blocks' order.
INLINE void NAME(tile)(
    const tk_strip_product *p, const uint8_t *strip, size_t row, size_t lane, const int rows, const int form,
    const int is_wide) {
    const size_t codes = form == tk_nibbles ? 512 : 1024, step = block_bytes(form);
    NAME(Floats) sums[ROWS][2];
    for (int r = 0; r < rows; r++)
        for (int v = 0; v < 2; v++) sums[r][v] = (NAME(Floats)){0};
    for (size_t b = 0; b < p->blocks; b++, strip += step) {
        const size_t from = row * p->x_stride + b * tk_block, place = row * p->blocks_stride + b;
        // Weights come from far: with several rows the CPU does not look far enough ahead by itself.
        if (form != spread && lane == 0 && row == 0)
            for (size_t i = 0; i < step; i += 64) __builtin_prefetch(strip + 4 * step + i);
        NAME(Ints) dots[ROWS][2];
        for (int r = 0; r < rows; r++)
            for (int v = 0; v < 2; v++) dots[r][v] = (NAME(Ints)){0};
        if (is_wide) {
            NAME(dot)(dots, strip + 4 * lane, p->x + from, p->x_stride, rows, form);
            for (int r = 0; r < rows; r++)
                for (int v = 0; v < 2; v++) dots[r][v] <<= 7;
        }
        if (form == tk_bytes)
            for (int r = 0; r < rows; r++)
                for (int v = 0; v < 2; v++) dots[r][v] -= 128 * p->x_sums[place + r * p->blocks_stride];
        NAME(dot)(dots, strip + 4 * lane, (is_wide ? p->x_low : p->x) + from, p->x_stride, rows, form);
        const uint8_t *scales = strip + codes + 2 * lane;
        NAME(Floats) d[2], m[2];
        for (int v = 0; v < 2; v++) {
            d[v] = HALVES(scales + 2 * v * LANES);
            if (form != tk_bytes) m[v] = HALVES(scales + 2 * tk_strip + 2 * v * LANES);
        }
        for (int r = 0; r < rows; r++) {
            float scale = p->x_scales[place + r * p->blocks_stride];
            float sum = scale * (float)p->x_sums[place + r * p->blocks_stride];
            for (int v = 0; v < 2; v++) {
                sums[r][v] += __builtin_convertvector(dots[r][v], NAME(Floats)) * (d[v] * scale);
                if (form != tk_bytes) sums[r][v] += m[v] * sum;
            }
        }
    }
    NAME(store)(sums, p, row, lane, rows);
}

INLINE void NAME(form)(const tk_strip_product *p, const uint8_t *strip, const int form, const int is_wide) {
    for (size_t lane = 0; lane < p->columns; lane += 2 * LANES)
        for (size_t row = 0; row < p->rows;) {
            // Tiles of nearly equal height, so that none is a lonely row.
            size_t left = p->rows - row, tiles = (left + ROWS - 1) / ROWS, count = (left + tiles - 1) / tiles;
            switch (count) {
#if ROWS > 4
            case 8: NAME(tile)(p, strip, row, lane, 8, form, is_wide); break;
            case 7: NAME(tile)(p, strip, row, lane, 7, form, is_wide); break;
            case 6: NAME(tile)(p, strip, row, lane, 6, form, is_wide); break;
            case 5: NAME(tile)(p, strip, row, lane, 5, form, is_wide); break;
            case 4: NAME(tile)(p, strip, row, lane, 4, form, is_wide); break;
#endif
            case 3: NAME(tile)(p, strip, row, lane, 3, form, is_wide); break;
            case 2: NAME(tile)(p, strip, row, lane, 2, form, is_wide); break;
            default: NAME(tile)(p, strip, row, lane, 1, form, is_wide); break;
            }
            row += count;
        }
}

#define FORM(name, strip, kind) \
    static __attribute__((target(TARGET), noinline)) void NAME(name)(const tk_strip_product *p) { \
        NAME(form)(p, strip, kind, 0); \
    } \
    static __attribute__((target(TARGET), noinline)) void NAME(name##_wide)(const tk_strip_product *p) { \
        NAME(form)(p, strip, kind, 1); \
    }
FORM(nibbles, p->strip, tk_nibbles)
FORM(bytes, p->strip, tk_bytes)
FORM(spread, p->spread, spread)
#undef FORM

static void NAME(product)(const tk_strip_product *p) {
    if (p->form == tk_bytes) return p->x_low ? NAME(bytes_wide)(p) : NAME(bytes)(p);
    if (!p->spread || p->rows < rows_worth_spreading) return p->x_low ? NAME(nibbles_wide)(p) : NAME(nibbles)(p);
    spread_nibbles(p->spread, p->strip, p->blocks);
    if (p->x_low) NAME(spread_wide)(p); else NAME(spread)(p);
}

#undef LANES
#undef ROWS
#undef TARGET
#undef DOT
#undef HALVES
#undef NAME
#undef INLINE
