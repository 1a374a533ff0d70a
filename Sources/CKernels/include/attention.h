// Products of causal attention, in f32; the rules of kernels.h hold. Row i of `rows` queries sees keys 0…first + i of
// `columns`; scores of keys that it does not see are neither written nor counted where they are not zero, except that
// rows are taken in sixes, all of which see what the last one sees: softmax must have put zeros there.
#pragma once
#include <stddef.h>

/// How wide the CPU's registers for f32 are: 2 for AVX-512, 1 for AVX2, 0 for what every CPU has.
int tk_float_level(void);

/// turned[i][t] = x[t][i]      x: rows × size
void tk_turn_heads(float *turned, size_t stride, const float *x, size_t x_stride, size_t rows, size_t size);

/// s = q·turned      q: rows × size  turned: size × columns  s: rows × columns
/// What lies between columns and stride may be written over.
void tk_causal_scores(
    float *s, size_t stride, const float *q, size_t q_stride, const float *turned, size_t turned_stride, size_t rows,
    size_t columns, size_t size, size_t first, int level);
/// o = p·v      p: rows × columns  v: columns × size  o: rows × size
void tk_causal_mix(
    float *o, size_t o_stride, const float *p, size_t stride, const float *v, size_t v_stride, size_t rows,
    size_t columns, size_t size, size_t first, int level);
/// d += pᵀ·x      p: rows × columns  x: rows × size  d: columns × size
void tk_causal_gather(
    float *d, size_t d_stride, const float *p, size_t stride, const float *x, size_t x_stride, size_t rows,
    size_t columns, size_t size, size_t first, int level);
