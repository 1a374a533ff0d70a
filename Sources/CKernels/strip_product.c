#include "clones.h"
#include "strips.h"
#include <string.h>

// Nibbles that each have a byte, with the scales and minima behind them.
enum { spread = 2 };
// With fewer rows nibbles are taken apart as they are read.
enum { rows_worth_spreading = 12 };

static inline __attribute__((always_inline)) size_t block_bytes(int form) {
    return form == tk_nibbles ? tk_nibble_block : form == tk_bytes ? tk_byte_block : tk_spread_block;
}

CLONES static void spread_nibbles(uint8_t *restrict to, const uint8_t *restrict from, size_t blocks) {
    for (size_t b = 0; b < blocks; b++, from += tk_nibble_block, to += tk_spread_block) {
        for (int j = 0; j < 4; j++)
            for (int i = 0; i < 4 * tk_strip; i++) {
                uint8_t pair = from[j * 4 * tk_strip + i];
                to[2 * j * 4 * tk_strip + i] = pair & 15;
                to[(2 * j + 1) * 4 * tk_strip + i] = pair >> 4;
            }
        memcpy(to + 1024, from + 512, 4 * tk_strip);
    }
}

#if defined(__x86_64__)
#include <immintrin.h>

#define LANES 16
#define ROWS 8
#define TARGET "avx512f,avx512bw,avx512vl,avx512vnni"
#define DOT(sums, bytes, weights, isSmall) ((wide_Ints)__builtin_ia32_vpdpbusd512(sums, bytes, weights))
#define HALVES(from) ((wide_Floats)_mm512_cvtph_ps(_mm256_loadu_si256((const __m256i *)(from))))
#define NAME(word) wide_##word
#include "strip_product_tile.h"

#define LANES 8
#define ROWS 3
#define TARGET "avx2,fma,f16c,avxvnni"
#define DOT(sums, bytes, weights, isSmall) ((narrow_Ints)__builtin_ia32_vpdpbusd256(sums, bytes, weights))
#define HALVES(from) ((narrow_Floats)_mm256_cvtph_ps(_mm_loadu_si128((const __m128i *)(from))))
#define NAME(word) narrow_##word
#include "strip_product_tile.h"

// Without an instruction for the whole, in pairs of 16 bits; large bytes in two halves, which pairs always have room for.
#define PAIRS(bytes, weights) _mm256_maddubs_epi16((__m256i)(bytes), (__m256i)(weights))
#define FOURS(pairs, share) _mm256_madd_epi16(pairs, _mm256_set1_epi16(share))
#define LANES 8
#define ROWS 3
#define TARGET "avx2,fma,f16c"
#define DOT(sums, bytes, weights, isSmall) \
    (isSmall ? sums + (older_Ints)FOURS(PAIRS(bytes, weights), 1) \
             : sums + (older_Ints)FOURS(PAIRS((bytes) & 0x0F0F0F0F, weights), 1) \
                   + (older_Ints)FOURS(PAIRS((bytes) >> 4 & 0x0F0F0F0F, weights), 16))
#define HALVES(from) ((older_Floats)_mm256_cvtph_ps(_mm_loadu_si128((const __m128i *)(from))))
#define NAME(word) older_##word
#include "strip_product_tile.h"
#endif

static inline float half_to_float(const uint8_t *bytes) {
    _Float16 half;
    memcpy(&half, bytes, 2);
    return (float)half;
}

// Any other CPU, and the yardstick of those above.
static void plain_product(const tk_strip_product *p) {
    for (size_t row = 0; row < p->rows; row++)
        for (size_t o = 0; o < p->columns; o++) {
            const uint8_t *block = p->strip;
            float y = 0;
            for (size_t b = 0; b < p->blocks; b++, block += block_bytes(p->form)) {
                int32_t x[tk_block];
                for (int i = 0; i < tk_block; i++) {
                    size_t from = row * p->x_stride + b * tk_block + i;
                    x[i] = p->x_low ? 128 * p->x[from] + p->x_low[from] : p->x[from];
                }
                size_t place = row * p->blocks_stride + b;
                float scale = p->x_scales[place];
                int32_t dot = 0;
                if (p->form == tk_nibbles) {
                    for (int j = 0; j < 4; j++)
                        for (int i = 0; i < 4; i++) {
                            uint8_t pair = block[j * 4 * tk_strip + 4 * o + i];
                            dot += (pair & 15) * x[8 * j + i] + (pair >> 4) * x[8 * j + 4 + i];
                        }
                    y += (float)dot * (half_to_float(block + 512 + 2 * o) * scale);
                    y += half_to_float(block + 512 + 2 * tk_strip + 2 * o) * (scale * (float)p->x_sums[place]);
                } else {
                    for (int j = 0; j < 8; j++)
                        for (int i = 0; i < 4; i++)
                            dot += ((int32_t)block[j * 4 * tk_strip + 4 * o + i] - 128) * x[4 * j + i];
                    y += (float)dot * (half_to_float(block + 1024 + 2 * o) * scale);
                }
            }
            size_t place = row * p->y_stride + o;
            p->y[place] = y + (p->added ? p->added[place] : 0);
        }
}

int tk_strip_level(void) {
#if defined(__x86_64__)
    int isHalf = __builtin_cpu_supports("f16c") != 0;
    if (__builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("avx512bw")) return 3;
    if (__builtin_cpu_supports("avxvnni") && isHalf) return 2;
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && isHalf) return 1;
#endif
    return 0;
}

void tk_multiply_strip(const tk_strip_product *p, int level) {
#if defined(__x86_64__)
    if (level == 3) return wide_product(p);
    if (level == 2) return narrow_product(p);
    if (level == 1) return older_product(p);
#endif
    plain_product(p);
}
