// Attention of a few queries to keys and values that are kept in blocks of 64 tokens, as f16. The rules of kernels.h hold.
//
// In a block the keys of one head lie channel by channel, (size, 64), and its values token by token, (64, size up to a
// multiple of 16). What a query comes to depends on it and on what it sees alone.
#pragma once
#include <stddef.h>
#include <stdint.h>

enum { tk_cached_tokens = 64 };

/// Keep one token's key or value of one head; numbers beyond f16 are clamped. slot: 0…63
void tk_keep_key(uint16_t *keys, const float *k, size_t size, size_t slot);
void tk_keep_value(uint16_t *values, const float *v, size_t size, size_t slot);

typedef struct tk_cached_attention {
    /// rows × (heads · size)
    float *o;
    size_t o_stride;
    const float *q;
    size_t q_stride;
    /// The blocks of the sequence, in order.
    const uint16_t *const *blocks;
    /// Where in a block the head's keys and values begin.
    size_t keys;
    size_t values;
    size_t rows;
    /// Heads of queries, which lie side by side and share the keys.
    size_t heads;
    size_t size;
    /// Keys before the first row's own.
    size_t first;
    float scale;
} tk_cached_attention;

/// o[t] = Σ p·v,  p = softmax over keys 0…first + t of scale · q[t]·k.  `level` as tk_float_level gives it.
void tk_attend(const tk_cached_attention *attention, int level);
