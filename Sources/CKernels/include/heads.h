// Kernels over the heads of queries and keys, and over whole rows of vectors; the rules of kernels.h hold.
#pragma once
#include <stddef.h>
#include <stdint.h>

/// Over dy, in place: dy[t] = r·(w ⊙ dy − x · r²·mean(w ⊙ dy ⊙ x)), the gradient of x in y[t] = w ⊙ x[t] · r[t].
void tk_norm_backward_in_place(
    float *dy, const float *x, const float *w, const float *r, size_t rows, size_t n);
/// y[t] += b
void tk_add_to_rows(float *y, const float *b, size_t rows, size_t n);
/// tk_rope of one head, forward, whose rows are `stride` apart.   x: rows × size
void tk_turn_head(
    float *x, size_t stride, const int32_t *positions, const float *cosines, const float *sines, size_t rows,
    size_t size);
