// Products for answering: quantized weights as they are kept, in blocks of 32 inputs, by rows that are cut to bytes block
// by block. The rules of kernels.h hold.
//
// A strip is 32 outputs of a weight matrix, laid out so that one register holds four inputs of many outputs. A block of
// a strip with nibbles, w = d·n + m: four times 32 outputs' four bytes, of inputs 8j…8j+3 in the low and 8j+4…8j+7 in
// the high nibbles; then 32 d and 32 m as f16. With bytes, w = d·(b − 128): eight times 32 outputs' four bytes, of inputs
// 4j…4j+3; then 32 d.
//
// What a row comes to does not depend on the rows beside it, nor on how they are grouped.
#pragma once
#include <stddef.h>
#include <stdint.h>

enum { tk_strip = 32, tk_block = 32 };

typedef enum tk_strip_form { tk_nibbles, tk_bytes } tk_strip_form;

/// Bytes of a block of a strip.
enum { tk_nibble_block = 640, tk_byte_block = 1088, tk_spread_block = 1152 };

/// Lays up to 32 rows out as a strip, from ggml's blocks or from f32. rows: `count` pointers to whole rows of `blocks`
/// blocks; outputs beyond them become zeros.
void tk_strip_from_q4_0(uint8_t *strip, const uint8_t *const *rows, size_t count, size_t blocks);
void tk_strip_from_q4_1(uint8_t *strip, const uint8_t *const *rows, size_t count, size_t blocks);
void tk_strip_from_q8_0(uint8_t *strip, const uint8_t *const *rows, size_t count, size_t blocks);
/// With bytes: d = the block's largest size/127. x: count × n
void tk_strip_from_floats(uint8_t *strip, const float *x, size_t count, size_t n);
/// One output of a strip as f32. y: blocks · 32
void tk_strip_row(float *y, const uint8_t *strip, tk_strip_form form, size_t output, size_t blocks);

/// Cuts rows to whole numbers with a scale for each 32 of them: x ≈ scale · q, and the sum of the 32. Without `low` they
/// are bytes, scale = largest size/127. With it they have 14 bits, q = 128 · high + low, scale = largest size/16192.
///
/// A last block that is not whole is filled with zeros. A scale is NaN where a number of its block is not finite. The rows
/// of high and low are `q_stride` apart, those of scales and sums `blocks_stride`.
void tk_cut_rows(
    int8_t *high, int8_t *low, size_t q_stride, float *scales, int32_t *sums, size_t blocks_stride, const float *x,
    size_t x_stride, size_t rows, size_t n);

/// y = x·stripᵀ + added
typedef struct tk_strip_product {
    /// rows × columns
    float *y;
    size_t y_stride;
    /// Laid out like y, may be y; null adds nothing.
    const float *added;
    /// As tk_cut_rows leaves them; without low ones null.
    const int8_t *x;
    const int8_t *x_low;
    size_t x_stride;
    const float *x_scales;
    const int32_t *x_sums;
    /// Of scales and sums.
    size_t blocks_stride;
    const uint8_t *strip;
    tk_strip_form form;
    /// Room for `blocks` blocks of tk_spread_block, in which nibbles are spread out once for many rows.
    uint8_t *spread;
    size_t rows;
    /// At most 32.
    size_t columns;
    size_t blocks;
} tk_strip_product;

/// How fast the CPU does it: 3 with AVX-512 VNNI, 2 with AVX-VNNI, 1 with AVX2, 0 without any of them.
int tk_strip_level(void);
/// `level` is at most that of the CPU. Levels above 0 give the same numbers.
void tk_multiply_strip(const tk_strip_product *product, int level);

/// y += h·b for some columns, an adapter's second product.   y: rows × columns  h: rows × rank  b: rank × columns
void tk_add_thin(
    float *y, size_t y_stride, const float *h, size_t h_stride, const float *b, size_t b_stride, size_t rows,
    size_t rank, size_t columns);
