#include "clones.h"
#include "kernels.h"
#include <string.h>

void tk_pack_bytes(int8_t *restrict panel, int32_t *restrict starts, const int8_t *restrict q, size_t rows, size_t n) {
    for (size_t k = 0; k < n; k += 4, panel += 4 * tk_panel) {
        size_t count = n - k < 4 ? n - k : 4;
        memset(panel, 0, 4 * tk_panel);
        for (size_t lane = 0; lane < rows; lane++) memcpy(panel + 4 * lane, q + lane * n + k, count);
    }
    for (size_t lane = 0; lane < tk_panel; lane++) {
        int32_t sum = 0;
        if (lane < rows)
            for (size_t k = 0; k < n; k++) sum += q[lane * n + k];
        starts[lane] = -128 * sum;
    }
}

// A square of four outputs by four inputs is sixteen bytes in either direction; four squares are one AVX-512 register.
typedef int8_t Square __attribute__((vector_size(16), aligned(1)));
typedef int8_t Squares __attribute__((vector_size(64), aligned(1)));
#define TURNED(at) \
    at, at + 4, at + 8, at + 12, at + 1, at + 5, at + 9, at + 13, at + 2, at + 6, at + 10, at + 14, at + 3, at + 7, \
        at + 11, at + 15

CLONES void tk_turn_panels(
    int8_t *restrict turned, const int8_t *restrict panels, size_t padded_inputs, size_t first_input,
    size_t first_output, size_t outputs) {
    size_t count = padded_inputs - first_input < tk_panel ? padded_inputs - first_input : tk_panel;
    if (count < tk_panel) memset(turned, 0, (outputs + 3) / 4 * 4 * tk_panel);
    for (size_t o = 0; o < outputs;) {
        size_t place = first_output + o, lane = place % tk_panel;
        const int8_t *from = panels + (place - lane) * padded_inputs + first_input * tk_panel + lane * 4;
        int8_t *to = turned + o * tk_panel;
        int isFour = lane + 16 <= tk_panel && o + 16 <= outputs;
        for (size_t i = 0; i < count; i += 4) {
            if (isFour) {
                Squares squares = *(const Squares *)(from + i * tk_panel);
                squares = __builtin_shufflevector(squares, squares, TURNED(0), TURNED(16), TURNED(32), TURNED(48));
                for (int s = 0; s < 4; s++) memcpy(to + 4 * i + 4 * s * tk_panel, (const char *)&squares + 16 * s, 16);
            } else {
                Square square = *(const Square *)(from + i * tk_panel);
                *(Square *)(to + 4 * i) = __builtin_shufflevector(square, square, TURNED(0));
            }
        }
        o += isFour ? 16 : 4;
    }
}
