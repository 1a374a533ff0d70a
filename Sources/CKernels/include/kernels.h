// Element-wise and reduction kernels of the trainer, in f32.
//
// Rows in, rows out: every matrix is row-major and contiguous, `rows` × `n` unless said otherwise. Nothing is
// allocated, nothing is global, no thread is started: callers split the rows. Outputs never overlap inputs unless a
// kernel says "in place". Each kernel is compiled for AVX-512, AVX2 and plain x86-64 and chosen at run time.
#pragma once
#include "blocks.h"
#include "heads.h"
#include <stddef.h>
#include <stdint.h>

/// Tells the CPU that the thread is waiting in a loop.
static inline void tk_pause(void) {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}

// MARK: Quantized weights (ggml's block layouts, little-endian). `n` values; a multiple of the block where there is one.

void tk_dequantize_f16(float *y, const uint8_t *x, size_t n);
void tk_dequantize_bf16(float *y, const uint8_t *x, size_t n);
void tk_dequantize_q8_0(float *y, const uint8_t *x, size_t n);
void tk_dequantize_q4_0(float *y, const uint8_t *x, size_t n);
void tk_dequantize_q4_1(float *y, const uint8_t *x, size_t n);

/// Σ w[i]·x[i] with w quantized; summed in f32, the same on every run of one machine.
float tk_dot_f32(const float *w, const float *x, size_t n);
float tk_dot_q8_0(const uint8_t *w, const float *x, size_t n);
float tk_dot_q4_0(const uint8_t *w, const float *x, size_t n);
float tk_dot_q4_1(const uint8_t *w, const float *x, size_t n);

// MARK: Products in 8 bits

/// Whether the CPU multiplies bytes several times faster than f32, with sums that cannot saturate (AVX-512 VNNI).
int tk_has_fast_int8(void);
/// q = round(w ⊙ columns / scale),  scale = max|w ⊙ columns|/127 for each row
void tk_quantize_weights(
    int8_t *q, float *scale, const float *w, const float *columns, size_t rows, size_t n);
/// q = 128 + round(x ⊙ columns / scale),  scale = max|x ⊙ columns|/127 for each row, NaN where that is not finite
void tk_quantize_rows(uint8_t *q, float *scale, const float *x, const float *columns, size_t rows, size_t n);
/// y = row_scale · c ⊙ columns, added to y when `accumulate` is not 0.
void tk_scale_products(
    float *y, size_t y_stride, const int32_t *c, size_t c_stride, const float *row_scale, const float *columns,
    size_t rows, size_t n, int accumulate);

// MARK: Forward and backward pairs

/// y[t] = w ⊙ x[t] · r[t],  r[t] = 1/√(mean(x[t]²) + eps)
void tk_rms_norm(float *y, float *r, const float *x, const float *w, size_t rows, size_t n, float eps);
/// Adds to dx: dx[t] += r·(w ⊙ dy − x · r²·mean(w ⊙ dy ⊙ x))
void tk_rms_norm_backward(
    float *dx, const float *dy, const float *x, const float *w, const float *r, size_t rows, size_t n);

/// Rotates, in place, each head's halves (a, b) to (a·cos − b·sin, b·cos + a·sin); `direction` −1 rotates back.
/// x: rows × (heads·size). cosines, sines: one row of size/2 for each position; positions: one for each row.
void tk_rope(
    float *x, const int32_t *positions, const float *cosines, const float *sines, size_t rows, size_t heads,
    size_t size, float direction);

/// y = silu(gate) ⊙ up,  silu(g) = g/(1 + e^−g)
void tk_swiglu(float *y, const float *gate, const float *up, size_t n);
/// Writes dgate and dup; they may be gate and up themselves.
void tk_swiglu_backward(float *dgate, float *dup, const float *dy, const float *gate, const float *up, size_t n);

/// Turns scaled scores into probabilities in place, causally: row i sees columns 0…first + i, the rest become 0.
void tk_causal_softmax(float *scores, size_t rows, size_t columns, size_t stride, size_t first, float scale);
/// ds[i] = scale · p[i] ⊙ (dp[i] − Σ p[i] ⊙ dp[i]), over the columns that row i sees; the rest become 0. In place on dp.
void tk_causal_softmax_backward(
    float *dp, const float *p, size_t rows, size_t columns, size_t stride, size_t first, float scale);

/// For each row: loss = ln Σ e^logits − logits[target]; best = the first largest logit's index; then the logits
/// become their gradient, weight·(softmax − onehot(target)). A null `weights` leaves the logits alone.
void tk_cross_entropy(
    float *logits, float *loss, int32_t *best, const int32_t *targets, const float *weights, size_t rows, size_t n);

// MARK: Chance. What is drawn for a number depends on its row's identity, the salt and its column alone.

/// y = x/(1 − share) where a draw of 32 bits reaches `threshold` = share·2³², 0 elsewhere; `scale` is 1/(1 − share).
/// Added to y when `accumulate` is not 0. identities: one for each row.
void tk_dropout(
    float *y, const float *x, const uint64_t *identities, uint64_t salt, size_t rows, size_t n, uint32_t threshold,
    float scale, int accumulate);
/// y[t] += amplitudes[t] · u,  u uniform in [−1, 1). identities, amplitudes: one for each row.
void tk_add_noise(
    float *y, const uint64_t *identities, uint64_t salt, const float *amplitudes, size_t rows, size_t n);

// MARK: Vectors

/// y += x
void tk_add(float *y, const float *x, size_t n);
/// Σ x², in f64.
double tk_sum_of_squares(const float *x, size_t n);

/// One AdamW update of n weights; `scale` multiplies the gradient first (clipping); correction1 = 1 − beta1^step and so on.
void tk_adamw(
    float *w, float *m, float *v, const float *g, size_t n, float rate, float beta1, float beta2, float eps,
    float decay, float scale, float correction1, float correction2);
