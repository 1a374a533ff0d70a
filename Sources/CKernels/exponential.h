#pragma once
#include <stdint.h>
#include <string.h>

// e^x to about one unit in the last place, without a table or a branch, so that loops over it vectorize.
// Below −87 the result is 0 within f32, above 88 it is clamped.
static inline float exponential(float x) {
    x = x < -87.3f ? -87.3f : x;
    x = x > 88.3f ? 88.3f : x;
    float k = x * 1.44269504088896341f + 12582912.0f; // 1.5·2²³ rounds to a whole number
    float whole = k - 12582912.0f;
    float f = (x - whole * 0.693359375f) + whole * 2.12194440e-4f; // ln 2 in two parts
    float p = 1.9875691500e-4f;
    p = p * f + 1.3981999507e-3f;
    p = p * f + 8.3334519073e-3f;
    p = p * f + 4.1665795894e-2f;
    p = p * f + 1.6666665459e-1f;
    p = p * f + 5.0000001201e-1f;
    p = p * f * f + f + 1.0f;
    int32_t bits = ((int32_t)whole + 127) << 23;
    float power;
    memcpy(&power, &bits, 4);
    return p * power;
}
