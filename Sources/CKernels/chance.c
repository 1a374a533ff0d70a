#include "clones.h"
#include "kernels.h"

// Spreads every bit of a word over the whole word (Steele, Lea, Flood: SplitMix64, 2014).
static inline uint64_t mix(uint64_t z) {
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

// 32 bits for the i-th number of a row, in 32-bit steps that vectorize; constants by Wellons (hash-prospector).
static inline uint32_t draw(uint64_t key, uint32_t i) {
    uint32_t h = (i * 0x9E3779B9u) ^ (uint32_t)key;
    h = (h ^ (h >> 16)) * 0x7FEB352Du;
    h = ((h ^ (h >> 15)) + (uint32_t)(key >> 32)) * 0x846CA68Bu;
    return h ^ (h >> 16);
}

CLONES void tk_dropout(
    float *restrict y, const float *restrict x, const uint64_t *restrict identities, uint64_t salt, size_t rows,
    size_t n, uint32_t threshold, float scale, int accumulate) {
    for (size_t t = 0; t < rows; t++, x += n, y += n) {
        uint64_t key = mix(identities[t] ^ salt);
        if (accumulate)
            for (size_t i = 0; i < n; i++) y[i] += draw(key, (uint32_t)i) >= threshold ? x[i] * scale : 0.0f;
        else
            for (size_t i = 0; i < n; i++) y[i] = draw(key, (uint32_t)i) >= threshold ? x[i] * scale : 0.0f;
    }
}

CLONES void tk_add_noise(
    float *restrict y, const uint64_t *restrict identities, uint64_t salt, const float *restrict amplitudes,
    size_t rows, size_t n) {
    for (size_t t = 0; t < rows; t++, y += n) {
        uint64_t key = mix(identities[t] ^ salt);
        float amplitude = amplitudes[t];
        // The upper 24 bits, as many as a float holds, made −1 to below 1.
        for (size_t i = 0; i < n; i++)
            y[i] += amplitude * ((float)(int32_t)(draw(key, (uint32_t)i) >> 8) * 0x1p-23f - 1.0f);
    }
}
