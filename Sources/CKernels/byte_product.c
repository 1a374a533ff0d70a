#include "clones.h"
#include "kernels.h"
#include <string.h>

#if defined(__x86_64__)
// Twenty-four accumulators of thirty-two registers.
#define LANES 16
#define ROWS 8
#define VECTORS 3
#define TARGET "avx512f,avx512bw,avx512vl,avx512vnni"
#define DOT(sums, bytes, weights) ((wide_Ints)__builtin_ia32_vpdpbusd512(sums, bytes, weights))
#define NAME(word) wide_##word
#include "byte_product_tile.h"

// Twelve of sixteen.
#define LANES 8
#define ROWS 6
#define VECTORS 2
#define TARGET "avx2,fma,avxvnni"
#define DOT(sums, bytes, weights) ((narrow_Ints)__builtin_ia32_vpdpbusd256(sums, bytes, weights))
#define NAME(word) narrow_##word
#include "byte_product_tile.h"
#endif

// Any other CPU, and the yardstick of the two above.
CLONES static void plain_product(const tk_byte_product *p) {
    for (size_t row = 0; row < p->rows; row++)
        for (size_t lane = 0; lane < p->columns; lane++) {
            const uint8_t *x = p->x + row * p->x_stride;
            int32_t sum = p->starts[lane];
            for (size_t k = 0; k < p->inputs; k++)
                sum += (int32_t)x[k] * p->panel[k / 4 * 4 * tk_panel + 4 * lane + k % 4];
            float y = (float)sum * (p->column_scales[lane] * p->row_scales[row]);
            for (size_t k = 0; k < p->rank; k++) y += p->inner[row * p->rank + k] * p->thin[k * p->thin_stride + lane];
            size_t place = row * p->y_stride + lane;
            p->y[place] = y + (p->added ? p->added[place] : 0);
        }
}

int tk_byte_level(void) {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("avx512bw")) return 2;
    if (__builtin_cpu_supports("avxvnni")) return 1;
#endif
    return 0;
}

void tk_multiply_bytes(const tk_byte_product *p, int level) {
#if defined(__x86_64__)
    if (level == 2) return wide_product(p);
    if (level == 1) return narrow_product(p);
#endif
    plain_product(p);
}
