// Weights in the block formats that kernels.h leaves out: five bits, 256 numbers with scales of their own, and the
// four-bit tables of numbers. The rules of kernels.h hold. `n` is a multiple of the block.
#pragma once
#include <stddef.h>
#include <stdint.h>

void tk_dequantize_q5_0(float *y, const uint8_t *x, size_t n);
void tk_dequantize_q5_1(float *y, const uint8_t *x, size_t n);
void tk_dequantize_q2_k(float *y, const uint8_t *x, size_t n);
void tk_dequantize_q3_k(float *y, const uint8_t *x, size_t n);
void tk_dequantize_q4_k(float *y, const uint8_t *x, size_t n);
void tk_dequantize_q5_k(float *y, const uint8_t *x, size_t n);
void tk_dequantize_q6_k(float *y, const uint8_t *x, size_t n);
void tk_dequantize_iq4_nl(float *y, const uint8_t *x, size_t n);
void tk_dequantize_iq4_xs(float *y, const uint8_t *x, size_t n);

/// Σ w[i]·x[i] with w quantized; summed in f32, the same on every run of one machine.
float tk_dot_f16(const uint8_t *w, const float *x, size_t n);
float tk_dot_bf16(const uint8_t *w, const float *x, size_t n);
float tk_dot_q5_0(const uint8_t *w, const float *x, size_t n);
float tk_dot_q5_1(const uint8_t *w, const float *x, size_t n);
float tk_dot_q2_k(const uint8_t *w, const float *x, size_t n);
float tk_dot_q3_k(const uint8_t *w, const float *x, size_t n);
float tk_dot_q4_k(const uint8_t *w, const float *x, size_t n);
float tk_dot_q5_k(const uint8_t *w, const float *x, size_t n);
float tk_dot_q6_k(const uint8_t *w, const float *x, size_t n);
float tk_dot_iq4_nl(const uint8_t *w, const float *x, size_t n);
float tk_dot_iq4_xs(const uint8_t *w, const float *x, size_t n);
