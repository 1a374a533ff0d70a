#include "cached_attention.h"
#include "clones.h"
#include "exponential.h"
#include <math.h>
#include <string.h>

static inline size_t padded(size_t size) { return (size + 15) / 16 * 16; }

// Turns the first `count` of a block's scores into e^(score − top) and the others into 0, with the top and the total so
// far; returns what the sums so far have to be multiplied by. The order of adding is the same for every width.
static inline __attribute__((always_inline)) float
soften(float p[tk_cached_tokens], size_t count, float scale, float *top, float *total) {
    // Nothing seen changes nothing.
    if (count == 0) {
        memset(p, 0, tk_cached_tokens * sizeof *p);
        return 1;
    }
    float lanes[16], most = *top;
    for (int i = 0; i < tk_cached_tokens; i++) p[i] = i < (int)count ? p[i] * scale : -INFINITY;
    for (int i = 0; i < 16; i++) {
        float a = p[i] > p[i + 16] ? p[i] : p[i + 16], b = p[i + 32] > p[i + 48] ? p[i + 32] : p[i + 48];
        lanes[i] = a > b ? a : b;
    }
    for (int i = 0; i < 16; i++) most = lanes[i] > most ? lanes[i] : most;
    for (int i = 0; i < tk_cached_tokens; i++) {
        float e = exponential(p[i] - most);
        p[i] = i < (int)count ? e : 0;
    }
    float pairs[8], fours[4];
    for (int i = 0; i < 16; i++) lanes[i] = (p[i] + p[i + 16]) + (p[i + 32] + p[i + 48]);
    for (int i = 0; i < 8; i++) pairs[i] = lanes[i] + lanes[i + 8];
    for (int i = 0; i < 4; i++) fours[i] = pairs[i] + pairs[i + 4];
    float share = exponential(*top - most);
    *total = *total * share + ((fours[0] + fours[2]) + (fours[1] + fours[3]));
    *top = most;
    return share;
}

#if defined(__x86_64__)
#include <immintrin.h>

#define LANES 16
#define VECTORS 4
#define ROWS 6
#define TARGET __attribute__((target("avx512f,avx512bw,avx512vl")))
#define HALVES(from) ((wide_Floats)_mm512_cvtph_ps(_mm256_loadu_si256((const __m256i *)(from))))
#define NAME(word) wide_##word
#include "cached_attention_tile.h"

#define LANES 8
#define VECTORS 2
#define ROWS 6
#define TARGET __attribute__((target("avx2,fma,f16c")))
#define HALVES(from) ((narrow_Floats)_mm256_cvtph_ps(_mm_loadu_si128((const __m128i *)(from))))
#define NAME(word) narrow_##word
#include "cached_attention_tile.h"
#endif

typedef _Float16 FourHalves __attribute__((vector_size(8), aligned(2)));

#define LANES 4
#define VECTORS 1
#define ROWS 3
#define TARGET
#define HALVES(from) __builtin_convertvector(*(const FourHalves *)(from), plain_Floats)
#define NAME(word) plain_##word
#include "cached_attention_tile.h"

void tk_attend(const tk_cached_attention *attention, int level) {
#if defined(__x86_64__)
    if (level == 2) return wide_attend(attention);
    if (level == 1 && __builtin_cpu_supports("f16c")) return narrow_attend(attention);
#endif
    plain_attend(attention);
}

static inline uint16_t half_within(float x) {
    const float most = 65504;
    _Float16 half = (_Float16)(x > most ? most : x < -most ? -most : x);
    uint16_t bits;
    memcpy(&bits, &half, 2);
    return bits;
}

CLONES void tk_keep_key(uint16_t *restrict keys, const float *restrict k, size_t size, size_t slot) {
    for (size_t i = 0; i < size; i++) keys[i * tk_cached_tokens + slot] = half_within(k[i]);
}

CLONES void tk_keep_value(uint16_t *restrict values, const float *restrict v, size_t size, size_t slot) {
    values += slot * padded(size);
    for (size_t i = 0; i < size; i++) values[i] = half_within(v[i]);
}
