// Element-wise and reduction kernels of the trainer, in f32.
//
// Rows in, rows out: every matrix is row-major and contiguous, `rows` × `n` unless said otherwise. Nothing is
// allocated, nothing is global, no thread is started: callers split the rows. Outputs never overlap inputs unless a
// kernel says "in place". Each kernel is compiled for AVX-512, AVX2 and plain x86-64 and chosen at run time.
#pragma once
#include "attention.h"
#include "blocks.h"
#include "cached_attention.h"
#include "heads.h"
#include "strips.h"
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

/// q = round(w ⊙ columns / scale),  scale = max|w ⊙ columns|/127 for each row
void tk_quantize_weights(
    int8_t *q, float *scale, const float *w, const float *columns, size_t rows, size_t n);
/// q = 128 + round(x ⊙ columns / scale),  scale = max|x ⊙ columns|/127 for each row, NaN where that is not finite.
/// The rows of q are `q_stride` apart.
void tk_quantize_rows(
    uint8_t *q, size_t q_stride, float *scale, const float *x, const float *columns, size_t rows, size_t n);

/// What tk_quantize_rows left over, cut to bytes in the same way, 254 times finer. Both have rows `q_stride` apart.
void tk_quantize_rest(
    uint8_t *rest, float *rest_scale, const uint8_t *q, size_t q_stride, const float *scale, const float *x,
    const float *columns, size_t rows, size_t n);

/// Outputs in one panel of a weight in bytes.
enum { tk_panel = 48 };

/// Lays up to 48 rows of a weight out as a panel, which is how a product reads them: for each four inputs the 48
/// outputs' four bytes, zeros where there is no row or no input. starts[o] = −128 · Σ of row o.
void tk_pack_bytes(int8_t *panel, int32_t *starts, const int8_t *q, size_t rows, size_t n);
/// The panel of the transposed weight: 48 inputs from `first_input` on, and `outputs` outputs from `first_output` on,
/// both multiples of 4. `padded_inputs` is the weight's inputs rounded up to a multiple of 4.
void tk_turn_panels(
    int8_t *turned, const int8_t *panels, size_t padded_inputs, size_t first_input, size_t first_output,
    size_t outputs);

/// A product with one panel: y = row_scales · sums ⊙ column_scales + inner·thin + added,  sums = starts + x·panel
typedef struct tk_byte_product {
    /// rows × columns.
    float *y;
    size_t y_stride;
    /// Laid out like y, may be y; null adds nothing.
    const float *added;
    /// rows × inputs, readable up to the next multiple of 4.
    const uint8_t *x;
    size_t x_stride;
    const int8_t *panel;
    /// 48 numbers each.
    const int32_t *starts;
    const float *column_scales;
    const float *row_scales;
    /// rows × rank, and rank × 48 in rows `thin_stride` apart; unused where rank is 0.
    const float *inner;
    const float *thin;
    size_t thin_stride;
    size_t rank;
    size_t rows;
    /// At most 48.
    size_t columns;
    size_t inputs;
} tk_byte_product;

/// How fast the CPU multiplies bytes: 2 in registers of 64 bytes, 1 in registers of 32, 0 without an instruction for it.
int tk_byte_level(void);
/// Sums are exact at every level, up to 65,536 inputs; `level` is at most that of the CPU.
void tk_multiply_bytes(const tk_byte_product *product, int level);

/// A stretch of n logits in each row, on the way to their softmax: top and first place of the largest, sum of
/// e^(logit − top), and the same exponentials times `columns` as bytes, q = round(… / scale), scale = their largest/255.
/// The logits are used up.
void tk_cut_softmax(
    uint8_t *q, size_t q_stride, float *scale, float *top, float *sum, int32_t *best, float *logits, size_t stride,
    const float *columns, size_t rows, size_t n);

// MARK: Thin products in f32

/// h = alpha · x·aᵀ      x: rows × n  a: rank × n  h: rows × rank
void tk_thin_product(
    float *h, const float *x, size_t x_stride, const float *a, size_t a_stride, size_t rows, size_t n, size_t rank,
    float alpha);
/// g += alpha · hᵀ·x      h: rows × rank  x: rows × n  g: rank × n
void tk_thin_outer(
    float *g, size_t g_stride, const float *h, size_t h_stride, const float *x, size_t x_stride, size_t rows, size_t n,
    size_t rank, float alpha);

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

/// Reads memory in order, for what that takes; all its bytes, eight at a time, joined by exclusive or. n: a multiple of 256
uint64_t tk_read(const uint8_t *x, size_t n);

/// y += x
void tk_add(float *y, const float *x, size_t n);
/// Σ x², in f64.
double tk_sum_of_squares(const float *x, size_t n);

/// One AdamW update of n weights; `scale` multiplies the gradient first (clipping); correction1 = 1 − beta1^step and so on.
void tk_adamw(
    float *w, float *m, float *v, const float *g, size_t n, float rate, float beta1, float beta2, float eps,
    float decay, float scale, float correction1, float correction2);
